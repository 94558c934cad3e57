model! {
    /// What
    /// [`lifecycle_get_api_lifecycle_healthcheck`](crate::funcs::lifecycle_get_api_lifecycle_healthcheck) sends.
    pub struct GetApiLifecycleHealthcheckRequest {
        /// Whether the server also looks at what it depends on, such as its database. By default `false`.
        extended: bool,
    }
}

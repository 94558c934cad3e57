use crate::models::{Service, ServiceConfigurationRequest};

request! {
    /// What [`service_get`](crate::funcs::service_get) sends.
    pub struct ServiceGetApiRequest {}
}

model! {
    /// What [`service_list`](crate::funcs::service_list) sends.
    pub struct ServiceGetListApiRequest {
        /// The index of the first entry to list, from 0 (inclusive). By default 0.
        start: i64,
        /// The index after the last entry to list (exclusive). By default 5.
        end: i64,
        /// Where the page begins: `nextCursor` of the page before, if the server pages by cursor. Unverified: not in the API
        /// description.
        cursor: String,
    }
}

request! {
    /// What [`service_update`](crate::funcs::service_update) sends.
    pub struct ServiceUpdateApiRequest(
        /// The whole service, as read and changed.
        service: Service,
    ) {}
}

request! {
    /// What [`service_delete`](crate::funcs::service_delete) sends.
    pub struct ServiceDeleteApiRequest {}
}

request! {
    /// What [`service_get_configuration`](crate::funcs::service_get_configuration) sends.
    pub struct ServiceConfigurationApiRequest {
        /// Whether the document is indented. By default `false`.
        pretty: bool,
        /// A JSON Patch (RFC 6902) to apply to the document, as JSON text.
        patch: String,
    }
}

model! {
    /// What [`service_create`](crate::funcs::service_create) sends.
    pub struct ServiceCreateApiRequest(
        /// The service to create.
        service: Service,
    ) {}
}

impl From<Service> for ServiceCreateApiRequest {
    fn from(service: Service) -> Self {
        Self::new(service)
    }
}

request! {
    /// What [`service_get_configuration_post`](crate::funcs::service_get_configuration_post) sends.
    pub struct ServiceConfigurationApiPostRequest(
        /// The patch, and whether to indent.
        service_configuration_request: ServiceConfigurationRequest,
    ) {}
}

open_enum! {
    /// Whether a client runs on a server or at the user: `application_type` (OpenID Connect Dynamic Client Registration
    /// 1.0 section 2).
    ApplicationType {
        /// `WEB`: a web application. Redirect URIs of the implicit flow must be `https` and not `localhost`.
        Web = "WEB",
        /// `NATIVE`: a native application. Redirect URIs must have a custom scheme, or `http` with `localhost`.
        Native = "NATIVE",
    }
}

//! Requests of introspection.

use crate::models::{IntrospectionRequest, StandardIntrospectionRequest};

request! {
    /// What [`introspection_process`](crate::funcs::introspection_process) sends.
    pub struct AuthIntrospectionApiRequest(
        /// The token, and what is demanded of it.
        introspection_request: IntrospectionRequest,
    ) {}
}

request! {
    /// What [`introspection_standard_process`](crate::funcs::introspection_standard_process) sends.
    pub struct AuthIntrospectionStandardApiRequest(
        /// The resource server's request.
        standard_introspection_request: StandardIntrospectionRequest,
    ) {}
}

//! Requests of introspection.

use crate::models::IntrospectionRequest;

request! {
    /// What [`introspection_process`](crate::funcs::introspection_process) sends.
    pub struct AuthIntrospectionApiRequest(
        /// The token, and what is demanded of it.
        introspection_request: IntrospectionRequest,
    ) {}
}

use serde::{Deserialize, Serialize};

use crate::models::IntrospectionRequest;

/// What [`introspection_process`](crate::funcs::introspection_process) sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthIntrospectionApiRequest {
    /// The service that the token belongs to. Absent, the core's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// The token, and what is demanded of it.
    pub introspection_request: IntrospectionRequest,
}

model!(AuthIntrospectionApiRequest {
    introspection_request: IntrospectionRequest;
    service_id: String,
});

impl From<IntrospectionRequest> for AuthIntrospectionApiRequest {
    fn from(request: IntrospectionRequest) -> Self {
        Self::new(request)
    }
}

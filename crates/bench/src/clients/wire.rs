//! The types of the two operations for everyone but `authlete`: derived by serde, written as one would by hand. The programs of
//! this crate and the clients of the bench share them.
#![allow(dead_code)]

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusResponse {
    pub(crate) result_code: Option<String>,
    pub(crate) result_message: Option<String>,
    pub(crate) status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    pub(crate) batch_kind: Option<BatchKind>,
    pub(crate) request_id: Option<String>,
    pub(crate) result: Option<BatchResult>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_description: Option<String>,
    pub(crate) token_count: Option<i64>,
    pub(crate) created_at: Option<i64>,
    pub(crate) modified_at: Option<i64>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum BatchKind {
    Create,
    #[serde(other)]
    Other,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum BatchResult {
    #[serde(alias = "SUCCEED")]
    Succeeded,
    Failed,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchResponse {
    pub(crate) result_code: Option<String>,
    pub(crate) result_message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// Writes a struct that is sent: what is not set is left out.
macro_rules! sent {
    ($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)+ }) => {
        #[derive(Serialize, Default)]
        #[serde(rename_all = "camelCase")]
        pub(crate) struct $name {
            $($(#[$meta])* #[serde(skip_serializing_if = "Option::is_none")] pub(crate) $field: Option<$type>,)+
        }
    };
}

sent! { Token {
    grant_type: GrantType,
    client_id: i64,
    subject: String,
    scopes: Vec<String>,
    access_token_duration: i64,
    refresh_token_duration: i64,
    properties: Vec<Property>,
    client_id_alias_used: bool,
    access_token: String,
    refresh_token: String,
    access_token_persistent: bool,
    certificate_thumbprint: String,
    dpop_key_thumbprint: String,
    authorization_details: AuthzDetails,
    resources: Vec<String>,
    for_external_attachment: bool,
    jwt_at_claims: String,
    acr: String,
    auth_time: i64,
    client_entity_id_used: bool,
    client_identifier: String,
    session_id: String,
    metadata_document_used: bool,
} }

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum GrantType {
    AuthorizationCode,
    Implicit,
    Password,
    ClientCredentials,
    RefreshToken,
    Ciba,
    DeviceCode,
    TokenExchange,
    JwtBearer,
    PreAuthorizedCode,
}

sent! { Property {
    key: String,
    value: String,
    hidden: bool,
} }

sent! { AuthzDetails {
    elements: Vec<Element>,
} }

sent! { Element {
    r#type: String,
    locations: Vec<String>,
    actions: Vec<String>,
    data_types: Vec<String>,
    identifier: String,
    privileges: Vec<String>,
    other_fields: String,
} }

/// The URL of the batch operation, or of the status operation for a batch.
pub(crate) fn url(base: &str, service: &str, batch: Option<&str>) -> String {
    let operation = [base, "/api/", service, "/auth/token/create/batch"];
    match batch {
        None => operation.concat(),
        Some(batch) => {
            let [base, api, service, path] = operation;
            [base, api, service, path, "/status/", batch].concat()
        }
    }
}

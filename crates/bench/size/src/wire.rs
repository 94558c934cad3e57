//! The two operations' types, written by hand with as little as serves.

use serde::Deserialize;
#[cfg(feature = "both")]
use serde::Serialize;

#[derive(Deserialize)]
#[allow(dead_code)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusResponse {
    pub(crate) result_code: Option<String>,
    pub(crate) result_message: Option<String>,
    pub(crate) status: Option<Status>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    pub(crate) batch_kind: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_description: Option<String>,
    pub(crate) token_count: Option<i64>,
    pub(crate) created_at: Option<i64>,
    pub(crate) modified_at: Option<i64>,
}

#[cfg(feature = "both")]
#[derive(Deserialize)]
#[allow(dead_code)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchResponse {
    pub(crate) result_code: Option<String>,
    pub(crate) result_message: Option<String>,
    pub(crate) request_id: Option<String>,
}

#[cfg(feature = "both")]
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Token {
    pub(crate) grant_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scopes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_token_duration: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token_duration: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) properties: Option<Vec<Property>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id_alias_used: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_token_persistent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) certificate_thumbprint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dpop_key_thumbprint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) authorization_details: Option<AuthzDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resources: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) for_external_attachment: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) jwt_at_claims: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) acr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_entity_id_used: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metadata_document_used: Option<bool>,
}

#[cfg(feature = "both")]
#[derive(Serialize)]
pub(crate) struct Property {
    pub(crate) key: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) hidden: Option<bool>,
}

#[cfg(feature = "both")]
#[derive(Serialize)]
pub(crate) struct AuthzDetails {
    pub(crate) elements: Option<Vec<Element>>,
}

#[cfg(feature = "both")]
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Element {
    pub(crate) r#type: Option<String>,
    pub(crate) locations: Option<Vec<String>>,
    pub(crate) actions: Option<Vec<String>>,
    pub(crate) data_types: Option<Vec<String>>,
    pub(crate) identifier: Option<String>,
    pub(crate) privileges: Option<Vec<String>>,
    pub(crate) other_fields: Option<String>,
}

/// One token, as the programs create it.
#[cfg(feature = "both")]
pub(crate) fn tokens() -> [Token; 1] {
    [Token {
        grant_type: "CLIENT_CREDENTIALS".into(),
        client_id: Some(42),
        access_token: std::env::args().nth(5),
        ..Token::default()
    }]
}

/// The URL of the batch operation, or of the status operation for a batch.
pub(crate) fn url(base: &str, service: &str, batch: Option<&str>) -> String {
    let mut url = [base, "/api/", service, "/auth/token/create/batch"].concat();
    if let Some(batch) = batch {
        url += "/status/";
        url += batch;
    }
    url
}

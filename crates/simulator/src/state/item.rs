//! Tokens as they are asked for.

use serde::Deserialize;

use super::token::Property;
use crate::json::Object;

/// One token of a create request, as received. `null` and absent are the same.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenRequest {
    pub(crate) grant_type: Option<Box<str>>,
    pub(crate) client_id: Option<i64>,
    pub(crate) client_identifier: Option<Box<str>>,
    pub(crate) subject: Option<Box<str>>,
    pub(crate) scopes: Option<Vec<Box<str>>>,
    pub(crate) access_token_duration: Option<i64>,
    pub(crate) refresh_token_duration: Option<i64>,
    pub(crate) access_token: Option<Box<str>>,
    pub(crate) refresh_token: Option<Box<str>>,
    pub(crate) access_token_persistent: Option<bool>,
    pub(crate) properties: Option<Vec<Object<Property>>>,
    pub(crate) resources: Option<Vec<String>>,
    pub(crate) certificate_thumbprint: Option<String>,
    pub(crate) dpop_key_thumbprint: Option<String>,
    pub(crate) authorization_details: Option<serde_json::Value>,
    pub(crate) jwt_at_claims: Option<String>,
    pub(crate) acr: Option<String>,
    pub(crate) auth_time: Option<i64>,
    pub(crate) session_id: Option<String>,
    pub(crate) for_external_attachment: Option<bool>,
    pub(crate) client_id_alias_used: Option<bool>,
    pub(crate) client_entity_id_used: Option<bool>,
    pub(crate) metadata_document_used: Option<bool>,
}

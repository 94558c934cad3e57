use serde::{Deserialize, Serialize};

/// What [`token_management_list`](crate::funcs::token_management_list) sends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuthTokenGetListApiRequest {
    /// The service whose tokens to list. Absent, the core's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Only the tokens of this client: its numeric ID or its alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_identifier: Option<String>,
    /// Only the tokens of this user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The index of the first token to list, from 0. Absent: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// The index after the last token to list. Absent: 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<i64>,
}

model!(AuthTokenGetListApiRequest {
    ;
    service_id: String,
    client_identifier: String,
    subject: String,
    start: i64,
    end: i64,
});

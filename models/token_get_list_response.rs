use serde::{Deserialize, Serialize};

use super::{AccessToken, ClientLimited};

/// A range of the tokens of a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TokenGetListResponse {
    /// The index of the first token of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// The index after the last token of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<i64>,
    /// How many tokens there are in all, in the range or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_count: Option<i64>,
    /// The client that was asked for, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientLimited>,
    /// The user that was asked for, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The tokens of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_tokens: Option<Vec<AccessToken>>,
}

model!(TokenGetListResponse {
    ;
    start: i64,
    end: i64,
    total_count: i64,
    client: ClientLimited,
    subject: String,
    access_tokens: [AccessToken],
});

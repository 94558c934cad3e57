use super::{AccessToken, ClientLimited};

model! {
    /// A range of the tokens of a service.
    pub struct TokenGetListResponse {
        /// The index of the first token of the range.
        start: i64,
        /// The index after the last token of the range.
        end: i64,
        /// How many tokens there are in all, in the range or not.
        total_count: i64,
        /// The client that was asked for, if one was.
        client: ClientLimited,
        /// The user that was asked for, if one was.
        subject: String,
        /// The tokens of the range.
        access_tokens: [AccessToken],
    }
}

use super::{AccessToken, ClientLimited};

model! {
    /// A range of the tokens of a service.
    pub struct TokenGetListResponse {
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// How many entries there are in all, on all pages.
        total_count: i64,
        /// The client the list was narrowed to, if it was.
        client: ClientLimited,
        /// The user the list was narrowed to, if it was.
        subject: String,
        /// The tokens of the range.
        access_tokens: [AccessToken],
        /// Where the next page begins, if the server pages by cursor. Not in the API description.
        next_cursor: String,
    }
}

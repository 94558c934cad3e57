use super::ClientLimited;

model! {
    /// Clients that a user has authorized: one page of the list.
    pub struct ClientAuthorizationGetListResponse {
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// The developer the list is restricted to.
        developer: String,
        /// The user's unique ID at the service.
        subject: String,
        /// How many entries there are in all, on all pages.
        total_count: i64,
        /// The clients of this page.
        clients: [ClientLimited],
        /// Where the next page begins, if the server pages by cursor. Not in the API description.
        next_cursor: String,
    }
}

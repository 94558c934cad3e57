use super::Client;

model! {
    /// A range of a service's clients.
    pub struct ClientGetListResponse {
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// How many entries there are in all, on all pages.
        total_count: i64,
        /// The clients.
        clients: [Client],
        /// The developer that the list was narrowed to. Not in the API description.
        developer: String,
        /// Where the next page begins, if the server pages by cursor. Not in the API description.
        next_cursor: String,
    }
}

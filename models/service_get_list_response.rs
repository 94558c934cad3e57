use super::Service;

model! {
    /// A range of the services.
    pub struct ServiceGetListResponse {
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// How many entries there are in all, on all pages.
        total_count: i64,
        /// The services.
        services: [Service],
        /// Where the next page begins, if the server pages by cursor. Not in the API description.
        next_cursor: String,
    }
}

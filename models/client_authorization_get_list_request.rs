model! {
    /// Which of the clients that a user has authorized to list.
    pub struct ClientAuthorizationGetListRequest(
        /// The user's unique ID at the service.
        subject: String,
    ) {
        /// Only the clients of this developer: the developer's unique ID.
        developer: String,
        /// The index of the first entry, from 0 (inclusive).
        start: i64,
        /// The index after the last entry (exclusive).
        end: i64,
        /// Where the page begins: `nextCursor` of the page before, if the server pages by cursor. Unverified: not in the API
        /// description.
        cursor: String,
    }
}

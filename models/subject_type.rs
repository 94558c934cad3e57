open_enum! {
    /// The kind of subject a client sees (OpenID Connect Core 1.0 section 8).
    SubjectType {
        /// `PUBLIC`: the same subject for all clients.
        Public = "PUBLIC",
        /// `PAIRWISE`: another subject for each sector of clients (section 8.1).
        Pairwise = "PAIRWISE",
    }
}

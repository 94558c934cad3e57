open_enum! {
    /// What a client wants to happen to a grant (Grant Management for OAuth 2.0).
    GrantManagementAction {
        /// `CREATE`: Create a grant.
        Create = "CREATE",
        /// `QUERY`: Tell what has been granted. For the grant management endpoint only.
        Query = "QUERY",
        /// `REPLACE`: Replace what has been granted.
        Replace = "REPLACE",
        /// `REVOKE`: Revoke the grant. For the grant management endpoint only.
        Revoke = "REVOKE",
        /// `MERGE`: Add to what has been granted.
        Merge = "MERGE",
    }
}

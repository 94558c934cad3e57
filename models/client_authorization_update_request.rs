model! {
    /// What to change in the access tokens that a user has granted a client.
    pub struct ClientAuthorizationUpdateRequest(
        /// The user's unique ID at the service.
        subject: String,
    ) {
        /// The scopes that all these tokens have from now on. Absent, they keep theirs.
        scopes: [String],
    }
}

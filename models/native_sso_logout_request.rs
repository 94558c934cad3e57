use super::Secret;

model! {
    /// The session to end.
    pub struct NativeSsoLogoutRequest(
        /// The ID of the user's session: the `sid` claim of its ID tokens.
        session_id: Secret,
    ) {}
}

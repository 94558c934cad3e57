model! {
    /// Whether a client is to be locked.
    pub struct ClientFlagUpdateRequest(
        /// Whether the client is locked from now on.
        client_locked: bool,
    ) {}
}

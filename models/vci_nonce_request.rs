model! {
    /// How the nonce response is written.
    pub struct VciNonceRequest(
        /// Whether `response_content` is indented for people to read.
        pretty: bool,
    ) {}
}

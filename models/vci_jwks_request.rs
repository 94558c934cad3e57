model! {
    /// How the key set of the credential issuer is written.
    pub struct VciJwksRequest(
        /// Whether `response_content` is indented for people to read.
        pretty: bool,
    ) {}
}

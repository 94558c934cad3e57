model! {
    /// How the credential issuer metadata is written.
    pub struct VciMetadataRequest(
        /// Whether `response_content` is indented for people to read.
        pretty: bool,
    ) {}
}

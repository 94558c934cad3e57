model! {
    /// How the JWT issuer metadata is written.
    pub struct VciJwtissuerRequest(
        /// Whether `response_content` is indented for people to read.
        pretty: bool,
    ) {}
}

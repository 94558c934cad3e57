open_enum! {
    /// A response type (OAuth 2.0 Multiple Response Type Encoding Practices).
    ResponseType {
        /// `NONE`: `none`, nothing is issued.
        None = "NONE",
        /// `CODE`: `code` (RFC 6749 section 4.1.1).
        Code = "CODE",
        /// `TOKEN`: `token` (RFC 6749 section 4.2.1).
        Token = "TOKEN",
        /// `ID_TOKEN`: `id_token` (OpenID Connect Core 1.0 section 3.2).
        IdToken = "ID_TOKEN",
        /// `CODE_TOKEN`: `code token` (OpenID Connect Core 1.0 section 3.3).
        CodeToken = "CODE_TOKEN",
        /// `CODE_ID_TOKEN`: `code id_token` (OpenID Connect Core 1.0 section 3.3).
        CodeIdToken = "CODE_ID_TOKEN",
        /// `ID_TOKEN_TOKEN`: `id_token token` (OpenID Connect Core 1.0 section 3.2).
        IdTokenToken = "ID_TOKEN_TOKEN",
        /// `CODE_ID_TOKEN_TOKEN`: `code id_token token` (OpenID Connect Core 1.0 section 3.3).
        CodeIdTokenToken = "CODE_ID_TOKEN_TOKEN",
    }
}

open_enum! {
    /// Which hint of a backchannel authentication request identifies the user (OpenID Connect CIBA 1.0 section 7.1).
    UserIdentificationHintType {
        /// `ID_TOKEN_HINT`: `id_token_hint`: an ID token that was issued for the user before.
        IdTokenHint = "ID_TOKEN_HINT",
        /// `LOGIN_HINT`: `login_hint`: a name of the user, such as an e-mail address.
        LoginHint = "LOGIN_HINT",
        /// `LOGIN_HINT_TOKEN`: `login_hint_token`: a token that identifies the user.
        LoginHintToken = "LOGIN_HINT_TOKEN",
    }
}

open_enum! {
    /// The type of a token in a token exchange (RFC 8693 section 3). Its wire values are short names for the URIs.
    TokenType {
        /// `JWT`: `urn:ietf:params:oauth:token-type:jwt`.
        Jwt = "JWT",
        /// `ACCESS_TOKEN`: `urn:ietf:params:oauth:token-type:access_token`.
        AccessToken = "ACCESS_TOKEN",
        /// `REFRESH_TOKEN`: `urn:ietf:params:oauth:token-type:refresh_token`.
        RefreshToken = "REFRESH_TOKEN",
        /// `ID_TOKEN`: `urn:ietf:params:oauth:token-type:id_token`.
        IdToken = "ID_TOKEN",
        /// `SAML1`: `urn:ietf:params:oauth:token-type:saml1`.
        Saml1 = "SAML1",
        /// `SAML2`: `urn:ietf:params:oauth:token-type:saml2`.
        Saml2 = "SAML2",
        /// `DEVICE_SECRET`: A device secret (OpenID Connect Native SSO).
        DeviceSecret = "DEVICE_SECRET",
        /// `DEVICE_CODE`: Listed by the API, though it is a grant type (RFC 8628).
        DeviceCode = "DEVICE_CODE",
        /// `TOKEN_EXCHANGE`: Listed by the API, though it is a grant type (RFC 8693).
        TokenExchange = "TOKEN_EXCHANGE",
        /// `JWT_BEARER`: Listed by the API, though it is a grant type (RFC 7523).
        JwtBearer = "JWT_BEARER",
    }
}

open_enum! {
    /// How an access token was, or is to be, obtained.
    ///
    /// ```
    /// use authlete::models::GrantType;
    ///
    /// assert_eq!(GrantType::from("PASSWORD"), GrantType::Password);
    /// let newer = GrantType::from("FROM_THE_FUTURE");
    /// assert!(matches!(newer, GrantType::Unrecognized(_)));
    /// assert_eq!(newer.as_str(), "FROM_THE_FUTURE");
    /// ```
    GrantType {
        /// `AUTHORIZATION_CODE`, RFC 6749 section 4.1.
        AuthorizationCode = "AUTHORIZATION_CODE",
        /// `IMPLICIT`, RFC 6749 section 4.2.
        Implicit = "IMPLICIT",
        /// `PASSWORD`, RFC 6749 section 4.3.
        Password = "PASSWORD",
        /// `CLIENT_CREDENTIALS`, RFC 6749 section 4.4.
        ClientCredentials = "CLIENT_CREDENTIALS",
        /// `REFRESH_TOKEN`, RFC 6749 section 6. Token creation refuses it.
        RefreshToken = "REFRESH_TOKEN",
        /// `CIBA`, OpenID Connect Client-Initiated Backchannel Authentication 1.0.
        Ciba = "CIBA",
        /// `DEVICE_CODE`, RFC 8628.
        DeviceCode = "DEVICE_CODE",
        /// `TOKEN_EXCHANGE`, RFC 8693.
        TokenExchange = "TOKEN_EXCHANGE",
        /// `JWT_BEARER`, RFC 7523.
        JwtBearer = "JWT_BEARER",
        /// `PRE_AUTHORIZED_CODE`, OpenID for Verifiable Credential Issuance 1.0.
        PreAuthorizedCode = "PRE_AUTHORIZED_CODE",
    }
}

open_enum! {
    /// What an entity of a federation is (OpenID Federation 1.0 section 5.1).
    FederationEntityType {
        /// `OPENID_RELYING_PARTY`: A relying party of OpenID Connect.
        OpenidRelyingParty = "OPENID_RELYING_PARTY",
        /// `OPENID_PROVIDER`: An OpenID Provider.
        OpenidProvider = "OPENID_PROVIDER",
        /// `OAUTH_AUTHORIZATION_SERVER`: An authorization server.
        OauthAuthorizationServer = "OAUTH_AUTHORIZATION_SERVER",
        /// `OAUTH_CLIENT`: A client.
        OauthClient = "OAUTH_CLIENT",
        /// `OAUTH_RESOURCE`: A protected resource.
        OauthResource = "OAUTH_RESOURCE",
        /// `FEDERATION_ENTITY`: Any entity of a federation.
        FederationEntity = "FEDERATION_ENTITY",
        /// `OPENID_CREDENTIAL_ISSUER`: A credential issuer (OpenID for Verifiable Credential Issuance 1.0).
        OpenidCredentialIssuer = "OPENID_CREDENTIAL_ISSUER",
    }
}

use super::{AuthzDetails, GrantType, Property, Secret};

model! {
    /// One access token to create, with its optional refresh token.
    ///
    /// To move a live token, give its value in [`access_token`](Self::access_token): a batch never returns the values the
    /// server generates, so without it the token is lost.
    ///
    /// ```
    /// use authlete::models::{GrantType, TokenCreateRequest};
    ///
    /// let token = TokenCreateRequest::new(GrantType::AuthorizationCode)
    ///     .client_id(26_478_243_745_571)
    ///     .subject("john")
    ///     .scopes(["openid", "timeline.read"])
    ///     .access_token_duration(3_600)
    ///     .access_token("2YotnFZFEjr1zCsicMWpAA");
    /// ```
    pub struct TokenCreateRequest(
        /// The grant type the token counts as issued under. [`GrantType::RefreshToken`] is refused.
        grant_type: GrantType,
    ) {
        /// The client's numeric ID. Either this or [`client_identifier`](Self::client_identifier) is required.
        client_id: i64,
        /// The user the token is for: ASCII, at most 100 characters. Ignored for [`GrantType::ClientCredentials`],
        /// optional for [`GrantType::JwtBearer`], required otherwise.
        subject: String,
        /// The token's scopes (RFC 6749 section 3.3). A scope that the service does not support is an error.
        scopes: [String],
        /// The access token's lifetime in seconds. Absent or 0: the setting of the service.
        access_token_duration: i64,
        /// The refresh token's lifetime in seconds. Absent or 0: the setting of the service. It has no effect where no
        /// refresh token is created: the service does not support them, or the grant type is [`GrantType::Implicit`] or
        /// [`GrantType::ClientCredentials`].
        refresh_token_duration: i64,
        /// Extra properties to attach to the tokens.
        properties: [Property],
        /// Whether the token counts as requested under the client's alias, which only changes `aud` in UserInfo
        /// responses. It has no effect if the client has no alias.
        client_id_alias_used: bool,
        /// The access token's value. Absent: the server generates one. A value whose hash is already stored is an
        /// error.
        access_token: Secret,
        /// The refresh token's value. Absent: the server generates one where a refresh token is created. A value whose
        /// hash is already stored is an error.
        refresh_token: Secret,
        /// Whether the access token lives until it is revoked or deleted. `true` overrides
        /// [`access_token_duration`](Self::access_token_duration).
        access_token_persistent: bool,
        /// The SHA-256 thumbprint, in base64url, of the client certificate the token is bound to (RFC 8705 section 3).
        certificate_thumbprint: String,
        /// The thumbprint of the key the token is bound to by DPoP (RFC 9449 section 6). The token's type becomes
        /// `DPoP`.
        dpop_key_thumbprint: String,
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Target resources as URIs (RFC 8707).
        resources: [String],
        /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
        for_external_attachment: bool,
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of a JSON object. They have no
        /// effect where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// The authentication context that the user's login met (OpenID Connect Core 1.0 section 2, `acr`).
        acr: String,
        /// When the user authenticated, in seconds since the Unix epoch.
        auth_time: i64,
        /// Whether the token counts as requested under the client's entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// The client as a string: its numeric ID, its alias or its entity ID.
        client_identifier: String,
        /// The ID of the user's session at the authorization server, to which the token is tied (OpenID Connect Native
        /// SSO 1.0).
        session_id: Secret,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

use super::{AuthzDetails, GrantType, Property, Secret};

model! {
    /// One access token to create, with its optional refresh token.
    ///
    /// To move a live token, give its value in [`access_token`](Self::access_token): a batch never tells the values the
    /// server makes up, so a token without a value is lost.
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
        /// How the token counts as obtained. [`GrantType::RefreshToken`] is refused.
        grant_type: GrantType,
    ) {
        /// The client's numeric ID. Either this or [`client_identifier`](Self::client_identifier) is needed.
        client_id: i64,
        /// The user the token is for: ASCII, at most 100 characters. Ignored for [`GrantType::ClientCredentials`], optional
        /// for [`GrantType::JwtBearer`], needed otherwise.
        subject: String,
        /// The token's scopes (RFC 6749 section 3.3). One that the service does not support is an error.
        scopes: [String],
        /// The access token's lifetime in seconds. 0, like an absent value, leaves it to the settings of the service.
        access_token_duration: i64,
        /// The refresh token's lifetime in seconds. 0, like an absent value, leaves it to the settings of the service. Without
        /// effect where no refresh token is made: the service does not support it, or the grant type is
        /// [`GrantType::Implicit`] or [`GrantType::ClientCredentials`].
        refresh_token_duration: i64,
        /// Extra properties to attach to the token.
        properties: [Property],
        /// Whether the token counts as requested under the client's alias. It only changes `aud` of the UserInfo response,
        /// and only if the client has an alias.
        client_id_alias_used: bool,
        /// The access token's value. Absent, the server makes one up. A value whose hash is already stored is an error.
        access_token: Secret,
        /// The refresh token's value. Absent, the server makes one up where a refresh token is made. A value whose hash is
        /// already stored is an error.
        refresh_token: Secret,
        /// Whether the access token lives until it is revoked or deleted. `true` overrides
        /// [`access_token_duration`](Self::access_token_duration).
        access_token_persistent: bool,
        /// The SHA-256 thumbprint, in base64url, of the client certificate the token is bound to (RFC 8705 section 3).
        certificate_thumbprint: String,
        /// The thumbprint of the key the token is bound to by DPoP (RFC 9449). It makes the token's type `DPoP`.
        dpop_key_thumbprint: String,
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Target resources as URIs (RFC 8707).
        resources: [String],
        /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
        for_external_attachment: bool,
        /// Extra claims for the payload of a JWT access token (RFC 9068), as the text of one JSON object. Without effect
        /// where access tokens are not JWTs.
        jwt_at_claims: (hidden String),
        /// The authentication context class (OpenID Connect Core `acr`) under which the user authenticated.
        acr: String,
        /// When the user authenticated, in seconds since the Unix epoch, not negative.
        auth_time: i64,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// The client as a string: its numeric ID, its alias or its entity ID.
        client_identifier: String,
        /// The ID of the user's session at the authorization server, which ties the token to it.
        session_id: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
    }
}

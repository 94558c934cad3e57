use super::{
    AuthzDetails, ClientAuthMethod, GrantType, Pair, Property, Secret, ServerText, TokenInfo, TokenType,
};

model! {
    /// What to answer to a token request, what was issued, or what is left for the application to do.
    pub struct TokenResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`token_process`](crate::funcs::token_process).
        action: TokenResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// The user name of the password grant (RFC 6749 section 4.3.2). For the action `PASSWORD`.
        username: (hidden String),
        /// The password of the password grant (RFC 6749 section 4.3.2). For the action `PASSWORD`.
        password: Secret,
        /// What [`token_issue`](crate::funcs::token_issue) and [`token_fail`](crate::funcs::token_fail) take. For the
        /// action `PASSWORD`.
        ticket: Secret,
        /// The access token. Where the service issues JWTs, clients get [`jwt_access_token`](Self::jwt_access_token)
        /// instead.
        access_token: Secret,
        /// When the access token expires, in milliseconds since the Unix epoch.
        access_token_expires_at: i64,
        /// The access token's lifetime in seconds.
        access_token_duration: i64,
        /// The refresh token that is issued (RFC 6749 sections 5.1 and 6).
        refresh_token: Secret,
        /// When the refresh token expires, in milliseconds since the Unix epoch.
        refresh_token_expires_at: i64,
        /// The refresh token's lifetime in seconds.
        refresh_token_duration: i64,
        /// The ID token (OpenID Connect Core 1.0 section 3.1.3.3).
        id_token: Secret,
        /// The grant type of the request.
        grant_type: GrantType,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// The client's alias.
        client_id_alias: String,
        /// Whether the request used the alias.
        client_id_alias_used: bool,
        /// The user's unique ID at the service. Absent for client credentials, which involve no user.
        subject: String,
        /// The scopes of the access token.
        scopes: [String],
        /// Extra properties attached to the token.
        properties: [Property],
        /// The access token as a JWT (RFC 9068), where the service issues them.
        jwt_access_token: Secret,
        /// The target resources of the token request, as URIs (RFC 8707 section 2.2).
        resources: [String],
        /// The target resources of the access token, as URIs (RFC 8707).
        access_token_resources: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Extra claims for the ID token of Native SSO, such as `nonce`, as the text of a JSON object. For the action
        /// `NATIVE_SSO`.
        additional_claims: String,
        /// Attributes of the service.
        service_attributes: [Pair],
        /// Attributes of the client.
        client_attributes: [Pair],
        /// How the client authenticated itself.
        client_auth_method: ClientAuthMethod,
        /// The ID of the grant that the token belongs to (Grant Management for OAuth 2.0).
        grant_id: String,
        /// The values of `audience` in a token exchange (RFC 8693 section 2.1).
        audiences: [String],
        /// The type of token that a token exchange asks for (RFC 8693 section 2.1).
        requested_token_type: TokenType,
        /// The subject token of a token exchange (RFC 8693 section 2.1). A signed JWT of another issuer is not
        /// verified.
        subject_token: Secret,
        /// The type of the subject token.
        subject_token_type: TokenType,
        /// The subject token in detail, if it is an access or refresh token of this service.
        subject_token_info: TokenInfo,
        /// The actor token of a token exchange (RFC 8693 section 2.1).
        actor_token: Secret,
        /// The type of the actor token (RFC 8693 section 3).
        actor_token_type: TokenType,
        /// The actor token in detail, if it is an access or refresh token of this service.
        actor_token_info: TokenInfo,
        /// The assertion of a JWT bearer grant (RFC 7523 section 2.1). Its signature is not verified.
        assertion: Secret,
        /// Whether the refresh token was the one before the current one, which the service keeps for a short time. If
        /// a refresh token is in the response, it is the one that was issued the first time.
        previous_refresh_token_used: bool,
        /// The client's entity ID (OpenID Federation 1.0).
        client_entity_id: String,
        /// Whether the client identified itself by its entity ID (OpenID Federation 1.0).
        client_entity_id_used: bool,
        /// The lifetime of [`cnonce`](Self::cnonce) in seconds.
        cnonce_duration: i64,
        /// The nonce to send in a `DPoP-Nonce` header (RFC 9449 section 8).
        dpop_nonce: String,
        /// The `c_nonce` that goes with the access token (OpenID for Verifiable Credential Issuance).
        cnonce: String,
        /// When [`cnonce`](Self::cnonce) expires, in milliseconds since the Unix epoch.
        cnonce_expires_at: i64,
        /// The claims that the authorization request wanted in the ID token, by name. For the action
        /// `ID_TOKEN_REISSUABLE`.
        requested_id_token_claims: [String],
        /// The scopes of the refresh token.
        refresh_token_scopes: [String],
        /// The ID of the user's session (OpenID Connect Native SSO).
        session_id: Secret,
        /// The device secret in the request (OpenID Connect Native SSO).
        device_secret: Secret,
        /// The `ds_hash` of the ID token in the request (OpenID Connect Native SSO).
        device_secret_hash: Secret,
        /// Where the client's metadata came from, if from a Client ID Metadata Document.
        metadata_document_location: String,
        /// Whether the client's metadata came from a Client ID Metadata Document.
        metadata_document_used: bool,
        /// The challenge to send in an `OAuth-Client-Attestation-Challenge` header. Newer servers only.
        attestation_challenge: String,
    }
}

open_enum! {
    /// What to do with a token request.
    TokenResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `INVALID_CLIENT`: Answer 401 with `response_content` and a challenge. The client is not authenticated.
        InvalidClient = "INVALID_CLIENT",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `PASSWORD`: Check `username` and `password`, then issue or fail with `ticket`.
        Password = "PASSWORD",
        /// `OK`: Answer 200 with `response_content`.
        Ok = "OK",
        /// `TOKEN_EXCHANGE`: Judge the request and build the answer yourself (RFC 8693 section 2.2).
        TokenExchange = "TOKEN_EXCHANGE",
        /// `JWT_BEARER`: Verify `assertion` and build the answer yourself (RFC 7523 section 2.1).
        JwtBearer = "JWT_BEARER",
        /// `NATIVE_SSO`: Go on with Native SSO (OpenID Connect Native SSO).
        NativeSso = "NATIVE_SSO",
        /// `ID_TOKEN_REISSUABLE`: Answer 200 with `response_content`, or reissue the ID token first.
        IdTokenReissuable = "ID_TOKEN_REISSUABLE",
    }
}

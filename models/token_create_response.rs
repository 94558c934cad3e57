use super::{AuthzDetails, GrantType, Property, Secret, ServerText};

model! {
    /// The tokens created by [`token_management_create`](crate::funcs::token_management_create).
    pub struct TokenCreateResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`token_management_create`](crate::funcs::token_management_create).
        action: TokenCreateResponseAction,
        /// The access token. Where [`jwt_access_token`](Self::jwt_access_token) is set, the client gets that one
        /// instead.
        access_token: Secret,
        /// The numeric client ID, which Authlete assigned.
        client_id: i64,
        /// When the access token expires, in milliseconds since the Unix epoch.
        expires_at: i64,
        /// The access token's lifetime in seconds.
        expires_in: i64,
        /// The grant type the token counts as issued under.
        grant_type: GrantType,
        /// Extra properties attached to the tokens.
        properties: [Property],
        /// The refresh token, where one was created.
        refresh_token: Secret,
        /// The scopes of the access token.
        scopes: [String],
        /// The user's unique ID at the service.
        subject: String,
        /// The token's type for the client, such as `Bearer` (RFC 6749 section 7.1).
        token_type: String,
        /// The access token as a JWT (RFC 9068), where the service issues such tokens.
        jwt_access_token: Secret,
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
        for_external_attachment: bool,
        /// The token's unique identifier.
        token_id: String,
        /// The scopes of the refresh token.
        refresh_token_scopes: [String],
        /// The client as the request named it.
        client_identifier: String,
        /// The ID of the user's session, to which the token is tied. Only a token with one yields ID tokens for Native
        /// SSO when it is refreshed.
        session_id: Secret,
    }
}

open_enum! {
    /// How the creation of a token went.
    TokenCreateResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: The call was wrong.
        BadRequest = "BAD_REQUEST",
        /// `FORBIDDEN`: The call is not allowed.
        Forbidden = "FORBIDDEN",
        /// `OK`: The token exists: use the fields.
        Ok = "OK",
    }
}

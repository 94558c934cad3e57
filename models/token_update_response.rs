use super::{AuthzDetails, Property, Secret, ServerText};

model! {
    /// An access token after [`token_management_update`](crate::funcs::token_management_update).
    pub struct TokenUpdateResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`token_management_update`](crate::funcs::token_management_update).
        action: TokenUpdateResponseAction,
        /// The access token, with its new value where the server generated one.
        access_token: Secret,
        /// When the access token expires, in milliseconds since the Unix epoch.
        access_token_expires_at: i64,
        /// Extra properties attached to the tokens.
        properties: [Property],
        /// The scopes of the access token.
        scopes: [String],
        /// Authorization details (RFC 9396).
        authorization_details: AuthzDetails,
        /// The token's type for the client, such as `Bearer` (RFC 6749 section 7.1).
        token_type: String,
        /// Whether the token serves external attachments (OpenID Connect for Identity Assurance).
        for_external_attachment: bool,
        /// The token's unique identifier.
        token_id: String,
        /// When the refresh token expires, in milliseconds since the Unix epoch.
        refresh_token_expires_at: i64,
    }
}

open_enum! {
    /// How the change of a token went.
    TokenUpdateResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Authlete has a problem.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: The call was wrong.
        BadRequest = "BAD_REQUEST",
        /// `FORBIDDEN`: The call is not allowed.
        Forbidden = "FORBIDDEN",
        /// `NOT_FOUND`: No such token exists.
        NotFound = "NOT_FOUND",
        /// `OK`: The token is changed: use the fields.
        Ok = "OK",
    }
}

use super::{ClientAuthMethod, Secret, ServerText};

model! {
    /// What to answer to a pushed authorization request.
    pub struct PushedAuthorizationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`pushed_authorization_create`](crate::funcs::pushed_authorization_create).
        action: PushedAuthorizationResponseAction,
        /// What stands for the request at the authorization endpoint (RFC 9126 section 2.2). It is good for one use.
        request_uri: Secret,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: Secret,
        /// How the client has to authenticate itself.
        client_auth_method: ClientAuthMethod,
        /// The nonce to send in a `DPoP-Nonce` header (RFC 9449 section 8).
        dpop_nonce: String,
        /// The challenge to send in an `OAuth-Client-Attestation-Challenge` header. Newer servers only.
        attestation_challenge: String,
    }
}

open_enum! {
    /// What to do with a pushed authorization request. All but `CREATED` are failures.
    PushedAuthorizationResponseAction {
        /// `CREATED`: Answer 201 with `response_content`.
        Created = "CREATED",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `UNAUTHORIZED`: Answer 401 with `response_content` and a challenge. The client is not authenticated.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: Answer 403 with `response_content`.
        Forbidden = "FORBIDDEN",
        /// `PAYLOAD_TOO_LARGE`: Answer 413 with `response_content`.
        PayloadTooLarge = "PAYLOAD_TOO_LARGE",
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}

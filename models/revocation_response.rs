use super::ServerText;

model! {
    /// What to answer to a revocation request.
    pub struct RevocationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`revocation_process`](crate::funcs::revocation_process).
        action: RevocationResponseAction,
        /// The ready-made content of the answer to the client, where the action has one. A success has one only if
        /// the request has a `callback`.
        response_content: ServerText,
        /// The challenge to send in an `OAuth-Client-Attestation-Challenge` header. Newer servers only.
        attestation_challenge: String,
    }
}

open_enum! {
    /// What to do with a revocation request.
    RevocationResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `INVALID_CLIENT`: Answer 401 with `response_content` and a challenge. The client is not authenticated.
        InvalidClient = "INVALID_CLIENT",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `OK`: Answer 200. `response_content`, if there is any, is JavaScript.
        Ok = "OK",
    }
}

use super::{Client, ServerText};

model! {
    /// What to answer to a client that registers through a federation.
    pub struct FederationRegistrationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`federation_registration`](crate::funcs::federation_registration).
        action: FederationRegistrationResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
        /// The client, if it is registered now.
        client: Client,
    }
}

open_enum! {
    /// What to answer to a request for explicit registration.
    FederationRegistrationResponseAction {
        /// The client is registered. Answer 200 with `response_content`, of the type
        /// `application/entity-statement+jwt`.
        Ok = "OK",
        /// Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// The service does not take explicit registrations. Answer 404 with `response_content`.
        NotFound = "NOT_FOUND",
        /// Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}

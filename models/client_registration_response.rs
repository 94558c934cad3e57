use super::{Client, Secret, ServerText};

model! {
    /// What to answer to a client that registers or manages its registration.
    pub struct ClientRegistrationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see
        /// [`dynamic_client_registration_register`](crate::funcs::dynamic_client_registration_register).
        action: ClientRegistrationResponseAction,
        /// The ready-made content of the answer to the client, where the action has one. It holds the client secret and
        /// the registration access token.
        response_content: Secret,
        /// The client, where there is one.
        client: Client,
    }
}

open_enum! {
    /// What to answer to a request of RFC 7591 or RFC 7592.
    ClientRegistrationResponseAction {
        /// Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// The client is registered. Answer 201 with `response_content` (RFC 7591 section 3.2.1).
        Created = "CREATED",
        /// The client is deleted. Answer 204 (RFC 7592 section 2.3).
        Deleted = "DELETED",
        /// Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// The registration was read. Answer 200 with `response_content` (RFC 7592 section 2.1).
        Ok = "OK",
        /// The registration access token is not valid. Answer 401 with `response_content` and a `WWW-Authenticate`
        /// challenge. Only with
        /// [`unauthorized_on_client_config_supported`](super::Service::unauthorized_on_client_config_supported).
        Unauthorized = "UNAUTHORIZED",
        /// The client is updated. Answer 200 with `response_content` (RFC 7592 section 2.2).
        Updated = "UPDATED",
    }
}

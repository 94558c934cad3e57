use super::ServerText;

model! {
    /// What to answer to a request for the service's entity configuration (OpenID Federation 1.0).
    pub struct FederationConfigurationResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`federation_configuration`](crate::funcs::federation_configuration).
        action: FederationConfigurationResponseAction,
        /// The ready-made content of the answer to the client, where the action has one.
        response_content: ServerText,
    }
}

open_enum! {
    /// What to answer to a request for the entity configuration.
    FederationConfigurationResponseAction {
        /// Answer 200 with `response_content`, of the type `application/entity-statement+jwt`.
        Ok = "OK",
        /// The service is in no federation. Answer 404 with `response_content`.
        NotFound = "NOT_FOUND",
        /// Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
    }
}

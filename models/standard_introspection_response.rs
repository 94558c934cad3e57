use super::{Secret, ServerText};

model! {
    /// What to answer to an introspection request.
    pub struct StandardIntrospectionResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`introspection_standard_process`](crate::funcs::introspection_standard_process).
        action: StandardIntrospectionResponseAction,
        /// The ready-made content of the answer to the resource server, where the action has one.
        response_content: Secret,
    }
}

open_enum! {
    /// What to do with an introspection request.
    StandardIntrospectionResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`.
        BadRequest = "BAD_REQUEST",
        /// `OK`: Answer 200 with `response_content` as JSON.
        Ok = "OK",
        /// `JWT`: Answer 200 with `response_content` as `application/token-introspection+jwt` (RFC 9701 section 5).
        Jwt = "JWT",
    }
}

use super::{Secret, ServerText};

model! {
    /// The error response to an authorization request.
    pub struct AuthorizationFailResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`authorization_fail`](crate::funcs::authorization_fail).
        action: AuthorizationFailResponseAction,
        /// The ready-made content of the answer to the client, where the action has one: JSON, a URL or a page.
        response_content: Secret,
    }
}

open_enum! {
    /// How to answer an authorization request that failed.
    AuthorizationFailResponseAction {
        /// `INTERNAL_SERVER_ERROR`: Answer 500 with `response_content`.
        InternalServerError = "INTERNAL_SERVER_ERROR",
        /// `BAD_REQUEST`: Answer 400 with `response_content`. The ticket is used or has expired.
        BadRequest = "BAD_REQUEST",
        /// `LOCATION`: Redirect to the URL in `response_content`.
        Location = "LOCATION",
        /// `FORM`: Answer 200 with the page in `response_content`.
        Form = "FORM",
    }
}

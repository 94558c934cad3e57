use super::ServerText;

model! {
    /// The outcome of [`native_sso_logout`](crate::funcs::native_sso_logout).
    pub struct NativeSsoLogoutResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`native_sso_logout`](crate::funcs::native_sso_logout).
        action: NativeSsoLogoutResponseAction,
        /// How many token records were deleted. 0 may mean that a repeated attempt found them gone.
        count: i64,
    }
}

open_enum! {
    /// How the deletion of a session's tokens went.
    NativeSsoLogoutResponseAction {
        /// `OK`: The session has no tokens any more.
        Ok = "OK",
        /// `SERVER_ERROR`: Authlete has a problem. Tokens may be left.
        ServerError = "SERVER_ERROR",
        /// `CALLER_ERROR`: The call was wrong.
        CallerError = "CALLER_ERROR",
    }
}

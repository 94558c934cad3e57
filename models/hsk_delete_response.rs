use super::{Hsk, ServerText};

model! {
    /// The outcome of [`hardware_security_keys_delete`](crate::funcs::hardware_security_keys_delete). A 204, the
    /// success, leaves every field unset.
    pub struct HskDeleteResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`hardware_security_keys_delete`](crate::funcs::hardware_security_keys_delete).
        action: HskDeleteResponseAction,
        /// The deleted key.
        hsk: Hsk,
    }
}

open_enum! {
    /// How the deletion of a key went.
    HskDeleteResponseAction {
        /// `SUCCESS`: The key is deleted.
        Success = "SUCCESS",
        /// `INVALID_REQUEST`: The call was wrong.
        InvalidRequest = "INVALID_REQUEST",
        /// `NOT_FOUND`: No such key.
        NotFound = "NOT_FOUND",
        /// `SERVER_ERROR`: Authlete or the module has a problem.
        ServerError = "SERVER_ERROR",
    }
}

use super::{Hsk, ServerText};

model! {
    /// One key of a service in a hardware security module.
    pub struct HskGetResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`hardware_security_keys_get`](crate::funcs::hardware_security_keys_get).
        action: HskGetResponseAction,
        /// The key.
        hsk: Hsk,
    }
}

open_enum! {
    /// How finding a key went.
    HskGetResponseAction {
        /// `SUCCESS`: The key is in `hsk`.
        Success = "SUCCESS",
        /// `INVALID_REQUEST`: The call was wrong.
        InvalidRequest = "INVALID_REQUEST",
        /// `NOT_FOUND`: No such key.
        NotFound = "NOT_FOUND",
        /// `SERVER_ERROR`: Authlete or the module has a problem.
        ServerError = "SERVER_ERROR",
    }
}

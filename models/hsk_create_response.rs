use super::{Hsk, ServerText};

model! {
    /// The key created by [`hardware_security_keys_create`](crate::funcs::hardware_security_keys_create).
    pub struct HskCreateResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`hardware_security_keys_create`](crate::funcs::hardware_security_keys_create).
        action: HskCreateResponseAction,
        /// The new key. Its handle names it from now on.
        hsk: Hsk,
    }
}

open_enum! {
    /// How the creation of a key went.
    HskCreateResponseAction {
        /// `SUCCESS`: The key exists: keep its handle.
        Success = "SUCCESS",
        /// `INVALID_REQUEST`: The call was wrong, or the module refuses the key.
        InvalidRequest = "INVALID_REQUEST",
        /// `NOT_FOUND`: No such module.
        NotFound = "NOT_FOUND",
        /// `SERVER_ERROR`: Authlete or the module has a problem.
        ServerError = "SERVER_ERROR",
    }
}

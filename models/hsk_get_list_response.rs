use super::{Hsk, ServerText};

model! {
    /// The keys of a service in hardware security modules.
    pub struct HskGetListResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`hardware_security_keys_list`](crate::funcs::hardware_security_keys_list).
        action: HskGetListResponseAction,
        /// The keys, all of them.
        hsks: [Hsk],
    }
}

open_enum! {
    /// How listing the keys went.
    HskGetListResponseAction {
        /// `SUCCESS`: The keys are in `hsks`.
        Success = "SUCCESS",
        /// `INVALID_REQUEST`: The call was wrong.
        InvalidRequest = "INVALID_REQUEST",
        /// `SERVER_ERROR`: Authlete or the module has a problem.
        ServerError = "SERVER_ERROR",
    }
}

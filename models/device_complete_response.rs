use super::ServerText;

model! {
    /// Whether the user's decision was recorded.
    pub struct DeviceCompleteResponse {
        /// Authlete's code for the outcome, such as `A004001`.
        result_code: String,
        /// The outcome in words, for developers. Not for the client.
        result_message: ServerText,
        /// What to do next; see [`device_flow_complete`](crate::funcs::device_flow_complete).
        action: DeviceCompleteResponseAction,
    }
}

open_enum! {
    /// What to show the user who decided.
    DeviceCompleteResponseAction {
        /// `SERVER_ERROR`: Authlete has a problem. Ask the user to start again on the device.
        ServerError = "SERVER_ERROR",
        /// `USER_CODE_NOT_EXIST`: No such code. Ask the user to start again on the device.
        UserCodeNotExist = "USER_CODE_NOT_EXIST",
        /// `USER_CODE_EXPIRED`: The code has expired. Ask the user to start again on the device.
        UserCodeExpired = "USER_CODE_EXPIRED",
        /// `INVALID_REQUEST`: The call was wrong. Show an error page.
        InvalidRequest = "INVALID_REQUEST",
        /// `SUCCESS`: The decision is recorded. Send the user back to the device.
        Success = "SUCCESS",
    }
}

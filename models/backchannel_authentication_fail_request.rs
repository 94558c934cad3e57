use super::{Secret, ServerText};

model! {
    /// The reason to refuse a backchannel authentication request.
    pub struct BackchannelAuthenticationFailRequest(
        /// The ticket from [`ciba_process_authentication`](crate::funcs::ciba_process_authentication). It is deleted.
        ticket: Secret,
        /// The reason, which decides the `error` of the response.
        reason: BackchannelAuthenticationFailRequestReason,
    ) {
        /// The `error_description` of the response.
        error_description: ServerText,
        /// The `error_uri` of the response: a page that explains the error.
        error_uri: String,
    }
}

open_enum! {
    /// Why a backchannel authentication request is refused (OpenID Connect CIBA 1.0 section 13).
    BackchannelAuthenticationFailRequestReason {
        /// `ACCESS_DENIED`: The application refuses the request by a rule of its own: `access_denied`.
        AccessDenied = "ACCESS_DENIED",
        /// `EXPIRED_LOGIN_HINT_TOKEN`: The `login_hint_token` has expired: `expired_login_hint_token`.
        ExpiredLoginHintToken = "EXPIRED_LOGIN_HINT_TOKEN",
        /// `INVALID_BINDING_MESSAGE`: The binding message is not acceptable: `invalid_binding_message`.
        InvalidBindingMessage = "INVALID_BINDING_MESSAGE",
        /// `INVALID_TARGET`: A requested resource is not acceptable: `invalid_target` (RFC 8707 section 2).
        InvalidTarget = "INVALID_TARGET",
        /// `INVALID_USER_CODE`: The user code is wrong: `invalid_user_code`.
        InvalidUserCode = "INVALID_USER_CODE",
        /// `MISSING_USER_CODE`: This user needs a user code, and the request has none: `missing_user_code`.
        MissingUserCode = "MISSING_USER_CODE",
        /// `SERVER_ERROR`: The application has a problem: `server_error`.
        ServerError = "SERVER_ERROR",
        /// `UNAUTHORIZED_CLIENT`: The client may not use this flow by a rule of the application: `unauthorized_client`.
        UnauthorizedClient = "UNAUTHORIZED_CLIENT",
        /// `UNKNOWN_USER_ID`: The hint identifies no user: `unknown_user_id`.
        UnknownUserId = "UNKNOWN_USER_ID",
    }
}

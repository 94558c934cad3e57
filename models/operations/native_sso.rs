use crate::models::{NativeSsoLogoutRequest, NativeSsoRequest};

request! {
    /// What [`native_sso_process`](crate::funcs::native_sso_process) sends.
    pub struct NativeSsoApiRequest(
        /// The tokens and the device secret.
        native_sso_request: NativeSsoRequest,
    ) {}
}

request! {
    /// What [`native_sso_logout`](crate::funcs::native_sso_logout) sends.
    pub struct NativeSsoLogoutApiRequest(
        /// The session.
        native_sso_logout_request: NativeSsoLogoutRequest,
    ) {}
}

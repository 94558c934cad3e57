use crate::models::PushedAuthorizationRequest;

request! {
    /// What [`pushed_authorization_create`](crate::funcs::pushed_authorization_create) sends.
    pub struct PushedAuthReqApiRequest(
        /// The client's request.
        pushed_authorization_request: PushedAuthorizationRequest,
    ) {}
}

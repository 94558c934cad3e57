use crate::models::{DeviceAuthorizationRequest, DeviceCompleteRequest, DeviceVerificationRequest};

request! {
    /// What [`device_flow_authorization`](crate::funcs::device_flow_authorization) sends.
    pub struct DeviceAuthorizationApiRequest(
        /// The client's request.
        device_authorization_request: DeviceAuthorizationRequest,
    ) {}
}

request! {
    /// What [`device_flow_verification`](crate::funcs::device_flow_verification) sends.
    pub struct DeviceVerificationApiRequest(
        /// The user code.
        device_verification_request: DeviceVerificationRequest,
    ) {}
}

request! {
    /// What [`device_flow_complete`](crate::funcs::device_flow_complete) sends.
    pub struct DeviceCompleteApiRequest(
        /// The user code and the decision.
        device_complete_request: DeviceCompleteRequest,
    ) {}
}

use crate::models::FederationRegistrationRequest;

request! {
    /// What [`federation_configuration`](crate::funcs::federation_configuration) sends.
    pub struct FederationConfigurationApiRequest {}
}

request! {
    /// What [`federation_registration`](crate::funcs::federation_registration) sends.
    pub struct FederationRegistrationApiRequest(
        /// The client's request.
        federation_registration_request: FederationRegistrationRequest,
    ) {}
}

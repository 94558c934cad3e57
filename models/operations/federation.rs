use crate::models::{FederationEntityType, FederationRegistrationRequest};

request! {
    /// What [`federation_configuration`](crate::funcs::federation_configuration) sends.
    pub struct FederationConfigurationApiRequest {
        /// As which entities the service is described. Unset, the server decides. Not in the API description.
        entity_types: [FederationEntityType],
    }
}

request! {
    /// What [`federation_registration`](crate::funcs::federation_registration) sends.
    pub struct FederationRegistrationApiRequest(
        /// The client's request.
        federation_registration_request: FederationRegistrationRequest,
    ) {}
}

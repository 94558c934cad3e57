//! Request objects: one per operation, with its path values, query parameters and body. A file per group of the API.

mod attestation;
mod backchannel_logout;
mod client;
mod dynamic_client_registration;
mod federation;
mod introspection;
mod jwk_set_endpoint;
mod lifecycle;
mod misc;
mod service;
mod token_management;
mod token_operations;

pub use attestation::AttestationChallengeApiRequest;
pub use backchannel_logout::BackchannelLogoutTokenApiRequest;
pub use client::{
    ClientCreateApiRequest, ClientDeleteApiRequest, ClientGetApiRequest, ClientGetListApiRequest,
    ClientUpdateApiFormRequest, ClientUpdateApiRequest,
};
pub use dynamic_client_registration::{
    ClientRegistrationApiRequest, ClientRegistrationDeleteApiRequest, ClientRegistrationGetApiRequest,
    ClientRegistrationUpdateApiRequest,
};
pub use federation::{FederationConfigurationApiRequest, FederationRegistrationApiRequest};
pub use introspection::AuthIntrospectionApiRequest;
pub use jwk_set_endpoint::ServiceJwksGetApiRequest;
pub use lifecycle::GetApiLifecycleHealthcheckRequest;
pub use misc::MiscEchoApiRequest;
pub use service::{
    ServiceConfigurationApiPostRequest, ServiceConfigurationApiRequest, ServiceCreateApiRequest,
    ServiceDeleteApiRequest, ServiceGetApiRequest, ServiceGetListApiRequest, ServiceUpdateApiRequest,
};
pub use token_management::{AuthTokenDeleteApiRequest, AuthTokenGetListApiRequest};
pub use token_operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};

//! Request objects: one per operation, with its path values, query parameters and body. A file per group of the API.

mod attestation;
mod authorization;
mod authorization_management;
mod backchannel_logout;
mod ciba;
mod client;
mod client_management;
mod device_flow;
mod dynamic_client_registration;
mod entity_types_body;
mod federation;
mod grant_management;
mod hardware_security_keys;
mod introspection;
mod jose_object;
mod jwk_set_endpoint;
mod lifecycle;
mod misc;
mod native_sso;
mod pushed_authorization;
mod revocation;
mod service;
mod subject_body;
mod token;
mod token_management;
mod token_operations;
mod userinfo;
mod utility_endpoints;
mod verifiable_credentials;

pub use attestation::AttestationChallengeApiRequest;
pub use authorization::{
    AuthAuthorizationApiRequest, AuthAuthorizationFailApiRequest, AuthAuthorizationIssueApiRequest,
};
pub use authorization_management::{AuthorizationTicketInfoPostApiRequest, UpdateAuthorizationTicketRequest};
pub use backchannel_logout::BackchannelLogoutTokenApiRequest;
pub use ciba::{
    BackchannelAuthenticationApiRequest, BackchannelAuthenticationCompleteApiRequest,
    BackchannelAuthenticationFailApiRequest, BackchannelAuthenticationIssueApiRequest,
};
pub use client::{
    ClientCreateApiRequest, ClientDeleteApiRequest, ClientGetApiRequest, ClientGetListApiRequest,
    ClientUpdateApiFormRequest, ClientUpdateApiRequest,
};
pub use client_management::{
    ClientAuthorizationDeleteApiPostRequest, ClientAuthorizationDeleteApiRequest,
    ClientAuthorizationDeleteBySubjectApiRequest, ClientAuthorizationGetListApiPostRequest,
    ClientAuthorizationGetListApiRequest, ClientAuthorizationGetListBySubjectApiRequest,
    ClientAuthorizationUpdateApiRequest, ClientExtensionRequestablesScopesDeleteApiRequest,
    ClientExtensionRequestablesScopesGetApiRequest, ClientExtensionRequestablesScopesUpdateApiPostRequest,
    ClientExtensionRequestablesScopesUpdateApiRequest, ClientFlagUpdateApiRequest,
    ClientGrantedScopesDeleteApiPostRequest, ClientGrantedScopesDeleteApiRequest,
    ClientGrantedScopesDeleteBySubjectApiRequest, ClientGrantedScopesGetApiPostRequest,
    ClientGrantedScopesGetApiRequest, ClientGrantedScopesGetBySubjectApiRequest,
    ClientSecretRefreshApiRequest, ClientSecretUpdateApiRequest,
};
pub use device_flow::{
    DeviceAuthorizationApiRequest, DeviceCompleteApiRequest, DeviceVerificationApiRequest,
};
pub use dynamic_client_registration::{
    ClientRegistrationApiRequest, ClientRegistrationDeleteApiRequest, ClientRegistrationGetApiRequest,
    ClientRegistrationUpdateApiRequest,
};
pub(crate) use entity_types_body::EntityTypesBody;
pub use federation::{FederationConfigurationApiRequest, FederationRegistrationApiRequest};
pub use grant_management::GrantMApiRequest;
pub use hardware_security_keys::{
    HskCreateApiRequest, HskDeleteApiRequest, HskGetApiRequest, HskGetListApiRequest,
};
pub use introspection::{AuthIntrospectionApiRequest, AuthIntrospectionStandardApiRequest};
pub use jose_object::JoseVerifyApiRequest;
pub use jwk_set_endpoint::ServiceJwksGetApiRequest;
pub use lifecycle::GetApiLifecycleHealthcheckRequest;
pub use misc::MiscEchoApiRequest;
pub use native_sso::{NativeSsoApiRequest, NativeSsoLogoutApiRequest};
pub use pushed_authorization::PushedAuthReqApiRequest;
pub use revocation::AuthRevocationApiRequest;
pub use service::{
    ServiceConfigurationApiPostRequest, ServiceConfigurationApiRequest, ServiceCreateApiRequest,
    ServiceDeleteApiRequest, ServiceGetApiRequest, ServiceGetListApiRequest, ServiceUpdateApiRequest,
};
pub(crate) use subject_body::SubjectBody;
pub use token::{AuthTokenApiRequest, AuthTokenFailApiRequest, AuthTokenIssueApiRequest};
pub use token_management::{
    AuthTokenCreateApiRequest, AuthTokenDeleteApiRequest, AuthTokenGetListApiRequest,
    AuthTokenRevokeApiRequest, AuthTokenUpdateApiRequest, IdtokenReissueApiRequest,
};
pub use token_operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
pub use userinfo::{AuthUserinfoApiRequest, AuthUserinfoIssueApiRequest};
pub use utility_endpoints::InfoApiRequest;
pub use verifiable_credentials::{
    VciBatchIssueApiRequest, VciBatchParseApiRequest, VciDeferredIssueApiRequest, VciDeferredParseApiRequest,
    VciJwksApiRequest, VciJwtissuerApiRequest, VciMetadataApiRequest, VciNonceApiRequest,
    VciOfferCreateApiRequest, VciOfferInfoApiRequest, VciSingleIssueApiRequest, VciSingleParseApiRequest,
};

//! The wire: one file per schema, and nothing about HTTP.
//!
//! Every response field is an `Option`, because absent, `null` and newer fields must never fail a call. Enums are
//! open: a value this version does not know arrives as `Unrecognized` and leaves as it came. Fields that grant
//! access are of the type [`Secret`], the server's words of the type [`ServerText`].

#[macro_use]
mod macros;
pub(crate) mod names;
pub(crate) mod open_enum;
pub(crate) mod raw_json;
mod secret;
mod serial;
mod string_map;
pub(crate) mod table;
mod unknown_members;

pub mod errors;
pub mod operations;

mod access_token;
mod application_type;
mod attachment_type;
mod attestation_challenge_request;
mod attestation_challenge_response;
mod authorization_details_element;
mod authz_details;
mod backchannel_logout_token_request;
mod backchannel_logout_token_response;
mod claim_type;
mod client;
mod client_auth_method;
mod client_extension;
mod client_get_list_response;
mod client_limited;
mod client_registration_request;
mod client_registration_response;
mod client_registration_type;
mod client_type;
mod credential_issuer_metadata;
mod delivery_mode;
mod display;
mod fapi_mode;
mod federation_configuration_response;
mod federation_registration_request;
mod federation_registration_response;
mod grant;
mod grant_scope;
mod grant_type;
mod hsk;
mod info_response;
mod introspection_request;
mod introspection_response;
mod jwe_alg;
mod jwe_enc;
mod jwe_zip;
mod jws_alg;
mod named_uri;
mod pair;
mod prompt;
mod property;
mod response_type;
mod scope;
mod server_text;
mod service;
mod service_configuration_request;
mod service_get_list_response;
mod service_jwks_get_response;
mod service_profile;
mod sns;
mod sns_credentials;
mod subject_type;
mod tagged_value;
mod token_batch_status;
mod token_create_batch_response;
mod token_create_batch_status_response;
mod token_create_request;
mod token_get_list_response;
mod trust_anchor;
mod user_code_charset;
mod verified_claims_validation_schema;

pub use access_token::AccessToken;
pub use application_type::ApplicationType;
pub use attachment_type::AttachmentType;
pub use attestation_challenge_request::AttestationChallengeRequest;
pub use attestation_challenge_response::{AttestationChallengeResponse, AttestationChallengeResponseAction};
pub use authorization_details_element::AuthorizationDetailsElement;
pub use authz_details::AuthzDetails;
pub use backchannel_logout_token_request::BackchannelLogoutTokenRequest;
pub use backchannel_logout_token_response::{
    BackchannelLogoutTokenResponse, BackchannelLogoutTokenResponseAction,
};
pub use claim_type::ClaimType;
pub use client::{Client, ClientSource, ResponseMode};
pub use client_auth_method::ClientAuthMethod;
pub use client_extension::ClientExtension;
pub use client_get_list_response::ClientGetListResponse;
pub use client_limited::ClientLimited;
pub use client_registration_request::ClientRegistrationRequest;
pub use client_registration_response::{ClientRegistrationResponse, ClientRegistrationResponseAction};
pub use client_registration_type::ClientRegistrationType;
pub use client_type::ClientType;
pub use credential_issuer_metadata::CredentialIssuerMetadata;
pub use delivery_mode::DeliveryMode;
pub use display::DisplayMode;
pub use fapi_mode::FapiMode;
pub use federation_configuration_response::{
    FederationConfigurationResponse, FederationConfigurationResponseAction,
};
pub use federation_registration_request::FederationRegistrationRequest;
pub use federation_registration_response::{
    FederationRegistrationResponse, FederationRegistrationResponseAction,
};
pub use grant::Grant;
pub use grant_scope::GrantScope;
pub use grant_type::GrantType;
pub use hsk::Hsk;
pub use info_response::{InfoResponse, InfoResponseServiceTokenCache};
pub use introspection_request::IntrospectionRequest;
pub use introspection_response::{IntrospectionResponse, IntrospectionResponseAction};
pub use jwe_alg::JweAlg;
pub use jwe_enc::JweEnc;
pub use jwe_zip::JweZip;
pub use jws_alg::JwsAlg;
pub use named_uri::NamedUri;
pub use open_enum::Unrecognized;
pub use pair::Pair;
pub use prompt::Prompt;
pub use property::Property;
pub use raw_json::RawJson;
pub use response_type::ResponseType;
pub use scope::Scope;
pub use secret::Secret;
pub use server_text::ServerText;
pub use service::Service;
pub use service_configuration_request::ServiceConfigurationRequest;
pub use service_get_list_response::ServiceGetListResponse;
pub use service_jwks_get_response::ServiceJwksGetResponse;
pub use service_profile::ServiceProfile;
pub use sns::Sns;
pub use sns_credentials::SnsCredentials;
pub use string_map::StringMap;
pub use subject_type::SubjectType;
pub use tagged_value::TaggedValue;
pub use token_batch_status::{BatchKind, TokenBatchStatus, TokenBatchStatusResult};
pub use token_create_batch_response::TokenCreateBatchResponse;
pub use token_create_batch_status_response::TokenCreateBatchStatusResponse;
pub use token_create_request::TokenCreateRequest;
pub use token_get_list_response::TokenGetListResponse;
pub use trust_anchor::TrustAnchor;
pub use unknown_members::UnknownMembers;
pub use user_code_charset::UserCodeCharset;
pub use verified_claims_validation_schema::VerifiedClaimsValidationSchema;

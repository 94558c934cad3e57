//! The operations, one function each.
//!
//! Every function has the same shape: the core, a request object, and optional settings for this one call, which return
//! an [`Envelope`](crate::Envelope) or an [`AuthleteError`](crate::AuthleteError). Importing one leaves the others out of
//! the binary.
//!
//! `Ok` means that Authlete answered. Where a response has an `action`, as most of them do, an action such as
//! `BAD_REQUEST` is an `Ok` too: it tells what to answer to the client.

mod attestation_challenge;
mod backchannel_logout_token;
mod client_create;
mod client_delete;
mod client_get;
mod client_list;
mod client_update;
mod client_update_form;
mod dynamic_client_registration_delete;
mod dynamic_client_registration_get;
mod dynamic_client_registration_register;
mod dynamic_client_registration_update;
mod federation_configuration;
mod federation_registration;
mod introspection_process;
mod jwk_set_endpoint_service_jwks_get_api;
mod lifecycle_get_api_lifecycle_healthcheck;
mod misc_echo;
mod service_create;
mod service_delete;
mod service_get;
mod service_get_configuration;
mod service_get_configuration_post;
mod service_list;
mod service_update;
mod token_management_delete;
mod token_management_list;
mod token_operations_auth_token_create_batch_api;
mod token_operations_auth_token_create_batch_status_api;
mod token_operations_wait_for_batch;

pub use attestation_challenge::attestation_challenge;
pub use backchannel_logout_token::backchannel_logout_token;
pub use client_create::client_create;
pub use client_delete::client_delete;
pub use client_get::client_get;
pub use client_list::client_list;
pub use client_update::client_update;
pub use client_update_form::client_update_form;
pub use dynamic_client_registration_delete::dynamic_client_registration_delete;
pub use dynamic_client_registration_get::dynamic_client_registration_get;
pub use dynamic_client_registration_register::dynamic_client_registration_register;
pub use dynamic_client_registration_update::dynamic_client_registration_update;
pub use federation_configuration::federation_configuration;
pub use federation_registration::federation_registration;
pub use introspection_process::introspection_process;
pub use jwk_set_endpoint_service_jwks_get_api::jwk_set_endpoint_service_jwks_get_api;
pub use lifecycle_get_api_lifecycle_healthcheck::lifecycle_get_api_lifecycle_healthcheck;
pub use misc_echo::misc_echo;
pub use service_create::service_create;
pub use service_delete::service_delete;
pub use service_get::service_get;
pub use service_get_configuration::service_get_configuration;
pub use service_get_configuration_post::service_get_configuration_post;
pub use service_list::service_list;
pub use service_update::service_update;
pub use token_management_delete::token_management_delete;
pub use token_management_list::token_management_list;
pub use token_operations_auth_token_create_batch_api::token_operations_auth_token_create_batch_api;
pub use token_operations_auth_token_create_batch_status_api::token_operations_auth_token_create_batch_status_api;
pub use token_operations_wait_for_batch::token_operations_wait_for_batch;

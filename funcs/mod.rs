//! The operations, one function each.
//!
//! Every function has the same shape: the core, a request object, and optional settings for this one call, which return
//! an [`Envelope`](crate::Envelope) or an [`AuthleteError`](crate::AuthleteError). Importing one leaves the others out of
//! the binary.
//!
//! `Ok` means that Authlete answered. Where a response has an `action`, as most of them do, an action such as
//! `BAD_REQUEST` is an `Ok` too: it tells what to answer to the client.
//!
//! # By task
//!
//! ## Serve an endpoint of an authorization server
//!
//! | endpoint | functions |
//! |---|---|
//! | authorization | [`authorization_process_request`], then [`authorization_issue`] or [`authorization_fail`] |
//! | authorization, data kept with the ticket | [`authorization_management_get_ticket_info`], [`authorization_management_update_ticket`] |
//! | pushed authorization requests | [`pushed_authorization_create`] |
//! | token | [`token_process`], and for some grants [`token_issue`] or [`token_fail`] |
//! | token, ID tokens and Native SSO | [`token_management_reissue_id_token`], [`native_sso_process`] |
//! | UserInfo | [`userinfo_process`], then [`userinfo_issue`] |
//! | introspection | [`introspection_standard_process`] |
//! | revocation | [`revocation_process`] |
//! | device authorization | [`device_flow_authorization`], [`device_flow_verification`], [`device_flow_complete`] |
//! | backchannel authentication (CIBA) | [`ciba_process_authentication`], then [`ciba_issue`] or [`ciba_fail`], and [`ciba_complete`] |
//! | client registration | [`dynamic_client_registration_register`] |
//! | client configuration | [`dynamic_client_registration_get`], [`dynamic_client_registration_update`], [`dynamic_client_registration_delete`] |
//! | federation registration | [`federation_registration`] |
//! | grant management | [`grant_management_process_request`] |
//! | challenges for client attestation | [`attestation_challenge`] |
//! | logout | [`native_sso_logout`], [`backchannel_logout_token`] |
//!
//! ## Issue verifiable credentials
//!
//! | endpoint | functions |
//! |---|---|
//! | credential offers | [`verifiable_credentials_create_offer`], [`verifiable_credentials_get_offer_info`] |
//! | nonce | [`verifiable_credentials_nonce`] |
//! | credential | [`verifiable_credentials_parse`], then [`verifiable_credentials_issue`] |
//! | batch credential | [`verifiable_credentials_batch_parse`], then [`verifiable_credentials_batch_issue`] |
//! | deferred credential | [`verifiable_credentials_deferred_parse`], then [`verifiable_credentials_deferred_issue`] |
//!
//! ## Publish documents
//!
//! | document | functions |
//! |---|---|
//! | server metadata | [`service_get_configuration`], [`service_get_configuration_post`] |
//! | JWK Set | [`jwk_set_endpoint_service_jwks_get_api`] |
//! | entity configuration of a federation | [`federation_configuration`] |
//! | credential issuer metadata | [`verifiable_credentials_get_metadata`] |
//! | JWT issuer metadata and keys of the credential issuer | [`verifiable_credentials_get_jwt_issuer`], [`verifiable_credentials_get_jwks`] |
//!
//! ## Protect an API
//!
//! | task | functions |
//! |---|---|
//! | check an access token | [`introspection_process`] |
//! | verify a JOSE object | [`jose_object_jose_verify_api`] |
//!
//! ## Manage tokens
//!
//! | task | functions |
//! |---|---|
//! | list | [`token_management_list`] |
//! | create one, or a batch | [`token_management_create`], [`token_operations_auth_token_create_batch_api`] |
//! | follow a batch | [`token_operations_wait_for_batch`], [`token_operations_auth_token_create_batch_status_api`] |
//! | change | [`token_management_update`] |
//! | end | [`token_management_revoke`], [`token_management_revoke_all`], [`token_management_delete`] |
//!
//! ## Manage clients
//!
//! | task | functions |
//! |---|---|
//! | read and list | [`client_get`], [`client_list`] |
//! | create | [`client_create`] |
//! | update | [`client_update`], [`client_update_form`] |
//! | delete | [`client_delete`] |
//! | lock | [`client_management_update_lock_flag`] |
//! | secrets | [`client_management_refresh_secret`], [`client_management_update_secret`] |
//! | read which scopes it may request | [`client_management_get_requestable_scopes`] |
//! | restrict them | [`client_management_update_requestable_scopes`], [`client_management_client_extension_requestables_scopes_update_api_post`] |
//! | lift the restriction | [`client_management_delete_requestable_scopes`] |
//!
//! ## Manage what users have granted
//!
//! One operation has a function for each place where the user can be named. URLs end up in logs, so prefer the body where
//! the user's ID is personal.
//!
//! | task | user in the path | in the query | in the body |
//! |---|---|---|---|
//! | list a user's clients | [`client_management_list_authorizations`] | [`client_management_client_authorization_get_list_api`] | [`client_management_client_authorization_get_list_api_post`] |
//! | change a client's tokens | | | [`client_management_update_authorizations`] |
//! | delete a client's tokens | [`client_management_delete_authorizations`] | [`client_management_client_authorization_delete_api`] | [`client_management_client_authorization_delete_api_post`] |
//! | look up granted scopes | [`client_management_get_granted_scopes`] | [`client_management_client_granted_scopes_get_api`] | [`client_management_client_granted_scopes_get_api_post`] |
//! | delete granted scopes | [`client_management_delete_granted_scopes`] | [`client_management_client_granted_scopes_delete_api`] | [`client_management_client_granted_scopes_delete_api_post`] |
//!
//! ## Manage services, keys and the connection
//!
//! | task | functions |
//! |---|---|
//! | services | [`service_get`], [`service_list`], [`service_create`], [`service_update`], [`service_delete`] |
//! | keys in a hardware security module | [`hardware_security_keys_list`], [`hardware_security_keys_get`], [`hardware_security_keys_create`], [`hardware_security_keys_delete`] |
//! | check the server and the connection | [`lifecycle_get_api_lifecycle_healthcheck`], [`misc_echo`], [`utility_endpoints_info_api`] |
//!
//! # By specification
//!
//! | specification | functions |
//! |---|---|
//! | RFC 6749, OAuth 2.0 | [`authorization_process_request`], [`authorization_issue`], [`authorization_fail`], [`token_process`], [`token_issue`], [`token_fail`] |
//! | RFC 7009, token revocation | [`revocation_process`] |
//! | RFC 7515 and 7519, JWS and JWT | [`jose_object_jose_verify_api`] |
//! | RFC 7517, JWK Sets | [`jwk_set_endpoint_service_jwks_get_api`], [`verifiable_credentials_get_jwks`] |
//! | RFC 7523, JWT bearer grant | [`token_process`], then [`token_management_create`] |
//! | RFC 7591, client registration | [`dynamic_client_registration_register`] |
//! | RFC 7592, client configuration | [`dynamic_client_registration_get`], [`dynamic_client_registration_update`], [`dynamic_client_registration_delete`] |
//! | RFC 7636, PKCE | [`authorization_process_request`], [`token_process`] |
//! | RFC 7662, token introspection | [`introspection_standard_process`] |
//! | RFC 8414, server metadata | [`service_get_configuration`], [`service_get_configuration_post`] |
//! | RFC 8628, device grant | [`device_flow_authorization`], [`device_flow_verification`], [`device_flow_complete`], [`token_process`] |
//! | RFC 8693, token exchange | [`token_process`], then [`token_management_create`] |
//! | RFC 8705, mutual TLS | [`token_process`], [`pushed_authorization_create`], [`introspection_process`], [`userinfo_process`] |
//! | RFC 9101, request objects (JAR) | [`authorization_process_request`], [`pushed_authorization_create`] |
//! | RFC 9126, pushed authorization requests | [`pushed_authorization_create`], [`authorization_process_request`] |
//! | RFC 9449, DPoP | [`token_process`], [`pushed_authorization_create`], [`introspection_process`], [`userinfo_process`] |
//! | RFC 9470, step-up authentication | [`introspection_process`], [`authorization_process_request`] |
//! | RFC 9701, JWT introspection responses | [`introspection_standard_process`] |
//! | OAuth 2.0 Attestation-Based Client Authentication | [`attestation_challenge`] |
//! | Grant Management for OAuth 2.0 | [`grant_management_process_request`] |
//! | OpenID Connect Core 1.0 | [`authorization_process_request`], [`authorization_issue`], [`authorization_fail`], [`token_process`], [`userinfo_process`], [`userinfo_issue`], [`token_management_reissue_id_token`] |
//! | OpenID Connect Discovery 1.0 | [`service_get_configuration`], [`service_get_configuration_post`] |
//! | OpenID Connect Back-Channel Logout 1.0 | [`backchannel_logout_token`] |
//! | OpenID Connect Native SSO 1.0 | [`native_sso_process`], [`native_sso_logout`] |
//! | OpenID Connect CIBA 1.0 | [`ciba_process_authentication`], [`ciba_issue`], [`ciba_fail`], [`ciba_complete`], [`token_process`] |
//! | OpenID Federation 1.0 | [`federation_configuration`], [`federation_registration`] |
//! | OpenID for Verifiable Credential Issuance | [`verifiable_credentials_get_metadata`], [`verifiable_credentials_create_offer`], [`verifiable_credentials_get_offer_info`], [`verifiable_credentials_nonce`], [`verifiable_credentials_parse`], [`verifiable_credentials_issue`], [`verifiable_credentials_batch_parse`], [`verifiable_credentials_batch_issue`], [`verifiable_credentials_deferred_parse`], [`verifiable_credentials_deferred_issue`] |
//! | SD-JWT-based Verifiable Credentials | [`verifiable_credentials_get_jwt_issuer`] |

mod attestation_challenge;
mod authorization_fail;
mod authorization_issue;
mod authorization_management_get_ticket_info;
mod authorization_management_update_ticket;
mod authorization_process_request;
mod backchannel_logout_token;
mod ciba_complete;
mod ciba_fail;
mod ciba_issue;
mod ciba_process_authentication;
mod client_create;
mod client_delete;
mod client_get;
mod client_list;
mod client_management_client_authorization_delete_api;
mod client_management_client_authorization_delete_api_post;
mod client_management_client_authorization_get_list_api;
mod client_management_client_authorization_get_list_api_post;
mod client_management_client_extension_requestables_scopes_update_api_post;
mod client_management_client_granted_scopes_delete_api;
mod client_management_client_granted_scopes_delete_api_post;
mod client_management_client_granted_scopes_get_api;
mod client_management_client_granted_scopes_get_api_post;
mod client_management_delete_authorizations;
mod client_management_delete_granted_scopes;
mod client_management_delete_requestable_scopes;
mod client_management_get_granted_scopes;
mod client_management_get_requestable_scopes;
mod client_management_list_authorizations;
mod client_management_refresh_secret;
mod client_management_update_authorizations;
mod client_management_update_lock_flag;
mod client_management_update_requestable_scopes;
mod client_management_update_secret;
mod client_update;
mod client_update_form;
mod device_flow_authorization;
mod device_flow_complete;
mod device_flow_verification;
mod dynamic_client_registration_delete;
mod dynamic_client_registration_get;
mod dynamic_client_registration_register;
mod dynamic_client_registration_update;
mod federation_configuration;
mod federation_registration;
mod grant_management_process_request;
mod hardware_security_keys_create;
mod hardware_security_keys_delete;
mod hardware_security_keys_get;
mod hardware_security_keys_list;
mod introspection_process;
mod introspection_standard_process;
mod jose_object_jose_verify_api;
mod jwk_set_endpoint_service_jwks_get_api;
mod lifecycle_get_api_lifecycle_healthcheck;
mod misc_echo;
mod native_sso_logout;
mod native_sso_process;
mod paged;
mod pushed_authorization_create;
mod revocation_process;
mod service_create;
mod service_delete;
mod service_get;
mod service_get_configuration;
mod service_get_configuration_post;
mod service_list;
mod service_update;
mod token_fail;
mod token_issue;
mod token_management_create;
mod token_management_delete;
mod token_management_list;
mod token_management_reissue_id_token;
mod token_management_revoke;
mod token_management_revoke_all;
mod token_management_update;
mod token_operations_auth_token_create_batch_api;
mod token_operations_auth_token_create_batch_status_api;
mod token_operations_wait_for_batch;
mod token_process;
mod userinfo_issue;
mod userinfo_process;
mod utility_endpoints_info_api;
mod verifiable_credentials_batch_issue;
mod verifiable_credentials_batch_parse;
mod verifiable_credentials_create_offer;
mod verifiable_credentials_deferred_issue;
mod verifiable_credentials_deferred_parse;
mod verifiable_credentials_get_jwks;
mod verifiable_credentials_get_jwt_issuer;
mod verifiable_credentials_get_metadata;
mod verifiable_credentials_get_offer_info;
mod verifiable_credentials_issue;
mod verifiable_credentials_nonce;
mod verifiable_credentials_parse;

pub use attestation_challenge::attestation_challenge;
pub use authorization_fail::authorization_fail;
pub use authorization_issue::authorization_issue;
pub use authorization_management_get_ticket_info::authorization_management_get_ticket_info;
pub use authorization_management_update_ticket::authorization_management_update_ticket;
pub use authorization_process_request::authorization_process_request;
pub use backchannel_logout_token::backchannel_logout_token;
pub use ciba_complete::ciba_complete;
pub use ciba_fail::ciba_fail;
pub use ciba_issue::ciba_issue;
pub use ciba_process_authentication::ciba_process_authentication;
pub use client_create::client_create;
pub use client_delete::client_delete;
pub use client_get::client_get;
pub use client_list::client_list;
pub use client_management_client_authorization_delete_api::client_management_client_authorization_delete_api;
pub use client_management_client_authorization_delete_api_post::client_management_client_authorization_delete_api_post;
pub use client_management_client_authorization_get_list_api::client_management_client_authorization_get_list_api;
pub use client_management_client_authorization_get_list_api_post::client_management_client_authorization_get_list_api_post;
pub use client_management_client_extension_requestables_scopes_update_api_post::client_management_client_extension_requestables_scopes_update_api_post;
pub use client_management_client_granted_scopes_delete_api::client_management_client_granted_scopes_delete_api;
pub use client_management_client_granted_scopes_delete_api_post::client_management_client_granted_scopes_delete_api_post;
pub use client_management_client_granted_scopes_get_api::client_management_client_granted_scopes_get_api;
pub use client_management_client_granted_scopes_get_api_post::client_management_client_granted_scopes_get_api_post;
pub use client_management_delete_authorizations::client_management_delete_authorizations;
pub use client_management_delete_granted_scopes::client_management_delete_granted_scopes;
pub use client_management_delete_requestable_scopes::client_management_delete_requestable_scopes;
pub use client_management_get_granted_scopes::client_management_get_granted_scopes;
pub use client_management_get_requestable_scopes::client_management_get_requestable_scopes;
pub use client_management_list_authorizations::client_management_list_authorizations;
pub use client_management_refresh_secret::client_management_refresh_secret;
pub use client_management_update_authorizations::client_management_update_authorizations;
pub use client_management_update_lock_flag::client_management_update_lock_flag;
pub use client_management_update_requestable_scopes::client_management_update_requestable_scopes;
pub use client_management_update_secret::client_management_update_secret;
pub use client_update::client_update;
pub use client_update_form::client_update_form;
pub use device_flow_authorization::device_flow_authorization;
pub use device_flow_complete::device_flow_complete;
pub use device_flow_verification::device_flow_verification;
pub use dynamic_client_registration_delete::dynamic_client_registration_delete;
pub use dynamic_client_registration_get::dynamic_client_registration_get;
pub use dynamic_client_registration_register::dynamic_client_registration_register;
pub use dynamic_client_registration_update::dynamic_client_registration_update;
pub use federation_configuration::federation_configuration;
pub use federation_registration::federation_registration;
pub use grant_management_process_request::grant_management_process_request;
pub use hardware_security_keys_create::hardware_security_keys_create;
pub use hardware_security_keys_delete::hardware_security_keys_delete;
pub use hardware_security_keys_get::hardware_security_keys_get;
pub use hardware_security_keys_list::hardware_security_keys_list;
pub use introspection_process::introspection_process;
pub use introspection_standard_process::introspection_standard_process;
pub use jose_object_jose_verify_api::jose_object_jose_verify_api;
pub use jwk_set_endpoint_service_jwks_get_api::jwk_set_endpoint_service_jwks_get_api;
pub use lifecycle_get_api_lifecycle_healthcheck::lifecycle_get_api_lifecycle_healthcheck;
pub use misc_echo::misc_echo;
pub use native_sso_logout::native_sso_logout;
pub use native_sso_process::native_sso_process;
pub use pushed_authorization_create::pushed_authorization_create;
pub use revocation_process::revocation_process;
pub use service_create::service_create;
pub use service_delete::service_delete;
pub use service_get::service_get;
pub use service_get_configuration::service_get_configuration;
pub use service_get_configuration_post::service_get_configuration_post;
pub use service_list::service_list;
pub use service_update::service_update;
pub use token_fail::token_fail;
pub use token_issue::token_issue;
pub use token_management_create::token_management_create;
pub use token_management_delete::token_management_delete;
pub use token_management_list::token_management_list;
pub use token_management_reissue_id_token::token_management_reissue_id_token;
pub use token_management_revoke::token_management_revoke;
pub use token_management_revoke_all::token_management_revoke_all;
pub use token_management_update::token_management_update;
pub use token_operations_auth_token_create_batch_api::token_operations_auth_token_create_batch_api;
pub use token_operations_auth_token_create_batch_status_api::token_operations_auth_token_create_batch_status_api;
pub use token_operations_wait_for_batch::token_operations_wait_for_batch;
pub use token_process::token_process;
pub use userinfo_issue::userinfo_issue;
pub use userinfo_process::userinfo_process;
pub use utility_endpoints_info_api::utility_endpoints_info_api;
pub use verifiable_credentials_batch_issue::verifiable_credentials_batch_issue;
pub use verifiable_credentials_batch_parse::verifiable_credentials_batch_parse;
pub use verifiable_credentials_create_offer::verifiable_credentials_create_offer;
pub use verifiable_credentials_deferred_issue::verifiable_credentials_deferred_issue;
pub use verifiable_credentials_deferred_parse::verifiable_credentials_deferred_parse;
pub use verifiable_credentials_get_jwks::verifiable_credentials_get_jwks;
pub use verifiable_credentials_get_jwt_issuer::verifiable_credentials_get_jwt_issuer;
pub use verifiable_credentials_get_metadata::verifiable_credentials_get_metadata;
pub use verifiable_credentials_get_offer_info::verifiable_credentials_get_offer_info;
pub use verifiable_credentials_issue::verifiable_credentials_issue;
pub use verifiable_credentials_nonce::verifiable_credentials_nonce;
pub use verifiable_credentials_parse::verifiable_credentials_parse;

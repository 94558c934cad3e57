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
mod authorization_details_element;
mod authz_details;
mod client_limited;
mod client_type;
mod grant;
mod grant_scope;
mod grant_type;
mod introspection_request;
mod introspection_response;
mod pair;
mod property;
mod scope;
mod server_text;
mod tagged_value;
mod token_batch_status;
mod token_create_batch_response;
mod token_create_batch_status_response;
mod token_create_request;
mod token_get_list_response;

pub use access_token::AccessToken;
pub use authorization_details_element::AuthorizationDetailsElement;
pub use authz_details::AuthzDetails;
pub use client_limited::ClientLimited;
pub use client_type::ClientType;
pub use grant::Grant;
pub use grant_scope::GrantScope;
pub use grant_type::GrantType;
pub use introspection_request::IntrospectionRequest;
pub use introspection_response::{IntrospectionResponse, IntrospectionResponseAction};
pub use open_enum::Unrecognized;
pub use pair::Pair;
pub use property::Property;
pub use raw_json::RawJson;
pub use scope::Scope;
pub use secret::Secret;
pub use server_text::ServerText;
pub use string_map::StringMap;
pub use tagged_value::TaggedValue;
pub use token_batch_status::{BatchKind, TokenBatchStatus, TokenBatchStatusResult};
pub use token_create_batch_response::TokenCreateBatchResponse;
pub use token_create_batch_status_response::TokenCreateBatchStatusResponse;
pub use token_create_request::TokenCreateRequest;
pub use token_get_list_response::TokenGetListResponse;
pub use unknown_members::UnknownMembers;

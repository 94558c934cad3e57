//! The wire: one file per schema, and nothing about HTTP.
//!
//! Every response field is an `Option`, because absent, `null` and newer fields must never fail a call. Enums are
//! open: a value this version does not know arrives as `Unrecognized` and leaves as it came. Fields that grant
//! access are of the type [`Secret`].

#[macro_use]
mod macros;
mod open_enum;
mod secret;

pub mod errors;
pub mod operations;

mod authorization_details_element;
mod authz_details;
mod grant_type;
mod property;
mod token_batch_status;
mod token_create_batch_response;
mod token_create_batch_status_response;
mod token_create_request;

pub use authorization_details_element::AuthorizationDetailsElement;
pub use authz_details::AuthzDetails;
pub use grant_type::GrantType;
pub use open_enum::Unrecognized;
pub use property::Property;
pub use secret::Secret;
pub use token_batch_status::{BatchKind, TokenBatchStatus, TokenBatchStatusResult};
pub use token_create_batch_response::TokenCreateBatchResponse;
pub use token_create_batch_status_response::TokenCreateBatchStatusResponse;
pub use token_create_request::TokenCreateRequest;

//! Request objects: one per operation, with its path values, query parameters and body.

mod auth_token_create_batch_api;
mod auth_token_create_batch_status_api;

pub use auth_token_create_batch_api::AuthTokenCreateBatchApiRequest;
pub use auth_token_create_batch_status_api::AuthTokenCreateBatchStatusApiRequest;

//! Request objects: one per operation, with its path values, query parameters and body.

mod auth_introspection_api;
mod auth_token_create_batch_api;
mod auth_token_create_batch_status_api;
mod auth_token_delete_api;
mod auth_token_get_list_api;

pub use auth_introspection_api::AuthIntrospectionApiRequest;
pub use auth_token_create_batch_api::AuthTokenCreateBatchApiRequest;
pub use auth_token_create_batch_status_api::AuthTokenCreateBatchStatusApiRequest;
pub use auth_token_delete_api::AuthTokenDeleteApiRequest;
pub use auth_token_get_list_api::AuthTokenGetListApiRequest;

//! Request objects: one per operation, with its path values, query parameters and body. A file per group of the API.

mod introspection;
mod token_management;
mod token_operations;

pub use introspection::AuthIntrospectionApiRequest;
pub use token_management::{AuthTokenDeleteApiRequest, AuthTokenGetListApiRequest};
pub use token_operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};

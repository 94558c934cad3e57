//! Error bodies, as the server sends them.

mod authlete_default_error;
mod result_error;

pub use authlete_default_error::AuthleteDefaultError;
pub use result_error::ResultError;

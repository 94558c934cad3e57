//! What can go wrong, and what is known when it did.

mod authlete_error;
mod context;
mod credential_error;
mod display;
mod invalid_value;
mod response_problem;
mod timeout_phase;

pub use self::authlete_error::AuthleteError;
pub use self::context::ErrorContext;
pub use self::credential_error::CredentialError;
pub use self::invalid_value::InvalidValue;
pub use self::response_problem::ResponseProblem;
pub use self::timeout_phase::TimeoutPhase;

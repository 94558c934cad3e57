//! SDK for the Authlete API 3.0 in the standalone-function style.
//!
//! Authlete is an OAuth 2.0 and OpenID Connect engine behind an HTTP API.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod authlete;
mod call;
mod core;
mod credentials;
mod delivery;
mod error;
mod operation;
mod options;
mod path;
mod response;
mod retry;
mod server;
mod timer;
pub mod transport;
mod wait;

#[path = "../funcs/mod.rs"]
pub mod funcs;
#[path = "../models/mod.rs"]
pub mod models;

pub use crate::authlete::{Authlete, TokenOperations};
pub use crate::core::{AuthleteCore, AuthleteCoreBuilder};
pub use crate::credentials::BearerProvider;
pub use crate::delivery::Delivery;
pub use crate::error::{
    AuthleteError, BoxError, CredentialError, ErrorContext, JsonProblem, Rejected, ResponseProblem,
    TimeoutPhase,
};
pub use crate::models::Secret;
pub use crate::options::RequestOptions;
pub use crate::response::{ApiResult, Envelope, HttpMeta};
pub use crate::retry::{Backoff, RetryConfig};
pub use crate::server::Server;
pub use crate::transport::{BoxFuture, Transport};
pub use crate::wait::WaitOptions;

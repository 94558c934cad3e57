//! SDK for the Authlete API 3.0 in the standalone-function style.
//!
//! Authlete is an OAuth 2.0 and OpenID Connect engine behind an HTTP API. An application holds one [`AuthleteCore`], which
//! is a transport and credentials, and passes it to the functions of [`funcs`], one for each operation. If you
//! prefer methods, [`Authlete`] has the same operations.
//!
//! # A first call
//!
//! The server here is the simulator of the crate `authlete-simulator`; the real one needs nothing but another core, such as
//! [`AuthleteCore::from_env`] makes from `AUTHLETE_BEARER` and `AUTHLETE_SERVICE_ID`.
//!
#![cfg_attr(feature = "hyper-client", doc = "```")]
#![cfg_attr(not(feature = "hyper-client"), doc = "```no_run")]
//! use authlete::funcs::{
//!     token_operations_auth_token_create_batch_api, token_operations_wait_for_batch,
//! };
//! use authlete::models::operations::{
//!     AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest,
//! };
//! use authlete::models::{GrantType, TokenBatchStatusResult, TokenCreateRequest};
//! use authlete::{AuthleteCore, WaitOptions};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let simulator = authlete_simulator::Simulator::start().await?;
//! # let (bearer, url) = (simulator.bearer(), simulator.url());
//! let core =
//!     AuthleteCore::builder().bearer(bearer).base_url(url).service_id("1234567890").build()?;
//!
//! let token = TokenCreateRequest::new(GrantType::AuthorizationCode)
//!     .client_id(26_478_243_745_571)
//!     .subject("john")
//!     .access_token("2YotnFZFEjr1zCsicMWpAA");
//! let request = AuthTokenCreateBatchApiRequest::new([token]);
//! let created = token_operations_auth_token_create_batch_api(&core, &request, None).await?;
//!
//! // The batch is accepted, not yet carried out.
//! let id = created.value.request_id.ok_or("the batch has no ID")?;
//! let question = AuthTokenCreateBatchStatusApiRequest::new(id);
//! let status = token_operations_wait_for_batch(&core, &question, &WaitOptions::new())
//!     .await?
//!     .into_value();
//! assert_eq!(status.result, Some(TokenBatchStatusResult::Succeeded));
//! # assert!(simulator.ledger().contains("2YotnFZFEjr1zCsicMWpAA"));
//! # Ok(())
//! # }
//! ```
//!
//! The [`guide`] has a chapter for each task: testing, endpoints, paging, moving tokens, blocking code and more.
//!
//! # The shape of everything
//!
//! - A **function** takes the core, a request object and the settings of this one call, [`RequestOptions`], or `None`. It
//!   returns an [`ApiResult`]: the decoded body in an [`Envelope`] with the response's head, or an [`AuthleteError`].
//!   It needs a tokio runtime with I/O and time. Dropping its future abandons the call.
//! - A **request object** of [`models::operations`] holds all that an operation needs: `new` takes what is required, and
//!   setters named like the fields take the rest. The service may be named in it or once for all in the core.
//! - The fields of a **response** are all optional, since absent, `null` and newer fields must never fail a call. An **enum**
//!   is open: a value that this version does not know is `Unrecognized`, and leaves as it came.
//!
//! # Answering clients
//!
//! [`endpoint`] has a module for each endpoint of an authorization server: from the HTTP request to the call, and from the answer
//! to the HTTP response, or to the decision that is left to the application.
//!
//! # Errors, and what is known of their effect
//!
//! `Ok` means that Authlete answered with a success. What the answer says is data: a batch that failed, or an `action` of
//! `BAD_REQUEST`, is `Ok`.
//!
//! The variants of [`AuthleteError`] tell the kinds of failure apart. Its methods tell what to do about one, above all
//! [`may_resend`](AuthleteError::may_resend): whether the request may be sent again without doing anything twice.
//!
//! ```
//! use authlete::AuthleteError;
//!
//! fn advice(error: &AuthleteError) -> &'static str {
//!     match error {
//!         _ if error.is_retryable() => "call again, after retry_after() if there is one",
//!         _ if error.may_resend() => "mend the cause, then call again",
//!         _ => "find out what happened before sending it again",
//!     }
//! }
//! ```
//!
//! [`delivery`](AuthleteError::delivery) tells more: nothing was sent, it may have been processed, or it was refused.
//!
//! # Retries
//!
//! There are none until a [`RetryConfig`] asks for them, in the core or for one call. Even then an attempt is repeated only
//! if its failure is transient *and* a repetition cannot have a second effect: nothing was sent, or the operation
//! is one that may be repeated. The creation of a batch is not, unless it is a dry run. The HTTP method does not decide
//! that: each function's documentation says what holds for its operation. [`Backoff`] has the pauses and their defaults.
//!
//! # Bounds
//!
//! Every call is bounded, on any transport: an attempt by 30 s, silence within a body by 10 s, the whole call by 60 s, a
//! response by 16 MiB. [`AuthleteCoreBuilder`] lists the bounds and changes them. Redirects are never followed.
//!
//! # Secrets
//!
//! What grants access is a [`Secret`], without `Display` and with a redacted `Debug`. No error, no `Debug` and no trace
//! event shows a secret, a URL, a header or a body. Plain `http` is refused but for loopback.
//!
//! # Observability
//!
//! An [`Observer`] is told of every attempt, for metrics and logs of any kind. It costs no feature.
//!
//! With the feature `tracing`, every call is a span, `authlete.call`, and every attempt one of the kind client within it,
//! `authlete.attempt`, both of the level info and the target `authlete`. Their fields have OpenTelemetry's names:
//! `http.request.method`, `http.response.status_code`, `http.request.resend_count`, `url.template`, `error.type`, and
//! `server.address` with `server.port` where `AuthleteCoreBuilder::trace_server_address` asks for it. `authlete.operation` and
//! `authlete.delivery` come besides. At the end of an attempt there is an event, `attempt`, of the level debug. A call that is
//! dropped leaves an event too, `abandoned`, with the delivery that is known so far: a warning if it may have been sent and
//! must not be repeated.
//!
//! `Display` of an error is one line without its causes; log [`AuthleteError::chain`] to have them.
//!
//! # Transports and tests
//!
//! [`transport`] is the seam to the network: the built-in one over hyper, any tower service, a closure, or your own. A
//! closure lets code be tested without a network; the simulator lets it be tested over a real one.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `hyper-client` | yes | the built-in transport |
//! | `rustls` | yes | TLS for it, by rustls with ring |
//! | `rustls-aws-lc-rs` | | TLS for it, by rustls with aws-lc-rs |
//! | `rustls-no-provider` | | TLS for it, by rustls with the cryptography that the program installs |
//! | `native-roots` | | `TlsConfig::native_roots`: the system's certificate store in place of the webpki roots |
//! | `http2` | | `TlsConfig::http2`: HTTP/2 where the server picks it |
//! | `proxy` | | `transport::Proxy`: the way through an HTTP proxy |
//! | `stream` | | `Pages::into_pages` and `Pages::into_entries`: walks over lists as streams |
//! | `secrecy` | | [`Secret`] from and to the `SecretString` of the crate `secrecy` |
//! | `tracing` | | spans and events of `tracing` for calls and attempts, see [Observability](#observability) |
//!
//! Without any, a core needs a transport of yours. A feature only makes something available; a setting chooses it, so
//! nothing changes if another dependency enables a feature. `transport::TlsProvider` tells which provider of cryptography is
//! used where several are on.

#![cfg_attr(
    not(any(test, fuzzing)),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod call;
mod composite;
mod core;
pub mod endpoint;
mod error;
mod exchange;
pub mod guide;
mod input;
mod json;
mod methods;
mod observer;
mod runtime;
pub mod transport;

#[path = "../funcs/mod.rs"]
pub mod funcs;
#[path = "../models/mod.rs"]
pub mod models;

pub use crate::call::{ApiResult, Envelope, RequestOptions};
#[cfg(feature = "stream")]
pub use crate::composite::{EntryStream, PageStream};
pub use crate::composite::{ListRequest, Page, Pages, PagesError, RevokeError, RevokeOptions, WaitOptions};
pub use crate::core::{
    AuthleteCore, AuthleteCoreBuilder, Backoff, BearerProvider, RetryConfig, Server, SizeLimits, Timeouts,
};
pub use crate::error::{
    AuthleteError, CredentialError, ErrorContext, InvalidValue, ResponseProblem, TimeoutPhase,
};
pub use crate::exchange::{Delivery, HttpMeta};
pub use crate::json::{JsonError, JsonProblem};
pub use crate::methods::{Authlete, groups};
pub use crate::models::Secret;
pub use crate::observer::{Attempt, CloseReason, ConnectionEvent, Observer};
pub use crate::transport::{BoxError, BoxFuture, Transport};

/// What fuzz targets reach. It is there under cargo-fuzz alone.
#[cfg(fuzzing)]
#[allow(missing_docs)]
pub mod fuzzing {
    pub fn made_up(bytes: &[u8]) {
        crate::json::proof::made_up(bytes);
    }

    pub fn any_text(bytes: &[u8]) {
        crate::json::proof::any_text(bytes);
    }

    pub fn date(text: &str, now: u64) -> Option<u64> {
        crate::exchange::http_date::parse(text, now)
    }

    pub fn may_name(parameters: &str, name: &str) -> bool {
        crate::call::may_name(&parameters.into(), &[name])
    }
}

/// Compiles and runs what the README shows.
#[cfg(all(doctest, feature = "rustls"))]
#[doc = include_str!("../README.md")]
struct Readme;

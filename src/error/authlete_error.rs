//! What can go wrong, and what is known when it did.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use snafu::Snafu;

use super::context::{Context, ErrorContext};
use super::credential_error::CredentialError;
use super::display::{LastState, SourceChain, Status, StatusAndCode, Within};
use super::invalid_value::InvalidValue;
use super::response_problem::ResponseProblem;
use super::timeout_phase::TimeoutPhase;
use crate::exchange::{Delivery, HttpMeta, Operation};
use crate::models::errors::{AuthleteDefaultError, ResultError};
use crate::transport::TransportError;

/// Why a call, or the building of a core, did not succeed.
///
/// Its text and its `Debug`, and those of its sources that come from this crate, hold no secret, URL, header or body:
/// the operation's ID, a status, a result code of the shape `A123456`, counts and positions are all they show. What the
/// server said stands in the fields.
///
/// ```
/// use authlete::AuthleteError;
///
/// fn advice(error: &AuthleteError) -> &'static str {
///     match error {
///         AuthleteError::Result { error, .. }
///             if error.result_code.as_deref() == Some("A458101") =>
///         {
///             "mend the bearer"
///         }
///         _ if error.is_retryable() => "call again later",
///         _ if error.may_resend() => "mend the cause, then call again",
///         _ => "find out what happened before sending again",
///     }
/// }
/// ```
#[derive(Debug, Snafu)]
#[snafu(visibility(pub(crate)))]
#[non_exhaustive]
pub enum AuthleteError {
    /// An error status with a JSON object, which is how Authlete refuses.
    #[snafu(display("{context}: the server answered {}", StatusAndCode(context, error)))]
    #[non_exhaustive]
    Result {
        /// The object.
        error: Box<ResultError>,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// An error status with anything else: a redirect (never followed), a gateway's page, nothing.
    #[snafu(display("{context}: the server answered {} without a JSON object", Status(context)))]
    #[non_exhaustive]
    Default {
        /// The body.
        error: Box<AuthleteDefaultError>,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// A success whose body cannot be used. The operation was probably carried out.
    #[snafu(display("{context}: the response cannot be used, {problem}{}", Within(context)))]
    #[non_exhaustive]
    ResponseValidation {
        /// What is wrong with the body.
        problem: ResponseProblem,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// No connection, or a broken one.
    #[snafu(display("{context}: the exchange failed"))]
    #[non_exhaustive]
    Connection {
        /// What the transport said.
        source: TransportError,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// A time limit passed.
    #[snafu(display("{context}: {phase}{}", LastState(context)))]
    #[non_exhaustive]
    RequestTimeout {
        /// Which one.
        phase: TimeoutPhase,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// The request could not be put together. Nothing was sent.
    #[snafu(display("{context}: {rejected}"))]
    #[non_exhaustive]
    InvalidRequest {
        /// What is wrong.
        rejected: Box<InvalidValue>,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// A value given to the SDK was refused. Nothing was sent.
    #[snafu(display("{context}: {rejected}"))]
    #[non_exhaustive]
    SdkValidation {
        /// What is wrong.
        rejected: Box<InvalidValue>,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// There is no usable bearer. Nothing was sent, unless there was an earlier attempt.
    #[snafu(display("{context}: there is no usable bearer"))]
    #[non_exhaustive]
    Credential {
        /// Why.
        source: CredentialError,
        #[doc(hidden)]
        context: ErrorContext,
    },
    /// Something that no caller or server should be able to cause: no tokio runtime with I/O and time, or a transport that
    /// panicked. On a runtime without I/O or time tokio panics; with `panic = "abort"` that ends the process.
    #[snafu(display("{context}: {what}"))]
    #[non_exhaustive]
    UnexpectedClient {
        /// What happened.
        what: &'static str,
        #[doc(hidden)]
        context: ErrorContext,
    },
}

/// The context of any variant, borrowed as the error is.
macro_rules! context_of {
    ($error:ident) => {
        match $error {
            Self::Result { context, .. }
            | Self::Default { context, .. }
            | Self::ResponseValidation { context, .. }
            | Self::Connection { context, .. }
            | Self::RequestTimeout { context, .. }
            | Self::InvalidRequest { context, .. }
            | Self::SdkValidation { context, .. }
            | Self::Credential { context, .. }
            | Self::UnexpectedClient { context, .. } => context,
        }
    };
}

impl AuthleteError {
    /// The ID of the operation that failed; `None` if it was the building of a core or of options.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.context().operation.map(|operation| operation.id)
    }

    /// How many requests were attempted, 0 if the call failed before the first.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context().attempts
    }

    /// Whether the operation may have been carried out, by any of the attempts.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.context().delivery
    }

    /// Whether a time limit of this side passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::RequestTimeout { .. } => true,
            Self::Credential { source, .. } => matches!(source, CredentialError::TimedOut),
            _ => false,
        }
    }

    /// Whether the same call may be made again and could end differently: the last failure is transient, and either
    /// no attempt was sent or the operation may be repeated. Honour [`retry_after`](Self::retry_after). A call that took longer
    /// than its own limit counts as not retryable, for it has had its time.
    ///
    /// [`may_resend`](Self::may_resend) asks less: whether a second request is harmless, not whether it helps.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.context().is_retryable()
    }

    /// Whether the request may be sent again without doing anything twice: no attempt was sent, or each was refused, or the
    /// operation may be repeated.
    ///
    /// `false` after every [`MaybeSent`](Delivery::MaybeSent) of an operation that is unsafe to repeat, a success that cannot be
    /// read included: find out first what happened. Whether a second request would fare better, only
    /// [`is_retryable`](Self::is_retryable) tells:
    ///
    /// | failure of a batch creation | `may_resend` | `is_retryable` |
    /// |---|---|---|
    /// | no connection | `true` | `true` |
    /// | an untrusted certificate | `true` | `false`: it would fail again |
    /// | a 400 | `true` | `false`: fix the request first |
    /// | a 503 with Authlete's code | `true` | `false`: retries never repeat what was answered |
    /// | a 503 of a gateway, a lost connection, an unreadable success | `false` | `false` |
    ///
    /// A call with [`replay_non_idempotent`](crate::RequestOptions::replay_non_idempotent) may always be resent.
    #[must_use]
    pub fn may_resend(&self) -> bool {
        let context = self.context();
        context.delivery.allows_resend(context.replayable)
    }

    /// The head of the last response there was. It need not be the last attempt's: the attempt after a 503 may find no
    /// connection. Its `attempts` tells which it was.
    #[must_use]
    pub fn http(&self) -> Option<&HttpMeta> {
        self.context().http.as_ref()
    }

    /// How long the server asked the client to wait (RFC 9110 section 10.2.3), counted from its response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.context().retry_after
    }

    /// The body of the last response, as far as it was kept. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.context().http.as_ref().map(|_| &self.context().body[..])
    }

    /// The field of the response's JSON in which the failure is, such as `accessTokens[3].expiresAt`, where it is in one.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        Some(&*self.context().json_path).filter(|path| !path.is_empty())
    }

    /// The last state that the server reported before a wait failed, such as `IN_PROGRESS`. `None` if it reported none, or if the
    /// call did not wait.
    #[must_use]
    pub fn last_state(&self) -> Option<&str> {
        self.context().last_state.as_deref()
    }

    /// The status with which a proxy has refused to connect, such as 407 where it wants other credentials. `None` if no proxy
    /// answered: then the proxy, or without one the server, could not be reached.
    #[must_use]
    pub fn proxy_status(&self) -> Option<StatusCode> {
        match self {
            Self::Connection { source, .. } => source.proxy_status(),
            _ => None,
        }
    }

    /// The error and its causes, each after a colon. `Display` alone leaves the causes to `source()`, as reporters such as
    /// anyhow expect; a log line that is to say why a connection failed wants them all.
    ///
    /// ```
    /// # fn log(error: &authlete::AuthleteError) {
    /// eprintln!("{}", error.chain());
    /// # }
    /// ```
    ///
    /// That prints, for example, `auth_token_create_batch_api (attempt 1, not sent): the exchange failed: could not connect:
    /// Connection refused (os error 111)`. The causes from this crate show no secret. A certificate for
    /// another name shows that name and the host's. Causes from a bearer provider or a transport of yours read as you wrote them.
    #[must_use]
    pub fn chain(&self) -> impl fmt::Display + '_ {
        SourceChain(self)
    }

    pub(crate) fn transport(source: TransportError) -> Self {
        let context = ErrorContext::new(source.delivery()).transient(source.is_transient());
        if let Some(what) = source.is_no_runtime() {
            Self::UnexpectedClient { what, context }
        } else if source.is_timeout() {
            Self::RequestTimeout { phase: TimeoutPhase::Connect, context }
        } else {
            Self::Connection { source, context }
        }
    }

    pub(crate) fn timeout(phase: TimeoutPhase, delivery: Delivery) -> Self {
        // After the call's own limit a repetition has no time left; after an attempt's it has.
        let transient = phase != TimeoutPhase::Call;
        let context = ErrorContext::new(delivery).transient(transient);
        Self::RequestTimeout { phase, context }
    }

    pub(crate) fn credential(source: CredentialError) -> Self {
        Self::Credential { source, context: ErrorContext::new(Delivery::NotSent) }
    }

    pub(crate) fn unexpected(what: &'static str, delivery: Delivery) -> Self {
        Self::UnexpectedClient { what, context: ErrorContext::new(delivery) }
    }

    pub(crate) fn no_timer(operation: &'static Operation) -> Self {
        Self::unexpected("there is no tokio runtime with a timer", Delivery::NotSent).of(operation)
    }

    /// A wait whose time is up. It can be started again. The context is the latest question's.
    pub(crate) fn waited_too_long(context: ErrorContext) -> Self {
        let context = context.transient(true).replayable(true);
        Self::RequestTimeout { phase: TimeoutPhase::Wait, context }
    }

    fn of(mut self, operation: &'static Operation) -> Self {
        self.context_mut().operation = Some(operation);
        self
    }

    pub(crate) fn validation(rejected: InvalidValue) -> Self {
        Self::SdkValidation { rejected: Box::new(rejected), context: ErrorContext::new(Delivery::NotSent) }
    }

    pub(crate) fn invalid_request(rejected: InvalidValue) -> Self {
        Self::InvalidRequest { rejected: Box::new(rejected), context: ErrorContext::new(Delivery::NotSent) }
    }

    /// Adds what an earlier attempt of the same call has come to: the stronger delivery, and the answer if this one has none.
    pub(crate) fn add(&mut self, mut earlier: Self) {
        let (context, earlier) = (self.context_mut(), earlier.context_mut());
        context.delivery = context.delivery.or(earlier.delivery);
        if context.http.is_none() {
            context.http = earlier.http.take();
            context.body = std::mem::take(&mut earlier.body);
            context.retry_after = earlier.retry_after;
        }
    }

    pub(crate) fn context(&self) -> &Context {
        &context_of!(self).0
    }

    pub(crate) fn context_mut(&mut self) -> &mut Context {
        &mut context_of!(self).0
    }
}

impl From<InvalidValue> for AuthleteError {
    fn from(rejected: InvalidValue) -> Self {
        Self::validation(rejected)
    }
}

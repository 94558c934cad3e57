//! What an application is told of its calls and connections.

use std::fmt;
use std::time::Duration;

use http::{Method, StatusCode};

use crate::error::AuthleteError;
use crate::exchange::{Delivery, Operation};

/// Something that is told of every attempt of every call of a core: to count, to measure, to log.
///
/// A closure is one. It runs within the call, so it should be quick and must not block. If it panics, the call goes on.
///
/// ```
/// use authlete::{Attempt, AuthleteCore, AuthleteError};
///
/// fn core() -> Result<AuthleteCore, AuthleteError> {
///     let observer = |attempt: &Attempt<'_>| {
///         let status = attempt.status().map_or(0, |status| status.as_u16());
///         println!("{} {status} in {:?}", attempt.operation(), attempt.duration());
///     };
///     AuthleteCore::builder().bearer("from-the-vault").observer(observer).build()
/// }
/// ```
///
/// The example `metrics` feeds a histogram of OpenTelemetry with the same.
pub trait Observer: Send + Sync + 'static {
    /// An attempt has ended: a request was sent, or could not be.
    ///
    /// A call may fail without an attempt, if it has no usable bearer say, or after a good one, if the answer cannot be
    /// decoded.
    fn attempt(&self, attempt: &Attempt<'_>);

    /// A connection of the built-in transport was opened, reused or closed. By default it is ignored.
    ///
    /// ```
    /// use authlete::{Attempt, ConnectionEvent, Observer};
    ///
    /// struct Counters;
    ///
    /// impl Observer for Counters {
    ///     fn attempt(&self, attempt: &Attempt<'_>) {
    ///         println!("{} took {:?}", attempt.operation(), attempt.duration());
    ///     }
    ///
    ///     fn connection(&self, event: &ConnectionEvent) {
    ///         match event {
    ///             ConnectionEvent::Closed { reason, .. } => println!("closed: {reason:?}"),
    ///             event => println!("{event:?}"),
    ///         }
    ///     }
    /// }
    /// ```
    fn connection(&self, event: &ConnectionEvent) {
        let _ = event;
    }
}

/// What has become of a connection of the built-in transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionEvent {
    /// It was made, TLS included.
    #[non_exhaustive]
    Opened {
        /// Whether it speaks HTTP/2, so that several calls can share it.
        is_http2: bool,
    },
    /// A call uses one that was made for an earlier call.
    Reused,
    /// It is gone.
    #[non_exhaustive]
    Closed {
        /// Why.
        reason: CloseReason,
    },
}

/// Why a connection of the built-in transport was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CloseReason {
    /// An exchange over it did not come to its end: it failed, a time limit passed, or the call was dropped.
    Unfinished,
    /// The server, or something on the way, closed it.
    ByPeer,
    /// No call used it for as long as `idle_timeout` allows, or the server's `Keep-Alive`.
    Idle,
    /// It had reached its greatest age.
    Aged,
    /// Unused connections are not kept.
    NotKept,
    /// The core was dropped, or the runtime has ended.
    Dropped,
}

impl<F: Fn(&Attempt<'_>) + Send + Sync + 'static> Observer for F {
    fn attempt(&self, attempt: &Attempt<'_>) {
        self(attempt);
    }
}

/// One attempt of a call, after its end. It has nothing secret, and no value that the server or the application makes up:
/// everything may go into logs, and everything but the number and the duration into the labels of a metric.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) end: End<'a>,
}

#[derive(Clone, Copy)]
pub(crate) enum End<'a> {
    /// A success.
    Answered(StatusCode),
    Failed(&'a AuthleteError),
    /// The call was dropped.
    Abandoned(Delivery),
}

impl Attempt<'_> {
    /// The operation's ID, such as `auth_token_create_batch_api`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The request's method.
    #[must_use]
    pub fn method(&self) -> &'static Method {
        &self.operation.method
    }

    /// The request's path, with `{name}` where a value goes.
    #[must_use]
    pub fn url_template(&self) -> &'static str {
        self.operation.template
    }

    /// Which attempt of its call it was, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The response's status, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self.end {
            End::Answered(status) => Some(status),
            End::Failed(error) => error.http().map(|http| http.status),
            End::Abandoned(_) => None,
        }
    }

    /// Authlete's code of an error response, such as `A001202`; `None` if it has another shape.
    #[must_use]
    pub fn result_code(&self) -> Option<&str> {
        match self.end {
            End::Failed(AuthleteError::Result { error, .. }) => error.printable_code(),
            _ => None,
        }
    }

    /// Whether the server may have acted. After a success it is [`Answered`](Delivery::Answered).
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        match self.end {
            End::Answered(_) => Delivery::Answered,
            End::Failed(error) => error.delivery(),
            End::Abandoned(delivery) => delivery,
        }
    }

    /// Why it was no success, as OpenTelemetry's `error.type` has it: the status as a number, or `timeout`, `connection`,
    /// `response_validation`, `unexpected_client`, or `abandoned` if the call was dropped. There may be more in later versions.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        match self.end {
            End::Answered(_) => None,
            End::Failed(error) => Some(error_type(error)),
            End::Abandoned(_) => Some("abandoned"),
        }
    }

    /// From the beginning of the request to the end of the response's body.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

/// The kind of an error in one word.
pub(crate) fn error_type(error: &AuthleteError) -> &str {
    match error {
        AuthleteError::Result { .. } | AuthleteError::Default { .. } => {
            error.http().map_or("_OTHER", |http| http.status.as_str())
        }
        AuthleteError::ResponseValidation { .. } => "response_validation",
        AuthleteError::Connection { .. } => "connection",
        AuthleteError::RequestTimeout { .. } => "timeout",
        AuthleteError::InvalidRequest { .. } => "invalid_request",
        AuthleteError::SdkValidation { .. } => "sdk_validation",
        AuthleteError::Credential { .. } => "credential",
        AuthleteError::UnexpectedClient { .. } => "unexpected_client",
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Attempt")
            .field("operation", &self.operation())
            .field("number", &self.number)
            .field("status", &self.status())
            .field("result_code", &self.result_code())
            .field("delivery", &self.delivery())
            .field("error_type", &self.error_type())
            .field("duration", &self.duration)
            .finish_non_exhaustive()
    }
}

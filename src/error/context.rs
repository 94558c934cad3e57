//! What every error knows beside its cause.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use crate::exchange::{Delivery, HttpMeta, Operation};

/// What every error knows beside its cause; read it through the methods of [`AuthleteError`].
#[doc(hidden)]
pub struct ErrorContext(pub(super) Box<Context>);

pub(crate) struct Context {
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) attempts: u32,
    pub(crate) delivery: Delivery,
    /// Whether the failure is transient.
    pub(crate) transient: bool,
    /// Whether a second request has no second effect.
    pub(crate) replayable: bool,
    pub(crate) http: Option<HttpMeta>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Bytes,
    /// Where in the body's JSON the failure is.
    pub(crate) json_path: Box<str>,
    /// The last state that a wait was told.
    pub(crate) last_state: Option<Box<str>>,
}

impl Context {
    pub(super) fn is_retryable(&self) -> bool {
        self.transient && self.delivery.allows_replay(self.replayable)
    }
}

impl ErrorContext {
    pub(crate) fn new(delivery: Delivery) -> Self {
        Self(Box::new(Context {
            operation: None,
            attempts: 0,
            delivery,
            transient: false,
            replayable: false,
            http: None,
            retry_after: None,
            body: Bytes::new(),
            json_path: Box::default(),
            last_state: None,
        }))
    }

    pub(crate) fn transient(mut self, transient: bool) -> Self {
        self.0.transient = transient;
        self
    }

    pub(crate) fn replayable(mut self, replayable: bool) -> Self {
        self.0.replayable = replayable;
        self
    }

    pub(crate) fn response(mut self, http: HttpMeta, body: Bytes) -> Self {
        self.0.http = Some(http);
        self.0.body = body;
        self
    }

    pub(crate) fn retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    pub(crate) fn json_path(mut self, path: String) -> Self {
        self.0.json_path = path.into();
        self
    }

    pub(crate) fn last_state(mut self, state: Option<String>) -> Self {
        self.0.last_state = state.map(String::into_boxed_str);
        self
    }

    pub(crate) fn of(mut self, operation: &'static Operation, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }
}

impl fmt::Display for ErrorContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(operation) = self.0.operation else {
            return formatter.write_str("configuration");
        };
        let delivery = match self.0.delivery {
            Delivery::NotSent => "not sent",
            Delivery::MaybeSent => "maybe sent",
            Delivery::Answered => "answered",
        };
        match self.0.attempts {
            0 => write!(formatter, "{} ({delivery})", operation.id),
            attempts => write!(formatter, "{} (attempt {attempts}, {delivery})", operation.id),
        }
    }
}

impl fmt::Debug for ErrorContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ErrorContext")
            .field("operation", &self.0.operation.map(|operation| operation.id))
            .field("attempts", &self.0.attempts)
            .field("delivery", &self.0.delivery)
            .field("retryable", &self.0.is_retryable())
            .field("status", &self.0.http.as_ref().map(|http| http.status.as_u16()))
            .field("retry_after", &self.0.retry_after)
            .field("json_path", &self.0.json_path)
            .finish_non_exhaustive()
    }
}

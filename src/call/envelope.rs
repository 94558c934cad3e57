//! What a successful call returns.

use crate::error::AuthleteError;
use crate::exchange::HttpMeta;

/// What every function returns.
///
/// `Ok` means that Authlete answered with a success and a body of the documented shape. An `action` of `BAD_REQUEST` in
/// that body is `Ok`: it is about the request your application received, and tells what to answer to it.
///
/// `Err` is any [`AuthleteError`]. Before anything is sent it is
/// [`SdkValidation`](AuthleteError::SdkValidation) if the service is named neither in the request nor in the core, or if a
/// value of the path is empty, a dot segment or has a control character. A function names only the errors that are special to
/// it.
///
/// # Cancel safety
///
/// Dropping the future of a call abandons it: nothing more is sent, and the answer is lost. No error tells so. Whether the
/// operation was carried out stays unknown: assume [`MaybeSent`](crate::Delivery::MaybeSent). That does no harm where the
/// function says that a repetition is safe. Where it says that one is unsafe:
///
/// - Bound the call with [`RequestOptions::timeout`](crate::RequestOptions::timeout), whose error tells its
///   [`delivery`](AuthleteError::delivery), and not with `tokio::time::timeout`, which drops the future. Do not put it into a
///   `select!` either.
/// - In a web framework that drops a handler when its client goes away, call from a task of its own, as by `tokio::spawn`.
///
/// With the feature `tracing`, a call that is dropped leaves an event `abandoned`, with the delivery that is known so far.
pub type ApiResult<T> = Result<Envelope<T>, AuthleteError>;

/// A decoded body with the response's head.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The decoded body.
    pub value: T,
    /// The response's head.
    pub http: HttpMeta,
}

impl<T> Envelope<T> {
    /// The body alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same head with another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Envelope<U> {
        Envelope { value: change(self.value), http: self.http }
    }
}

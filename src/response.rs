//! What a successful call returns.

use crate::error::AuthleteError;
use crate::head::HttpMeta;

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
/// Dropping the future of a call abandons it: nothing more is sent, and the answer is lost. Whether the operation was
/// carried out then stays unknown, as after an error whose [`delivery`](AuthleteError::delivery) is
/// [`MaybeSent`](crate::Delivery::MaybeSent). That does no harm where the function says that a repetition is safe. Where it
/// says that a repetition is unsafe, do not race the call against a timer or put it into a `select!`: set
/// [`timeout`](crate::RequestOptions::timeout), and its error tells what is known.
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

//! What a response tells the operator, and not the client.

/// What Authlete said of a request: its code, the operation and the action, for logs and metrics.
///
/// A response that an answer of Authlete led to has it in its [extensions](http::Response::extensions), which never reach the
/// client. The one of a call that failed has an `Arc<AuthleteError>` there instead.
///
/// ```
/// use authlete::endpoint::ResultCode;
/// # use std::sync::Arc;
///
/// fn log(response: &http::Response<bytes::Bytes>) {
///     if let Some(result) = response.extensions().get::<ResultCode>() {
///         println!("{} {:?} {:?}", result.operation(), result.action(), result.code());
///     } else if let Some(error) = response.extensions().get::<Arc<authlete::AuthleteError>>()
///     {
///         println!("{}", error.chain());
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultCode {
    operation: &'static str,
    code: Option<String>,
    action: Option<String>,
}

impl ResultCode {
    pub(super) fn new(operation: &'static str, code: Option<String>, action: Option<&str>) -> Self {
        Self { operation, code, action: action.map(str::to_owned) }
    }

    /// The ID of the operation, as [`AuthleteError::operation`](crate::AuthleteError::operation) has it: `auth_token_api`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Authlete's code, such as `A050001`. Look it up in Authlete's documentation.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The action as it was received, even if this version does not know it.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.action.as_deref()
    }
}

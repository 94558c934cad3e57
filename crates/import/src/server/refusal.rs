//! What an error of the server says of what was sent.

use authlete::AuthleteError;

/// The server's code, if it has the shape of one: a text may repeat what was sent.
pub(crate) fn printable(code: Option<&str>) -> Option<String> {
    let code = code?;
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = code.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    let fits = (1..=6).contains(&letters) && (3..=8).contains(&digits) && letters + digits == code.len();
    fits.then(|| code.to_owned())
}

/// The code of a refusal by Authlete itself. A gateway's own may be JSON too, but has none.
pub(super) fn code(error: &AuthleteError) -> Option<String> {
    match error {
        AuthleteError::Result { error, .. } => printable(error.result_code.as_deref()),
        _ => None,
    }
}

/// Whether Authlete itself says that there is no such thing.
pub(crate) fn says_not_found(error: &AuthleteError) -> bool {
    error.http().is_some_and(|http| http.status == 404) && code(error).is_some()
}

/// What a request that was to create tokens came to, if not to a batch.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nothing was accepted, and the same may be sent again.
    Again,
    /// It may have been accepted.
    Unknown,
    /// The server refuses what was sent, for what it holds or for its size.
    Content(String),
    /// It would refuse anything.
    Anything,
}

/// The service is not known.
pub(super) const NO_SERVICE: &str = "A458203";
/// A 400 that is not about what was sent.
pub(super) const TLS_REQUIRED: &str = "A001201";

/// Sorts the errors of a request that creates tokens. Only what provably changed nothing may be sent again.
pub(crate) fn refusal(error: &AuthleteError) -> Refusal {
    use authlete::Delivery::{Answered, MaybeSent, NotSent};
    let status = error.http().map(|http| http.status.as_u16());
    match (error.delivery(), status) {
        _ if !error.may_resend() => Refusal::Unknown,
        // A refusal of the credential for good; a connection may come about later.
        (NotSent, _) if matches!(error, AuthleteError::Connection { .. }) || error.is_timeout() => {
            Refusal::Again
        }
        (NotSent, _) => Refusal::Anything,
        (MaybeSent, _) | (Answered, Some(408 | 425 | 429 | 503)) => Refusal::Again,
        (Answered, Some(status @ (400 | 413 | 422))) => match code(error) {
            Some(code) if code == TLS_REQUIRED => Refusal::Anything,
            code => Refusal::Content(code.unwrap_or_else(|| format!("HTTP {status}"))),
        },
        (Answered, _) => Refusal::Anything,
    }
}

/// Why a request about a single token is refused, if it is for this token alone. Others may fare better.
pub(super) fn refusal_of_one(error: &AuthleteError) -> Option<String> {
    if matches!(error, AuthleteError::SdkValidation { .. } | AuthleteError::InvalidRequest { .. }) {
        return Some("it cannot stand in a URL".to_owned());
    }
    let status = error.http().map(|http| http.status.as_u16());
    let status = status.filter(|status| matches!(status, 400 | 413 | 414 | 422 | 431))?;
    match code(error) {
        Some(code) if code == TLS_REQUIRED || code == NO_SERVICE => None,
        code => Some(code.unwrap_or_else(|| format!("HTTP {status}"))),
    }
}

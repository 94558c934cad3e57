//! Whether a failed request may have had an effect.

use http::StatusCode;

/// What is known of a failed request's effect. Every [`AuthleteError`](crate::AuthleteError) tells it.
///
/// | value | what it means | what to do with a request that is unsafe to repeat |
/// |---|---|---|
/// | `NotSent` | provably nothing was processed | send it again |
/// | `MaybeSent` | it may have been processed, wholly or partly | find out first, do not resend |
/// | `Answered` | it was refused | fix the cause, then send it again |
///
/// [`may_resend`](crate::AuthleteError::may_resend) says the same in one word, for any operation.
///
/// For a call with several attempts this is the strongest value of any attempt: `MaybeSent` before `Answered` before `NotSent`.
///
/// # Statuses
///
/// An error status is a refusal if Authlete itself gives it, or if a relay gives it only in place of passing the request on.
/// Authlete's own answer is a JSON object with a `resultCode` of the shape `A123456`. The
/// [table of statuses](crate::guide::retries_and_delivery#error-statuses) has the reason for each.
///
/// | status | with Authlete's code | without |
/// |---|---|---|
/// | 300 to 303, 305 to 308 | `Answered` | `Answered` |
/// | 400 to 407, 410 to 417, 421, 422, 426, 428, 431, 451, 463, 464 | `Answered` | `Answered` |
/// | 304, and any other 4xx: 408, 409, 425, 429, 460, 499 among them | `Answered` | `MaybeSent` |
/// | 503 | `Answered` | `MaybeSent` |
/// | any other: 500, 502, 504, 520 to 530 among them | `MaybeSent` | `MaybeSent` |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// No server has processed anything: there was no connection, a time limit passed before the request could leave, the
    /// connection took nothing of it, or an HTTP/2 server refused the stream (RFC 9113 section 8.7) or went away and named a
    /// lower one as the last that it has processed (section 6.8).
    NotSent,
    /// The request may have been processed. This covers every failure from the moment the first byte may have left, and also
    /// 500, 502, 504, a status that a relay may give for a request it has passed on, and a success whose body cannot be used.
    MaybeSent,
    /// The request was refused, by Authlete or by a relay that did not pass it on.
    Answered,
}

impl Delivery {
    /// The stronger of two: what one attempt may have done, a later one does not undo.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::MaybeSent, _) | (_, Self::MaybeSent) => Self::MaybeSent,
            (Self::Answered, _) | (_, Self::Answered) => Self::Answered,
            (Self::NotSent, Self::NotSent) => Self::NotSent,
        }
    }

    /// Whether an attempt may be followed by another without a change. Only one that was not sent may, whatever the operation.
    pub(crate) fn allows_replay(self, replayable: bool) -> bool {
        self == Self::NotSent || replayable
    }

    /// Whether a second request does nothing twice.
    pub(crate) fn allows_resend(self, replayable: bool) -> bool {
        self != Self::MaybeSent || replayable
    }

    /// What an error status tells. `is_authlete`: Authlete itself gave it, not some relay on the way.
    pub(crate) fn of_status(status: StatusCode, is_authlete: bool) -> Self {
        let refused = match status.as_u16() {
            300..=303 | 305..=308 => true,
            400..=407 | 410..=417 | 421 | 422 | 426 | 428 | 431 | 451 | 463 | 464 => true,
            300..=499 | 503 => is_authlete,
            _ => false,
        };
        if refused { Self::Answered } else { Self::MaybeSent }
    }
}

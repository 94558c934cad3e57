//! Whether a failed request may have had an effect.

/// What is known of a failed request's effect. Every [`AuthleteError`](crate::AuthleteError) tells it.
///
/// | value | what it means | what to do with a request that must not happen twice |
/// |---|---|---|
/// | `NotSent` | provably nothing was processed | send it again |
/// | `MaybeSent` | it may have been processed, wholly or partly | find out first, do not resend |
/// | `Answered` | it was refused with a status that says so | fix the cause, then send it again; after a 408 or 503 that may be a gateway's, find out first |
///
/// For a call with several attempts this is the strongest value of any attempt: `MaybeSent` before `Answered` before `NotSent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// No server has processed anything: there was no connection, a time limit passed before the request could leave, the
    /// connection took nothing of it, or an HTTP/2 server refused the stream (RFC 9113 section 8.7) or went away and named a
    /// lower one as the last that it has processed (section 6.8).
    NotSent,
    /// The request may have been processed. This covers every failure from the moment the first byte may have left, and also
    /// 500, 502, 504 and a success whose body cannot be used.
    MaybeSent,
    /// The server, or something in front of it, answered with a status that refuses the request: 3xx, 4xx or 503. Some
    /// gateways say 408 or 503 also of a request that they have passed on: behind one, take these for `MaybeSent`.
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

    /// Whether the request may be sent again. Only what was not sent may whatever it is.
    pub(crate) fn allows_replay(self, replayable: bool) -> bool {
        self == Self::NotSent || replayable
    }

    /// What an error status tells.
    pub(crate) fn of_status(status: http::StatusCode) -> Self {
        match status.as_u16() {
            300..=499 | 503 => Self::Answered,
            _ => Self::MaybeSent,
        }
    }
}

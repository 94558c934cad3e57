//! Whether a failed request may have had an effect.

/// What is known of a failed request's effect. Every [`AuthleteError`](crate::AuthleteError) tells it.
///
/// | value | what it means | what to do with a request that must not happen twice |
/// |---|---|---|
/// | `NotSent` | provably nothing was processed | send it again |
/// | `MaybeSent` | it may have been processed, wholly or partly | find out first, do not resend |
/// | `Answered` | the server refused it with a status that says so | mend the cause, then send it again |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// No complete request left this process: the connection failed, the message was handed back unsent, or HTTP/2
    /// refused the stream (RFC 9113 section 8.7).
    NotSent,
    /// The request may have been processed. Anything after the first byte could have left counts, and so do 500, 502, 504
    /// and a success whose body cannot be used.
    MaybeSent,
    /// The server, or something in front of it, answered with a status that refuses the request: 3xx, 4xx or 503. Some
    /// gateways say 503 when their connection to the server ends, though: behind one, take it for `MaybeSent`.
    Answered,
}

impl Delivery {
    /// What an error status tells.
    pub(crate) fn of_status(status: http::StatusCode) -> Self {
        match status.as_u16() {
            300..=499 | 503 => Self::Answered,
            _ => Self::MaybeSent,
        }
    }
}

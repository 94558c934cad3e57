//! What can be wrong with the bearer.

use snafu::Snafu;

use crate::transport::BoxError;

/// Why there is no usable bearer.
#[derive(Debug, Snafu)]
#[snafu(visibility(pub(crate)))]
#[non_exhaustive]
pub enum CredentialError {
    /// None was given, and `AUTHLETE_BEARER` is not set.
    #[snafu(display("no bearer was given and AUTHLETE_BEARER is not set"))]
    Missing,
    /// It is empty or has characters outside visible ASCII, which no bearer token has (RFC 6750 section 2.1).
    #[snafu(display("the bearer is empty or has characters outside visible ASCII"))]
    Malformed,
    /// It has white space around it, as from the end of a file's line.
    #[snafu(display("the bearer has white space around it"))]
    Padded,
    /// It has quotes around it, as from a file of variables.
    #[snafu(display("the bearer has quotes around it"))]
    Quoted,
    /// The provider failed. The source is its error, unchanged.
    #[snafu(display("the bearer provider failed"))]
    #[non_exhaustive]
    Provider {
        /// The provider's error.
        source: BoxError,
    },
    /// The provider panicked.
    #[snafu(display("the bearer provider panicked"))]
    Panicked,
    /// The provider took longer than the call may.
    #[snafu(display("the bearer provider took too long"))]
    TimedOut,
}

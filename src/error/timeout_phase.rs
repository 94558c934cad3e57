//! The time limits that can pass.

use snafu::Snafu;

/// Which time limit passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Snafu)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// The connection, TLS included, took longer than the connect timeout. This attempt sent nothing.
    #[snafu(display("connecting took too long"))]
    Connect,
    /// One attempt took longer than the attempt timeout.
    #[snafu(display("the attempt took too long"))]
    Attempt,
    /// Nothing came of a response's body for as long as the stall timeout.
    #[snafu(display("the response stalled"))]
    Stall,
    /// The whole call took longer than its timeout. Such a call is never retryable.
    #[snafu(display("the call took too long"))]
    Call,
    /// What was waited for did not happen in time.
    #[snafu(display("the wait took too long"))]
    Wait,
}

//! Ways to call the API.

/// The types of everyone but `authlete`, for an implementation of [`Client`].
macro_rules! by_hand {
    () => {
        type Batch = Vec<$crate::clients::wire::Token>;
        type Status = $crate::clients::wire::StatusResponse;
        type Created = $crate::clients::wire::BatchResponse;

        fn tokens(count: usize) -> Self::Batch {
            (0..count).map($crate::clients::answers::theirs).collect()
        }
    };
}

mod answers;
mod by_authlete;
mod by_pooled;
mod by_raw;
mod by_reqwest;
mod by_ureq;
mod wire;

use std::future::Future;

pub(crate) use self::answers::Answer;
pub(crate) use self::by_authlete::ByAuthlete;
pub(crate) use self::by_pooled::ByPooled;
pub(crate) use self::by_raw::ByRaw;
pub(crate) use self::by_reqwest::ByReqwest;
pub(crate) use self::by_ureq::ByUreq;
use crate::common::Result;
use crate::server::SERVICE;

/// Their names, the subject first.
pub(crate) const NAMES: [&str; 5] = ["authlete", "raw", "pooled", "reqwest", "ureq"];

/// One way to call the two operations, with types of its own.
pub(crate) trait Client: Sized + Send + 'static {
    /// Tokens, ready to be sent.
    type Batch: Send + Sync;
    /// What the status call answers.
    type Status: Answer;
    /// What the batch call answers.
    type Created: Answer;

    /// A client of the server at `url`.
    fn new(url: &str) -> impl Future<Output = Result<Self>> + Send;

    /// Another handle for another task: of the same pool, where there is one.
    fn another(&self) -> impl Future<Output = Result<Self>> + Send;

    /// Asks how a batch is doing.
    fn status(&mut self, batch: &str) -> impl Future<Output = Result<Self::Status>> + Send;

    /// So many tokens.
    fn tokens(count: usize) -> Self::Batch;

    /// Creates a batch.
    fn batch(&mut self, tokens: &Self::Batch) -> impl Future<Output = Result<Self::Created>> + Send;
}

const ACCEPT: &str = "application/json";
const AGENT: &str = "authlete-bench/0.0.0";

/// The URL of the status operation.
fn status_url(base: &str, batch: &str) -> String {
    wire::url(base, SERVICE, Some(batch))
}

/// The URL of the batch operation.
fn batch_url(base: &str) -> String {
    wire::url(base, SERVICE, None)
}

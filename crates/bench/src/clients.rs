//! The clients. All take the same request objects and decode into the same types, so what differs is the client alone.

mod by_authlete;
mod by_pooled;
mod by_raw;
mod by_reqwest;
mod by_ureq;

use std::future::Future;

use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{TokenCreateBatchResponse, TokenCreateBatchStatusResponse};

pub(crate) use self::by_authlete::ByAuthlete;
pub(crate) use self::by_pooled::ByPooled;
pub(crate) use self::by_raw::ByRaw;
pub(crate) use self::by_reqwest::ByReqwest;
pub(crate) use self::by_ureq::ByUreq;
use crate::common::Result;
use crate::server::SERVICE;

/// Their names, the subject first.
pub(crate) const NAMES: [&str; 5] = ["authlete", "raw", "pooled", "reqwest", "ureq"];

/// One way to call the two operations.
pub(crate) trait Client: Sized + Send + 'static {
    /// A client of the server at `url`.
    fn new(url: &str) -> impl Future<Output = Result<Self>> + Send;

    /// Another handle for another task: of the same pool, where there is one.
    fn another(&self) -> impl Future<Output = Result<Self>> + Send;

    /// Asks how a batch is doing.
    fn status(
        &mut self,
        request: &AuthTokenCreateBatchStatusApiRequest,
    ) -> impl Future<Output = Result<TokenCreateBatchStatusResponse>> + Send;

    /// Creates a batch.
    fn batch(
        &mut self,
        request: &AuthTokenCreateBatchApiRequest,
    ) -> impl Future<Output = Result<TokenCreateBatchResponse>> + Send;
}

const ACCEPT: &str = "application/json";
const AGENT: &str = "authlete-bench/0.0.0";

/// `base` with the path of the status operation.
fn status_url(base: &str, request: &AuthTokenCreateBatchStatusApiRequest) -> String {
    format!("{base}/api/{SERVICE}/auth/token/create/batch/status/{}", request.token_batch_request_id)
}

/// `base` with the path of the batch operation.
fn batch_url(base: &str) -> String {
    format!("{base}/api/{SERVICE}/auth/token/create/batch")
}

//! A transport that plays a script and records what it was given, and when. It needs no socket, so the clock can be
//! paused and time measured exactly.

use std::future::pending;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{TokenCreateBatchResponse, TokenCreateBatchStatusResponse};
use authlete::transport::{Progress, ResponseBody, TransportError};
use authlete::{ApiResult, AuthleteCore, AuthleteCoreBuilder, Backoff, BoxFuture, RequestOptions, Transport};
use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::support::{BEARER, token};

/// What a transport returns.
pub type Reply = Result<Response<ResponseBody>, TransportError>;

type Script = dyn Fn(usize) -> BoxFuture<'static, Reply> + Send + Sync;

/// A request, and when it came.
type Seen = (Instant, Request<Bytes>);

/// The transport. Clones share the record.
#[derive(Clone)]
pub struct Fake {
    seen: Arc<Mutex<Vec<Seen>>>,
    script: Arc<Script>,
}

impl Fake {
    /// Answers at once; the script gets the request's number, from 0.
    pub fn new(script: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(move |number| {
            let reply = script(number);
            Box::pin(async { reply })
        })
    }

    /// Never answers.
    pub fn hanging() -> Self {
        Self::with(|_| Box::pin(pending()))
    }

    /// Answers whenever the script's future does.
    pub fn with(script: impl Fn(usize) -> BoxFuture<'static, Reply> + Send + Sync + 'static) -> Self {
        Self { seen: Arc::default(), script: Arc::new(script) }
    }

    /// A core over it, whose pauses have their full length.
    pub fn core(&self) -> AuthleteCoreBuilder {
        self.bare().bearer(BEARER)
    }

    /// The same without a bearer.
    pub fn bare(&self) -> AuthleteCoreBuilder {
        AuthleteCore::builder().service_id("1234567890").transport(self.clone()).jitter(|| 1.0)
    }

    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.seen.lock().unwrap().iter().map(|(_, request)| request.clone()).collect()
    }

    /// The one request there was.
    pub fn request(&self) -> Request<Bytes> {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1);
        requests.remove(0)
    }

    /// The values of one header, request by request; empty where it was missing.
    pub fn header(&self, name: &str) -> Vec<String> {
        let value = |request: &Request<Bytes>| {
            request.headers().get(name).map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        self.requests().iter().map(value).collect()
    }

    /// The times between the requests.
    pub fn gaps(&self) -> Vec<Duration> {
        self.seen.lock().unwrap().windows(2).map(|pair| pair[1].0 - pair[0].0).collect()
    }
}

impl Transport for Fake {
    fn send(&self, request: Request<Bytes>, _: Progress) -> BoxFuture<'_, Reply> {
        let mut seen = self.seen.lock().unwrap();
        let number = seen.len();
        seen.push((Instant::now(), request));
        drop(seen);
        (self.script)(number)
    }
}

/// A 200 with this body.
pub fn ok(body: impl Into<Bytes>) -> Reply {
    Ok(Response::new(ResponseBody::from(body)))
}

/// A 200 that both operations can decode.
pub fn fine() -> Reply {
    ok(r#"{"resultCode":"A482001","requestId":"r-1"}"#)
}

/// This status with a result.
pub fn status(code: u16) -> Reply {
    let mut reply = ok(r#"{"resultCode":"A001101","resultMessage":"no"}"#)?;
    *reply.status_mut() = http::StatusCode::from_u16(code).unwrap();
    Ok(reply)
}

/// This status with a `Retry-After`.
pub fn asks(code: u16, retry_after: impl AsRef<[u8]>) -> Reply {
    let mut reply = status(code)?;
    let value = http::HeaderValue::from_bytes(retry_after.as_ref()).unwrap();
    reply.headers_mut().insert(http::header::RETRY_AFTER, value);
    Ok(reply)
}

/// A connection that broke with the request on its way.
pub fn broken() -> Reply {
    Err(TransportError::new("reset by peer"))
}

/// A connection that never came about.
pub fn unsent() -> Reply {
    Err(TransportError::new("refused").not_sent())
}

/// Creates a batch of one token, which must not happen twice.
pub async fn create(
    core: &AuthleteCore,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenCreateBatchResponse> {
    let request = AuthTokenCreateBatchApiRequest::new([token()]);
    token_operations_auth_token_create_batch_api(core, &request, options).await
}

/// Tries the creation of a batch, which may happen twice.
pub async fn dry_run(
    core: &AuthleteCore,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenCreateBatchResponse> {
    let request = AuthTokenCreateBatchApiRequest::new([token()]).dry_run(true);
    token_operations_auth_token_create_batch_api(core, &request, options).await
}

/// Asks for a batch's status, which may happen twice.
pub async fn batch_status(
    core: &AuthleteCore,
    options: Option<&RequestOptions>,
) -> ApiResult<TokenCreateBatchStatusResponse> {
    let request = AuthTokenCreateBatchStatusApiRequest::new("r-1");
    token_operations_auth_token_create_batch_status_api(core, &request, options).await
}

/// This many attempts, everything else as by default.
pub fn attempts(max_attempts: u32) -> Backoff {
    Backoff::new().max_attempts(max_attempts)
}

pub fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

pub fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A body whose frames are made as they are asked for.
pub struct Pieces {
    frames: Box<dyn Iterator<Item = Frame<Bytes>> + Send>,
    announced: Option<u64>,
}

impl Pieces {
    pub fn new<I>(frames: I) -> Self
    where
        I: IntoIterator<Item = Frame<Bytes>>,
        I::IntoIter: Send + 'static,
    {
        Self { frames: Box::new(frames.into_iter()), announced: None }
    }

    /// Announces a length, right or wrong.
    pub fn announcing(self, length: u64) -> Self {
        Self { announced: Some(length), ..self }
    }

    pub fn into_body(self) -> ResponseBody {
        ResponseBody::new(self)
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.frames.next().map(Ok))
    }

    fn size_hint(&self) -> SizeHint {
        self.announced.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

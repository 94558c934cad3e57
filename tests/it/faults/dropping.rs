//! Somebody else's values that panic when they are dropped.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use authlete::transport::{Progress, ResponseBody, Transport, TransportError};
use authlete::{AuthleteCore, AuthleteError, BearerProvider, BoxError, BoxFuture, Secret, TimeoutPhase};
use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame};

use crate::fake::{Fake, batch_status, fine};

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "boom");
    }
}

/// A response's body in one piece, or one that never ends.
struct BombBody(Bomb, Option<&'static str>);

impl Body for BombBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.1.take().map(|text| Ok(Frame::data(text.into()))))
    }
}

enum Where {
    Body,
    Answered,
    Pending,
}

impl Transport for Where {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Progress,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let text = r#"{"resultCode":"A447001"}"#;
            if let Self::Body = self {
                return Ok(Response::new(ResponseBody::new(BombBody(Bomb, Some(text)))));
            }
            let bomb = Bomb;
            if let Self::Pending = self {
                std::future::pending::<()>().await;
            }
            // The future keeps it until it is dropped.
            std::mem::forget(bomb);
            Ok(Response::new(ResponseBody::from(text)))
        })
    }
}

fn core(transport: Where) -> AuthleteCore {
    let builder = AuthleteCore::builder().bearer("b").service_id("1").transport(transport);
    builder.attempt_timeout(Duration::from_secs(1)).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_body_that_panics_when_it_is_dropped_costs_no_answer() {
    let answer = batch_status(&core(Where::Body), None).await.unwrap();
    assert_eq!(answer.value.result_code.as_deref(), Some("A447001"));
    batch_status(&core(Where::Answered), None).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_transport_s_future_that_panics_when_it_is_dropped_costs_no_error() {
    let error = batch_status(&core(Where::Pending), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Attempt, .. }), "{error:?}");
}

struct Provider;

impl BearerProvider for Provider {
    fn bearer<'a>(&'a self, _: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        let bomb = Bomb;
        Box::pin(std::future::poll_fn(move |_| {
            let _held = &bomb;
            Poll::Ready(Ok(Secret::from("b")))
        }))
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_s_future_that_panics_when_it_is_dropped_costs_no_call() {
    let fake = Fake::new(|_| fine());
    let core = fake.bare().bearer_provider(Provider).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_thrown_may_panic_when_it_is_dropped() {
    let fake = Fake::with(|_| Box::pin(async { std::panic::panic_any(Bomb) }));
    let error = batch_status(&fake.core().build().unwrap(), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::UnexpectedClient { .. }), "{error:?}");
    let observed = Fake::new(|_| fine());
    let core = observed.core().observer(|_: &authlete::Attempt<'_>| std::panic::panic_any(Bomb));
    batch_status(&core.build().unwrap(), None).await.unwrap();
}

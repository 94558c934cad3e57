//! Transports that lie, panic, or find no runtime.

use std::convert::Infallible;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use authlete::transport::{ResponseBody, TransportError, transport_fn};
use authlete::{AuthleteError, Delivery, RequestOptions, Secret};
use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame, SizeHint};

use crate::fake::{Fake, attempts, batch_status, broken, create, fine, ms};
use crate::support::{assert_discreet, core};

pub fn assert_unexpected(error: &AuthleteError, delivery: Delivery) {
    assert!(matches!(error, AuthleteError::UnexpectedClient { .. }), "{error:?}");
    assert_eq!(error.delivery(), delivery);
    assert!(!error.is_retryable());
    assert_discreet(error);
}

#[tokio::test]
async fn panicking_transport_is_an_error() {
    let at_once = Fake::new(|_| panic!("at once"));
    let later = Fake::with(|_| {
        Box::pin(async {
            tokio::task::yield_now().await;
            panic!("later")
        })
    });
    for fake in [at_once, later] {
        let core = fake.core().retries(attempts(3)).build().unwrap();
        assert_unexpected(&create(&core, None).await.unwrap_err(), Delivery::MaybeSent);
        assert_unexpected(&batch_status(&core, None).await.unwrap_err(), Delivery::MaybeSent);
        assert_eq!(fake.count(), 2);
    }
}

/// Uses up what its task may do at a time, whenever it is polled.
async fn busy() -> Infallible {
    loop {
        tokio::task::consume_budget().await;
    }
}

struct BusyBody;

impl Body for BusyBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match pin!(busy()).poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(never) => match never {},
        }
    }
}

#[tokio::test]
async fn work_that_never_rests_ends_at_its_limit() {
    let transport = transport_fn(|_| async { match busy().await {} });
    let body = transport_fn(|_| async { Ok(Response::new(ResponseBody::new(BusyBody))) });
    let settled = transport_fn(|_| async { Ok(Response::new(ResponseBody::from("{}"))) });
    let core = || core("http://127.0.0.1:1").attempt_timeout(ms(200)).timeout(ms(400));
    let provider = || async { match busy().await {} };
    let busy_provider = core().bearer_provider(move || {
        let bearer = provider();
        async move { Ok::<Secret, TransportError>(bearer.await) }
    });
    for (core, expected) in [
        (core().transport(transport), Delivery::MaybeSent),
        (core().transport(body), Delivery::MaybeSent),
        (busy_provider.transport(settled), Delivery::NotSent),
    ] {
        let core = core.build().unwrap();
        let call = tokio::time::timeout(Duration::from_secs(10), create(&core, None));
        let error = call.await.expect("it never ends").unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.delivery(), expected);
    }
}

/// A body that panics in one of its methods.
#[derive(Clone, Copy)]
enum Panicking {
    Frame,
    End,
    Hint,
}

impl Body for Panicking {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        assert!(!matches!(*self, Self::Frame), "in a frame");
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        assert!(!matches!(self, Self::End), "at the end");
        false
    }

    fn size_hint(&self) -> SizeHint {
        assert!(!matches!(self, Self::Hint), "in the hint");
        SizeHint::default()
    }
}

#[tokio::test]
async fn panicking_body_is_an_error() {
    for body in [Panicking::Frame, Panicking::End, Panicking::Hint] {
        let fake = Fake::new(move |_| Ok(Response::new(ResponseBody::new(body))));
        let core = fake.core().build().unwrap();
        assert_unexpected(&create(&core, None).await.unwrap_err(), Delivery::MaybeSent);
        // With an error status, which says enough.
        let fake = Fake::new(move |_| {
            let mut reply = Response::new(ResponseBody::new(body));
            *reply.status_mut() = http::StatusCode::BAD_REQUEST;
            Ok(reply)
        });
        let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
        assert_eq!(error.http().unwrap().status, http::StatusCode::BAD_REQUEST);
    }
}

#[tokio::test(start_paused = true)]
async fn panicking_jitter_is_a_full_pause() {
    let fake = Fake::new(|number| if number == 0 { broken() } else { fine() });
    let core = fake.core().retries(attempts(2)).jitter(|| panic!("no dice")).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.gaps(), [crate::fake::ms(500)]);
}

#[tokio::test]
async fn error_without_a_claim_may_have_been_sent() {
    let fake = Fake::new(|_| broken());
    let core = fake.core().retries(attempts(3)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!((fake.count(), error.delivery()), (1, Delivery::MaybeSent));
}

#[tokio::test(start_paused = true)]
async fn permanent_errors_are_not_repeated() {
    let fake = Fake::new(|_| Err(TransportError::new("no").not_sent().permanent()));
    let core = fake.core().retries(attempts(3)).build().unwrap();
    let open = RequestOptions::new().replay_non_idempotent(true);
    let error = create(&core, Some(&open)).await.unwrap_err();
    assert_eq!((fake.count(), error.is_retryable()), (1, false));
}

#[tokio::test(start_paused = true)]
async fn connect_timeouts_are_timeouts_and_not_sent() {
    let fake = Fake::new(|_| Err(TransportError::new("slow").connect_timeout()));
    let core = fake.core().retries(attempts(3)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((fake.count(), error.delivery()), (3, Delivery::NotSent));
}

/// Polls once, without any runtime.
pub fn poll_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("pending"),
    }
}

#[test]
fn no_runtime_is_an_error() {
    let fake = Fake::new(|_| fine());
    let error = poll_once(create(&fake.core().build().unwrap(), None)).unwrap_err();
    assert_unexpected(&error, Delivery::NotSent);
    assert_eq!(fake.count(), 0);
    // With the built-in transport, too.
    let core = crate::support::core("http://127.0.0.1:1").build().unwrap();
    assert_unexpected(&poll_once(create(&core, None)).unwrap_err(), Delivery::NotSent);
}

#[test]
fn runtime_without_a_timer_is_an_error() {
    let fake = Fake::new(|_| fine());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(create(&fake.core().build().unwrap(), None)).unwrap_err();
    assert_unexpected(&error, Delivery::NotSent);
    assert_eq!(fake.count(), 0);
}

/// With a timer but without I/O there are no sockets, which is the transport's trouble.
#[test]
fn runtime_without_sockets_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let core = crate::support::core("http://127.0.0.1:1").build().unwrap();
    assert_unexpected(&runtime.block_on(create(&core, None)).unwrap_err(), Delivery::NotSent);
    let fake = Fake::new(|_| fine());
    runtime.block_on(create(&fake.core().build().unwrap(), None)).unwrap();
}

#[tokio::test]
async fn closure_is_a_transport() {
    let transport = transport_fn(|request| async move {
        assert_eq!(request.method(), http::Method::GET);
        assert_eq!(request.version(), http::Version::HTTP_11);
        assert_eq!(request.uri().scheme_str(), Some("https"));
        fine()
    });
    let core = authlete::AuthleteCore::builder().bearer("b").service_id("1").transport(transport);
    batch_status(&core.build().unwrap(), None).await.unwrap();
}

#[tokio::test]
async fn shared_transport_is_a_transport() {
    let fake = Fake::new(|_| fine());
    let shared: std::sync::Arc<dyn authlete::Transport> = std::sync::Arc::new(fake.clone());
    for _ in 0..2 {
        let core = authlete::AuthleteCore::builder().bearer("b").service_id("1");
        let core = core.transport(std::sync::Arc::clone(&shared)).build().unwrap();
        batch_status(&core, None).await.unwrap();
    }
    assert_eq!(fake.count(), 2);
}

//! Tower services as transports.

use std::convert::Infallible;
use std::fmt;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use authlete::transport::{HyperTransport, ResponseBody, TowerTransport, TransportError};
use authlete::{AuthleteCore, BoxError, Delivery};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use tower::limit::ConcurrencyLimit;
use tower::util::{BoxCloneService, MapErr, MapRequest};
use tower::{Service, ServiceExt, service_fn};

use crate::fake::{attempts, batch_status, create};
use crate::support::{BEARER, RawServer, core, simulator};

type Outgoing = Request<Full<Bytes>>;

fn over<S>(service: S, url: &str) -> AuthleteCore
where
    TowerTransport<S>: authlete::Transport,
{
    core(url).transport(TowerTransport::new(service)).retries(attempts(3)).build().unwrap()
}

/// A layer's error around another, as tower's own are.
#[derive(Debug)]
struct Around(BoxError);

impl fmt::Display for Around {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("around")
    }
}

impl std::error::Error for Around {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

#[tokio::test]
async fn stack_over_the_built_in_transport_works() {
    let simulator = simulator().await;
    let hyper = HyperTransport::new().unwrap();
    let tagged = MapRequest::new(hyper, |mut request: Outgoing| {
        request.headers_mut().insert("x-tag", http::HeaderValue::from_static("tagged"));
        request
    });
    let limited = ConcurrencyLimit::new(tagged, 1);
    let boxed = BoxCloneService::new(limited);
    let core = over(boxed, simulator.url());
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { batch_status(&core, None).await.unwrap_err().http().unwrap().status })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), http::StatusCode::NOT_FOUND);
    }
    let requests = simulator.ledger().requests();
    assert_eq!(requests.len(), 8);
    assert!(requests.iter().all(|request| request.header("x-tag") == Some("tagged")));
    assert!(
        requests.iter().all(|request| request.header("authorization") == Some(&*format!("Bearer {BEARER}")))
    );
    // One at a time needs one connection.
    assert_eq!(simulator.ledger().connection_count(), 1);
}

#[tokio::test(start_paused = true)]
async fn delivery_is_found_in_the_chain_of_an_error() {
    for depth in 0..3 {
        for (not_sent, permanent, requests) in [(true, false, 3), (false, false, 1), (true, true, 1)] {
            let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
            let counter = std::sync::Arc::clone(&count);
            let service = service_fn(move |_: Outgoing| {
                counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                let error = TransportError::new("refused");
                let error = if not_sent { error.not_sent() } else { error };
                let error = if permanent { error.permanent() } else { error };
                let mut error: BoxError = Box::new(error);
                for _ in 0..depth {
                    error = Box::new(Around(error));
                }
                ready(Err::<Response<ResponseBody>, BoxError>(error))
            });
            let error = create(&over(service, "http://127.0.0.1:1"), None).await.unwrap_err();
            let expected = if not_sent { Delivery::NotSent } else { Delivery::MaybeSent };
            assert_eq!(error.delivery(), expected);
            assert_eq!(error.is_retryable(), not_sent && !permanent);
            assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), requests, "depth {depth}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn connect_timeout_under_a_stack_stays_a_timeout() {
    for depth in 0..3 {
        let service = service_fn(move |_: Outgoing| {
            let mut error: BoxError = Box::new(TransportError::new("slow").connect_timeout());
            for _ in 0..depth {
                error = Box::new(Around(error));
            }
            ready(Err::<Response<ResponseBody>, BoxError>(error))
        });
        let error = create(&over(service, "http://127.0.0.1:1"), None).await.unwrap_err();
        assert!(error.is_timeout(), "depth {depth}: {error:?}");
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}

#[tokio::test]
async fn unsent_requests_stay_unsent_under_a_stack() {
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let wrapped = MapErr::new(HyperTransport::new().unwrap(), |error| Around(Box::new(error)));
    let core = core(&format!("http://{closed}")).transport(TowerTransport::new(wrapped)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn error_of_another_kind_may_have_been_sent() {
    let service =
        service_fn(|_: Outgoing| ready(Err::<Response<Full<Bytes>>, _>(std::io::Error::other("elsewhere"))));
    let error = create(&over(service, "http://127.0.0.1:1"), None).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::MaybeSent);
}

/// A service that is never ready.
#[derive(Clone)]
struct Unready;

impl Service<Outgoing> for Unready {
    type Response = Response<Full<Bytes>>;
    type Error = std::io::Error;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Err(std::io::Error::other("closed")))
    }

    fn call(&mut self, _: Outgoing) -> Self::Future {
        panic!("called before it was ready")
    }
}

#[tokio::test(start_paused = true)]
async fn failing_readiness_is_not_sent() {
    let error = create(&over(Unready, "http://127.0.0.1:1"), None).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 3));
}

/// Waiting for readiness is part of the attempt, and an abandoned wait gives its place back.
#[tokio::test]
async fn abandoned_call_frees_its_place() {
    let server = RawServer::start(|mut stream, number| async move {
        crate::support::read_request(&mut stream).await;
        if number == 0 {
            std::future::pending::<()>().await;
        }
        use tokio::io::AsyncWriteExt;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
    })
    .await;
    let core = over(ConcurrencyLimit::new(HyperTransport::new().unwrap(), 1), &server.url());
    let short = authlete::RequestOptions::new().timeout(crate::fake::ms(100));
    assert!(batch_status(&core, Some(&short)).await.unwrap_err().is_timeout());
    batch_status(&core, None).await.unwrap();
}

#[tokio::test]
async fn service_needs_no_sync_and_no_boxed_error() {
    // A `Cell` is not `Sync`.
    let cell = std::cell::Cell::new(0);
    let service = service_fn(move |_: Outgoing| {
        cell.set(cell.get() + 1);
        ready(Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"{}")))))
    })
    .map_err(|never| -> BoxError { match never {} });
    batch_status(&over(service, "http://127.0.0.1:1"), None).await.unwrap();
}

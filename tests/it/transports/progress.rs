//! How far an exchange had come when its time was up.

use std::future::pending;
use std::sync::{Arc, Mutex};

use authlete::transport::{HyperTransport, Progress, ResponseBody, TowerTransport, TransportError};
use authlete::{
    AuthleteCoreBuilder, AuthleteError, BoxFuture, Delivery, RequestOptions, TimeoutPhase, Transport,
    WaitOptions,
};
use http::Response;
use http_body_util::Full;
use tower::limit::ConcurrencyLimit;
use tower::util::MapRequest;

use crate::fake::{Reply, attempts, batch_status, create, ms, secs};
use crate::support::{RawServer, assert_discreet, core};

/// What a transport says before it hangs.
type Says = fn(&Progress);

fn go(progress: &Progress) {
    assert!(progress.sending());
}

const SAYS: [(Says, Delivery); 9] = [
    (|_| {}, Delivery::MaybeSent),
    (Progress::connecting, Delivery::NotSent),
    (go, Delivery::MaybeSent),
    (
        |progress| {
            progress.connecting();
            go(progress);
        },
        Delivery::MaybeSent,
    ),
    (
        |progress| {
            progress.connecting();
            go(progress);
            progress.taken_back();
        },
        Delivery::NotSent,
    ),
    // A second exchange does not undo the first.
    (
        |progress| {
            progress.connecting();
            go(progress);
            progress.connecting();
        },
        Delivery::MaybeSent,
    ),
    (
        |progress| {
            progress.connecting();
            go(progress);
            go(progress);
            progress.taken_back();
        },
        Delivery::MaybeSent,
    ),
    // Nothing was announced that could be taken back.
    (
        |progress| {
            progress.connecting();
            progress.taken_back();
            go(progress);
        },
        Delivery::MaybeSent,
    ),
    (Progress::taken_back, Delivery::MaybeSent),
];

/// A transport that does nothing but tell.
struct Telling<F>(F);

impl<F, R> Transport for Telling<F>
where
    F: Fn(Progress) -> R + Send + Sync + 'static,
    R: Future<Output = Reply> + Send + 'static,
{
    fn send(&self, _: http::Request<bytes::Bytes>, progress: Progress) -> BoxFuture<'_, Reply> {
        Box::pin((self.0)(progress))
    }
}

fn hanging(says: Says) -> AuthleteCoreBuilder {
    let transport = Telling(move |progress: Progress| async move {
        says(&progress);
        pending().await
    });
    core("http://127.0.0.1:1").transport(transport).retries(attempts(3)).jitter(|| 0.0)
}

fn check_limits(error: &AuthleteError, phase: TimeoutPhase, delivery: Delivery) {
    assert!(
        matches!(error, AuthleteError::RequestTimeout { phase: passed, .. } if *passed == phase),
        "{error:?}"
    );
    assert_eq!(error.delivery(), delivery);
    assert_discreet(error);
}

#[tokio::test(start_paused = true)]
async fn limits_of_time_ask_how_far_the_transport_had_come() {
    for (number, (says, delivery)) in SAYS.into_iter().enumerate() {
        let core = hanging(says).build().unwrap();
        let error = create(&core, Some(&RequestOptions::new().attempt_timeout(secs(1)))).await.unwrap_err();
        check_limits(&error, TimeoutPhase::Attempt, delivery);
        let not_sent = delivery == Delivery::NotSent;
        assert_eq!(error.attempts(), if not_sent { 3 } else { 1 }, "{number}");
        assert_eq!(error.is_retryable(), not_sent);
        let error = create(&core, Some(&RequestOptions::new().timeout(secs(1)))).await.unwrap_err();
        check_limits(&error, TimeoutPhase::Call, delivery);
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_while_connecting_sent_nothing() {
    for (says, delivery) in SAYS {
        let transport = Telling(move |progress: Progress| async move {
            says(&progress);
            panic!("as it is meant to")
        });
        let core = core("http://127.0.0.1:1").transport(transport).retries(attempts(3)).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::UnexpectedClient { .. }));
        assert_eq!((error.delivery(), error.attempts()), (delivery, 1));
    }
}

/// A transport that goes on after its future was dropped hears that it must not send.
#[tokio::test(start_paused = true)]
async fn what_has_ended_as_not_sent_may_not_be_sent() {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&kept);
    let transport = Telling(move |progress: Progress| {
        progress.connecting();
        keep.lock().unwrap().push(progress);
        pending()
    });
    let core = core("http://127.0.0.1:1").transport(transport).retries(attempts(2)).build().unwrap();
    let error = create(&core, Some(&RequestOptions::new().attempt_timeout(secs(1)))).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 2));
    // Each attempt has its own.
    let kept = kept.lock().unwrap();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|progress| !progress.sending()));
}

#[test]
fn a_request_from_elsewhere_has_one_that_nobody_reads() {
    let progress = Progress::of(&http::Request::new(()));
    progress.connecting();
    assert!(progress.sending());
    progress.taken_back();
}

/// A listener whose queue is full drops what comes, which Linux alone does.
#[cfg(target_os = "linux")]
struct BlackHole {
    url: String,
    _listener: tokio::net::TcpListener,
    _queue: Vec<tokio::net::TcpStream>,
}

#[cfg(target_os = "linux")]
impl BlackHole {
    async fn new() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(0).unwrap();
        let addr = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        while let Ok(queued) = tokio::time::timeout(ms(300), tokio::net::TcpStream::connect(addr)).await {
            queue.push(queued.unwrap());
        }
        Self { url: format!("http://{addr}"), _listener: listener, _queue: queue }
    }
}

/// Row 84, with the built-in transport as it is, under a tower stack, and given by hand.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_host_that_swallows_everything_is_not_sent_whatever_the_limit() {
    let hole = BlackHole::new().await;
    let tagged =
        MapRequest::new(HyperTransport::new().unwrap(), |request: http::Request<Full<bytes::Bytes>>| request);
    let stack = ConcurrencyLimit::new(tagged, 1);
    for builder in [
        core(&hole.url),
        core(&hole.url).transport(HyperTransport::new().unwrap()),
        core(&hole.url).transport(TowerTransport::new(stack)),
    ] {
        let core = builder.retries(attempts(2)).jitter(|| 0.0).build().unwrap();
        let error = create(&core, Some(&RequestOptions::new().attempt_timeout(ms(100)))).await.unwrap_err();
        check_limits(&error, TimeoutPhase::Attempt, Delivery::NotSent);
        assert_eq!((error.attempts(), error.is_retryable()), (2, true));
        let error = create(&core, Some(&RequestOptions::new().timeout(ms(100)))).await.unwrap_err();
        check_limits(&error, TimeoutPhase::Call, Delivery::NotSent);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn waiting_for_a_batch_at_a_host_that_swallows_everything_sends_nothing() {
    use authlete::funcs::token_operations_wait_for_batch;
    use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;

    let hole = BlackHole::new().await;
    let core = core(&hole.url).build().unwrap();
    let request = AuthTokenCreateBatchStatusApiRequest::new("r-1");
    let options = WaitOptions::new().timeout(ms(200));
    let error = token_operations_wait_for_batch(&core, &request, &options).await.unwrap_err();
    check_limits(&error, TimeoutPhase::Wait, Delivery::NotSent);
}

#[tokio::test]
async fn a_handshake_that_does_not_end_is_not_sent_whatever_the_limit() {
    let server = RawServer::start(|stream, _| async move {
        let _stream = stream;
        pending::<()>().await;
    })
    .await;
    let core = core(&server.url().replace("http:", "https:")).build().unwrap();
    let error = create(&core, Some(&RequestOptions::new().attempt_timeout(ms(100)))).await.unwrap_err();
    check_limits(&error, TimeoutPhase::Attempt, Delivery::NotSent);
}

/// The wait for a place in a stack sends nothing; behind it, a service that does not tell may have sent all.
#[tokio::test]
async fn a_stack_that_is_not_ready_has_sent_nothing() {
    let silent = tower::service_fn(|_: http::Request<Full<bytes::Bytes>>| async {
        pending::<Result<Response<ResponseBody>, TransportError>>().await
    });
    let limited = ConcurrencyLimit::new(silent, 1);
    let core = core("http://127.0.0.1:1").transport(TowerTransport::new(limited)).build().unwrap();
    let short = RequestOptions::new().timeout(ms(300));
    let first = tokio::spawn({
        let (core, short) = (core.clone(), short.clone());
        async move { create(&core, Some(&short)).await.unwrap_err() }
    });
    tokio::time::sleep(ms(50)).await;
    let shorter = short.timeout(ms(100));
    check_limits(&create(&core, Some(&shorter)).await.unwrap_err(), TimeoutPhase::Call, Delivery::NotSent);
    check_limits(&first.await.unwrap(), TimeoutPhase::Call, Delivery::MaybeSent);
}

/// Once the request has gone out, a limit is what it was.
#[tokio::test]
async fn a_server_that_is_silent_may_have_got_it() {
    let server = RawServer::start(|mut stream, _| async move {
        crate::support::read_request(&mut stream).await;
        pending::<()>().await;
    })
    .await;
    for builder in [core(&server.url()), core(&server.url()).transport(HyperTransport::new().unwrap())] {
        let core = builder.retries(attempts(3)).build().unwrap();
        let error = create(&core, Some(&RequestOptions::new().attempt_timeout(ms(100)))).await.unwrap_err();
        check_limits(&error, TimeoutPhase::Attempt, Delivery::MaybeSent);
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    }
    let core = core(&server.url()).build().unwrap();
    let error = batch_status(&core, Some(&RequestOptions::new().timeout(ms(100)))).await.unwrap_err();
    check_limits(&error, TimeoutPhase::Call, Delivery::MaybeSent);
}

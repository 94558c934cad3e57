//! What is sent again, and where to.

use authlete::{AuthleteError, Delivery};
use authlete_simulator::{Fault, Operation};

use crate::fake::{Fake, attempts, batch_status, create, dry_run, fine, ms, secs, status};
use crate::support::{RawServer, assert_discreet, core, read_request, simulator};

#[tokio::test]
async fn t01_unsafe_post_is_not_retried() {
    let simulator = simulator().await;
    simulator.inject(Fault::status(502).processed().on(Operation::CreateBatch).times(3));
    let core = core(simulator.url()).retries(attempts(4)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::MaybeSent);
    assert!(!error.is_retryable());
    let ledger = simulator.ledger();
    assert_eq!((ledger.request_count(), ledger.batches().len()), (1, 1));
}

/// The operation that rotated secrets is a GET. The HTTP method decides nothing here: one POST is repeated, another is
/// not, under the same settings of the core.
#[tokio::test(start_paused = true)]
async fn t02_the_operation_decides_and_not_the_method() {
    let fake = Fake::new(|_| status(502));
    let core = fake.core().retries(attempts(3)).build().unwrap();
    create(&core, None).await.unwrap_err();
    assert_eq!(fake.count(), 1);
    dry_run(&core, None).await.unwrap_err();
    assert_eq!(fake.count(), 1 + 3);
    let methods: Vec<_> = fake.requests().iter().map(|request| request.method().clone()).collect();
    assert_eq!(methods, vec![http::Method::POST; 4]);
}

#[tokio::test]
async fn t12_failed_tls_handshake_is_not_retried() {
    // Plain text to a client that wants TLS.
    let server = RawServer::start(|mut stream, _| async move {
        use tokio::io::AsyncWriteExt;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
        read_request(&mut stream).await;
    })
    .await;
    let core = core(&server.url().replace("http:", "https:")).retries(attempts(5)).build().unwrap();
    let error = batch_status(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Connection { .. }), "{error:?}");
    assert_eq!((error.delivery(), error.is_retryable()), (Delivery::NotSent, false));
    assert_eq!((error.attempts(), server.connections()), (1, 1));
    assert_discreet(&error);
}

#[tokio::test]
async fn t13_post_that_was_received_and_then_reset_is_not_retried() {
    for fault in [
        Fault::reset_after_processing(),
        Fault::reset_before_processing(),
        Fault::close_after_processing(),
        Fault::close_before_processing(),
    ] {
        let simulator = simulator().await;
        simulator.inject(fault.always());
        let core = core(simulator.url()).retries(attempts(5)).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert_eq!(simulator.ledger().request_count(), 1);
        assert!(simulator.ledger().batches().len() <= 1);
    }
}

#[tokio::test]
async fn t14_redirect_is_an_error_and_not_followed() {
    for code in [301, 302, 303] {
        let simulator = simulator().await;
        let elsewhere = format!("{}/elsewhere", simulator.url());
        simulator.inject(Fault::status(code).header("location", elsewhere));
        let core = core(simulator.url()).retries(attempts(3)).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert_eq!(error.http().unwrap().status.as_u16(), code);
        assert_eq!(error.delivery(), Delivery::Answered);
        assert_eq!(simulator.ledger().request_count(), 1);
        assert!(simulator.ledger().batches().is_empty());
        assert_discreet(&error);
    }
}

#[tokio::test]
async fn t15_body_and_bearer_are_not_sent_to_another_origin() {
    let other = RawServer::start(|mut stream, _| async move {
        read_request(&mut stream).await;
    })
    .await;
    for code in [307, 308] {
        let simulator = simulator().await;
        simulator.inject(Fault::status(code).header("location", other.url()));
        let core = core(simulator.url()).retries(attempts(3)).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert_eq!(error.http().unwrap().status.as_u16(), code);
        assert_eq!(simulator.ledger().request_count(), 1);
    }
    assert_eq!(other.connections(), 0);
}

/// A retry's first attempt has its body read, so that its connection serves the second.
#[tokio::test]
async fn t11_retries_use_one_connection() {
    let simulator = simulator().await;
    simulator.inject(Fault::status(503).always());
    let quick = attempts(20).initial_interval(ms(1));
    let core = core(simulator.url()).retries(quick).build().unwrap();
    let error = batch_status(&core, None).await.unwrap_err();
    assert_eq!(error.attempts(), 20);
    let ledger = simulator.ledger();
    assert_eq!((ledger.request_count(), ledger.connection_count()), (20, 1));
}

#[tokio::test(start_paused = true)]
async fn t31_provider_is_asked_before_every_attempt() {
    let fake = Fake::new(|number| if number < 2 { status(503) } else { fine() });
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let provider = move || {
        let number = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move { Ok::<_, authlete::BoxError>(format!("bearer-{number}").into()) }
    };
    let core = fake.bare().bearer_provider(provider).retries(attempts(3)).timeout(secs(60)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.header("authorization"), ["Bearer bearer-0", "Bearer bearer-1", "Bearer bearer-2"]);
}

//! What a response becomes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use authlete::models::{TokenBatchStatus, TokenBatchStatusResult};
use authlete::{AuthleteError, Delivery, ResponseProblem};
use authlete_simulator::{Fault, Operation};
use bytes::Bytes;
use http_body::Frame;

use crate::child;
use crate::fake::{Fake, Pieces, attempts, batch_status, create, dry_run, ms, ok};
use crate::support::{assert_discreet, core, simulator};

/// Faults in which the server promises a success and does not keep its word.
fn broken_promises() -> [Fault; 3] {
    [Fault::malformed_body(), Fault::truncated_body(), Fault::stalled_body()]
}

#[tokio::test]
async fn t16_unusable_body_is_a_typed_error() {
    for (number, fault) in broken_promises().into_iter().enumerate() {
        let simulator = simulator().await;
        simulator.inject(fault);
        let core = core(simulator.url()).stall_timeout(ms(100)).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert!(
            matches!(
                (number, &error),
                (0, AuthleteError::ResponseValidation { problem: ResponseProblem::Json { .. }, .. })
                    | (1, AuthleteError::Connection { .. })
                    | (2, AuthleteError::RequestTimeout { .. })
            ),
            "{error:?}"
        );
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert_eq!(simulator.ledger().batches().len(), 1);
        assert_discreet(&error);
    }
}

/// The judge is the exit code of a process in which those failures happened, and its stderr.
#[test]
fn t17_failure_does_not_outlive_its_call() {
    if child::is_child() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for fault in broken_promises() {
                let simulator = simulator().await;
                simulator.inject(fault);
                let core = core(simulator.url()).stall_timeout(ms(50)).build().unwrap();
                assert!(create(&core, None).await.is_err());
                tokio::time::sleep(ms(50)).await;
            }
        });
        drop(runtime);
        println!("the caller goes on");
        return;
    }
    let printed = child::run("defects::answers::t17_failure_does_not_outlive_its_call", &[]);
    assert!(printed.contains("the caller goes on"));
}

#[tokio::test(start_paused = true)]
async fn t24_responses_are_limited_and_not_compressed() {
    const LIMIT: u64 = 16 << 20;
    const PIECE: u64 = 64 << 10;
    // Announced, it is refused unread; else where it passes the limit.
    for (announced, read) in [(Some(LIMIT + 1), 0), (None, LIMIT / PIECE + 1)] {
        let asked = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&asked);
        let fake = Fake::new(move |_| {
            let counter = Arc::clone(&counter);
            let pieces = Pieces::new(std::iter::from_fn(move || {
                counter.fetch_add(1, Ordering::SeqCst);
                Some(Frame::data(Bytes::from(vec![b' '; PIECE as usize])))
            }));
            let pieces = match announced {
                Some(length) => pieces.announcing(length),
                None => pieces,
            };
            Ok(http::Response::new(pieces.into_body()))
        });
        let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
        let too_large = ResponseProblem::TooLarge;
        assert!(matches!(error, AuthleteError::ResponseValidation { problem, .. } if problem == too_large));
        assert_eq!(asked.load(Ordering::SeqCst), read);
    }

    // Nothing compressed is asked for or taken.
    let fake = Fake::new(|_| {
        let mut reply = ok("{}")?;
        reply.headers_mut().insert("content-encoding", http::HeaderValue::from_static("gzip"));
        Ok(reply)
    });
    let core = fake.core().build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    let encoded = ResponseProblem::ContentEncoding;
    assert!(matches!(error, AuthleteError::ResponseValidation { problem, .. } if problem == encoded));
    assert_eq!(fake.header("accept-encoding"), [""]);
}

#[tokio::test]
async fn t25_unknown_enum_values_are_data() {
    let fake = Fake::new(|_| ok(r#"{"status":{"batchKind":"MERGE","result":"PAUSED","tokenCount":1}}"#));
    let core = fake.core().build().unwrap();
    let status = batch_status(&core, None).await.unwrap().value.status.unwrap();
    assert_eq!(status.batch_kind.unwrap().as_str(), "MERGE");
    let result = status.result.unwrap();
    assert!(matches!(result, TokenBatchStatusResult::Unrecognized(_)));
    assert_eq!(result.as_str(), "PAUSED");
}

#[tokio::test]
async fn t26_null_is_absent() {
    let body = r#"{"resultCode":null,"resultMessage":null,"status":{"batchKind":null,"requestId":null,
        "result":null,"errorCode":null,"errorDescription":null,"tokenCount":null,"createdAt":null,"modifiedAt":null}}"#;
    let fake = Fake::new(move |_| ok(body));
    let core = fake.core().build().unwrap();
    let response = batch_status(&core, None).await.unwrap().value;
    assert_eq!(response.status.unwrap(), TokenBatchStatus::default());
    assert_eq!(response.result_code, None);
}

#[tokio::test]
async fn t27_integers_are_exact() {
    // The first integer that a double cannot hold, and the ends of the range.
    for number in [9_007_199_254_740_993, i64::MAX, i64::MIN] {
        let fake = Fake::new(move |_| ok(format!(r#"{{"status":{{"tokenCount":{number}}}}}"#)));
        let core = fake.core().build().unwrap();
        let status = batch_status(&core, None).await.unwrap().value.status.unwrap();
        assert_eq!(status.token_count, Some(number));
    }
    // What does not fit is an error, not another number.
    for number in ["9223372036854775808", "-9223372036854775809", "1.5", "1e19"] {
        let fake = Fake::new(move |_| ok(format!(r#"{{"status":{{"tokenCount":{number}}}}}"#)));
        let core = fake.core().build().unwrap();
        let error = batch_status(&core, None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::ResponseValidation { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn odd_spellings_of_a_right_value_are_read() {
    let body = r#"{"resultCode":"A","resultCode":"\ud800 \ud83d\ude00","status":{"requestId":"r"},
        "status":{"tokenCount":5.0,"createdAt":1.9E12,"modifiedAt":-0,"errorCode":"E","errorCode":null}}"#;
    let fake = Fake::new(move |_| ok(body));
    let response = batch_status(&fake.core().build().unwrap(), None).await.unwrap().value;
    assert_eq!(response.result_code.as_deref(), Some("\u{fffd} \u{1f600}"));
    let expected = TokenBatchStatus::new().token_count(5).created_at(1_900_000_000_000).modified_at(0);
    assert_eq!(response.status, Some(expected));
}

#[tokio::test]
async fn t28_result_of_a_404_keeps_its_code() {
    let simulator = simulator().await;
    let core = core(simulator.url()).retries(attempts(3)).build().unwrap();
    let error = batch_status(&core, None).await.unwrap_err();
    let AuthleteError::Result { error: result, .. } = &error else { panic!("{error:?}") };
    assert_eq!(result.result_code.as_deref(), Some("A481302"));
    assert_eq!(error.http().unwrap().status, http::StatusCode::NOT_FOUND);
    assert!(error.to_string().contains("404 with A481302"), "{error}");
    assert_eq!(simulator.ledger().requests_for(Operation::BatchStatus).len(), 1);
    // A dry run that is refused tells why, too.
    simulator.inject(Fault::status(404).with_body("<html>"));
    let error = dry_run(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Default { .. }), "{error:?}");
}

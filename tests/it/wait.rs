//! Waiting for a batch, on a paused clock over a transport that plays a script.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::funcs::{token_operations_auth_token_create_batch_api, token_operations_wait_for_batch};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{TokenBatchStatus, TokenBatchStatusResult};
use authlete::transport::{ResponseBody, TransportError, transport_fn};
use authlete::{
    ApiResult, AuthleteCore, AuthleteError, Delivery, RequestOptions, RetryConfig, TimeoutPhase, WaitOptions,
};
use tokio::time::Instant;

use crate::support::{SERVER_SECRET, assert_discreet, core, simulator, token};

/// What the server says to one question.
#[derive(Clone, Copy, Debug)]
enum Say {
    Pending,
    NoStatus,
    Done(&'static str),
    /// The success of the batch with this ID.
    Of(&'static str),
    Status(u16),
    RetryAfter(u16, u32),
    Broken,
    Silence,
}

/// A server that goes through a script and repeats its last line, and the times it was asked.
struct Script {
    core: AuthleteCore,
    asked: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    fn new(lines: &'static [Say]) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, start, next) = (Arc::clone(&asked), Instant::now(), AtomicUsize::new(0));
        let transport = transport_fn(move |_| {
            log.lock().unwrap().push(start.elapsed());
            let line = lines[next.fetch_add(1, Ordering::SeqCst).min(lines.len() - 1)];
            async move {
                let body = match line {
                    Say::Pending => r#"{"status":{"result":null,"tokenCount":0}}"#.to_owned(),
                    Say::NoStatus => r#"{"resultCode":"A447001","status":null}"#.to_owned(),
                    Say::Done(result) => format!(r#"{{"status":{{"result":"{result}","tokenCount":3}}}}"#),
                    Say::Of(id) => format!(r#"{{"status":{{"requestId":"{id}","result":"SUCCEEDED"}}}}"#),
                    Say::Status(404) | Say::RetryAfter(404, _) => r#"{"resultCode":"A481302"}"#.to_owned(),
                    Say::RetryAfter(200, _) => r#"{"status":null}"#.to_owned(),
                    Say::Status(_) | Say::RetryAfter(..) => {
                        format!(r#"{{"resultMessage":"{SERVER_SECRET}"}}"#)
                    }
                    Say::Broken => return Err(TransportError::new("reset")),
                    Say::Silence => std::future::pending().await,
                };
                let mut response = http::Response::new(ResponseBody::from(body));
                if let Say::Status(status) | Say::RetryAfter(status, _) = line {
                    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                }
                if let Say::RetryAfter(_, seconds) = line {
                    response.headers_mut().insert("retry-after", seconds.into());
                }
                Ok(response)
            }
        });
        let core = core("http://127.0.0.1").transport(transport).jitter(|| 1.0).build().unwrap();
        Self { core, asked }
    }

    async fn wait(&self, options: &WaitOptions) -> ApiResult<TokenBatchStatus> {
        let request = AuthTokenCreateBatchStatusApiRequest::new("batch");
        token_operations_wait_for_batch(&self.core, &request, options).await
    }

    fn asked_ms(&self) -> Vec<u128> {
        self.asked.lock().unwrap().iter().map(Duration::as_millis).collect()
    }
}

fn failed(result: ApiResult<TokenBatchStatus>) -> AuthleteError {
    let error = result.unwrap_err();
    assert_discreet(&error);
    error
}

#[tokio::test(start_paused = true)]
async fn null_absent_and_missing_results_are_pending() {
    let script = Script::new(&[Say::Pending, Say::NoStatus, Say::Pending, Say::Done("SUCCEEDED")]);
    let status = script.wait(&WaitOptions::new()).await.unwrap().into_value();
    assert_eq!(status.result, Some(TokenBatchStatusResult::Succeeded));
    assert_eq!(status.token_count, Some(3));
    assert_eq!(script.asked_ms(), [0, 500, 1_250, 2_375]);
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_up_to_the_longest() {
    let script =
        Script::new(&[Say::Pending, Say::Pending, Say::Pending, Say::Pending, Say::Done("SUCCEEDED")]);
    let options =
        WaitOptions::new().initial_interval(Duration::from_secs(2)).max_interval(Duration::from_secs(4));
    script.wait(&options).await.unwrap();
    assert_eq!(script.asked_ms(), [0, 2_000, 5_000, 9_000, 13_000]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_batch_is_data() {
    let script = Script::new(&[Say::Done("FAILED")]);
    let status = script.wait(&WaitOptions::new()).await.unwrap().into_value();
    assert_eq!(status.result, Some(TokenBatchStatusResult::Failed));
}

#[tokio::test(start_paused = true)]
async fn another_word_than_succeeded_or_failed_ends_no_wait() {
    for word in ["IN_PROGRESS", "succeeded", "Failed", "PARTLY", " SUCCEEDED"] {
        let lines = Box::leak(Box::new([Say::Done(word), Say::Done(word), Say::Done("SUCCEEDED")]));
        let script = Script::new(lines);
        let status = script.wait(&WaitOptions::new()).await.unwrap().into_value();
        assert_eq!(status.result, Some(TokenBatchStatusResult::Succeeded), "{word}");
        assert_eq!(script.asked_ms().len(), 3, "{word}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_word_is_in_the_error_at_the_limit() {
    let limit = WaitOptions::new().timeout(Duration::from_secs(5));
    for (word, shown) in [
        ("IN_PROGRESS", "the wait took too long; the last state was \"IN_PROGRESS\""),
        ("", "the wait took too long; the last state was \"\""),
        ("eyJhbGciOiJub25lIn0.x", "the wait took too long; the last state is no word of the API"),
    ] {
        let script = Script::new(Box::leak(Box::new([Say::Done(word)])));
        let error = failed(script.wait(&limit).await);
        assert!(
            matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Wait, .. }),
            "{error:?}"
        );
        assert_eq!(error.last_state(), Some(word));
        assert!(error.to_string().ends_with(shown), "{error}");
        assert!(word.is_empty() || !format!("{error:?}").contains(word), "{error:?}");
    }
    let error = failed(Script::new(&[Say::Pending]).wait(&limit).await);
    assert_eq!(error.last_state(), None);
    assert!(error.to_string().ends_with("the wait took too long"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_status_of_another_batch_ends_no_wait() {
    let script = Script::new(&[Say::Of("another"), Say::Of("Batch"), Say::Of(""), Say::Of("batch")]);
    let status = script.wait(&WaitOptions::new()).await.unwrap().into_value();
    assert_eq!(status.request_id.as_deref(), Some("batch"));
    assert_eq!(script.asked_ms().len(), 4);
    let script = Script::new(&[Say::Of("another")]);
    let error = failed(script.wait(&WaitOptions::new().timeout(Duration::from_secs(60))).await);
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Wait, .. }), "{error:?}");
    assert_eq!(error.last_state(), None, "what is said of another batch says nothing of this one");
}

#[tokio::test(start_paused = true)]
async fn an_early_404_is_pending_for_the_grace_only() {
    let script = Script::new(&[Say::Status(404), Say::Status(404), Say::Done("SUCCEEDED")]);
    script.wait(&WaitOptions::new()).await.unwrap();
    assert_eq!(script.asked_ms().len(), 3);

    let script = Script::new(&[Say::Status(404)]);
    let options = WaitOptions::new().not_found_grace(Duration::from_millis(1_000));
    let error = failed(script.wait(&options).await);
    assert!(
        matches!(&error, AuthleteError::Result { error, .. } if error.result_code.as_deref() == Some("A481302"))
    );
    assert_eq!(script.asked_ms(), [0, 500, 1_250]);

    let script = Script::new(&[Say::Status(404)]);
    failed(script.wait(&WaitOptions::new().not_found_grace(Duration::ZERO)).await);
    assert_eq!(script.asked_ms(), [0]);
}

#[tokio::test(start_paused = true)]
async fn transient_failures_are_borne_for_a_time_and_not_for_a_number() {
    // An outage of a minute: one question fails every 10 s at most.
    let mut lines = vec![Say::Pending];
    lines.extend((0..12).map(|number| if number % 2 == 0 { Say::Status(503) } else { Say::Broken }));
    lines.extend([Say::Pending, Say::Status(500), Say::Done("SUCCEEDED")]);
    let script = Script::new(lines.leak());
    script.wait(&WaitOptions::new()).await.unwrap();
    assert!(script.asked_ms().last().unwrap() > &60_000);

    let script = Script::new(&[Say::Status(503)]);
    let error = failed(script.wait(&WaitOptions::new().max_outage(Duration::from_secs(30))).await);
    assert_eq!(error.http().unwrap().status, 503);
    let asked = script.asked_ms();
    assert!((30_000..=40_000).contains(asked.last().unwrap()), "{asked:?}");

    // A question that is answered ends an outage.
    let script = Script::new(&[
        Say::Status(503),
        Say::Pending,
        Say::Broken,
        Say::Pending,
        Say::Status(500),
        Say::Done("FAILED"),
    ]);
    script.wait(&WaitOptions::new().max_outage(Duration::from_millis(1))).await.unwrap();

    // None at all is borne.
    let script = Script::new(&[Say::Status(503)]);
    failed(script.wait(&WaitOptions::new().max_outage(Duration::ZERO)).await);
    assert_eq!(script.asked_ms(), [0]);
}

#[tokio::test(start_paused = true)]
async fn a_lasting_failure_ends_the_wait_at_once() {
    for lines in [&[Say::Status(401)], &[Say::Status(400)]] {
        let script = Script::new(lines);
        let error = failed(script.wait(&WaitOptions::new()).await);
        assert!(!error.is_retryable());
        assert_eq!(script.asked_ms(), [0]);
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_lengthens_the_pause() {
    let script = Script::new(&[Say::RetryAfter(429, 7), Say::Done("SUCCEEDED")]);
    script.wait(&WaitOptions::new()).await.unwrap();
    assert_eq!(script.asked_ms(), [0, 7_000]);
}

/// Its own limit ends the first question, with retries or without.
#[tokio::test(start_paused = true)]
async fn a_question_without_an_answer_is_asked_again() {
    for retries in [RetryConfig::None, RetryConfig::backoff()] {
        let script =
            Script::new(&[Say::Silence, Say::Silence, Say::Silence, Say::Pending, Say::Done("SUCCEEDED")]);
        let question = RequestOptions::new().timeout(Duration::from_secs(20)).retries(retries);
        let waited = script.wait(&WaitOptions::new().request(question)).await.unwrap().into_value();
        assert_eq!(waited.result, Some(TokenBatchStatusResult::Succeeded));
    }
    let script = Script::new(&[Say::Silence]);
    let question = RequestOptions::new().timeout(Duration::from_secs(20));
    let error =
        failed(script.wait(&WaitOptions::new().max_outage(Duration::from_secs(30)).request(question)).await);
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, .. }), "{error:?}");
    assert_eq!(script.asked_ms().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn retry_after_lengthens_the_pause_after_an_answer_too() {
    for line in [Say::RetryAfter(404, 7), Say::RetryAfter(200, 7)] {
        let script = Script::new(Box::leak(Box::new([line, Say::Done("SUCCEEDED")])));
        script.wait(&WaitOptions::new()).await.unwrap();
        assert_eq!(script.asked_ms(), [0, 7_000]);
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_kept_between_questions_and_within_one() {
    let started = Instant::now();
    let script = Script::new(&[Say::Pending]);
    let error = failed(script.wait(&WaitOptions::new().timeout(Duration::from_secs(30))).await);
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Wait, .. }));
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.delivery(), Delivery::Answered);
    assert_eq!(error.operation(), Some("auth_token_create_batch_status_api"));
    assert!(started.elapsed() <= Duration::from_secs(30));

    let started = Instant::now();
    let script = Script::new(&[Say::Silence]);
    let error = failed(script.wait(&WaitOptions::new().timeout(Duration::from_secs(3))).await);
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Wait, .. }));
    assert_eq!((started.elapsed().as_secs(), error.delivery()), (3, Delivery::MaybeSent));
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_deadline_is_not_waited_for() {
    let started = Instant::now();
    let script = Script::new(&[Say::RetryAfter(503, 60)]);
    let error = failed(script.wait(&WaitOptions::new().timeout(Duration::from_secs(10))).await);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert_eq!(started.elapsed(), Duration::ZERO);
    assert_eq!(script.asked_ms(), [0]);
}

#[tokio::test(start_paused = true)]
async fn the_last_failure_is_told_if_there_is_no_time_to_ask_again() {
    let script = Script::new(&[Say::Pending, Say::Broken]);
    let error = failed(script.wait(&WaitOptions::new().timeout(Duration::from_secs(3))).await);
    assert!(matches!(error, AuthleteError::Connection { .. }));
    assert!(error.is_retryable());
    assert_eq!(script.asked_ms(), [0, 500, 1_250, 2_375]);

    // A failure that has passed is none.
    let script = Script::new(&[Say::Broken, Say::Pending]);
    let error = failed(script.wait(&WaitOptions::new().timeout(Duration::from_secs(3))).await);
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Wait, .. }));
}

#[tokio::test(start_paused = true)]
async fn a_wait_may_cross_threads() {
    let script = Arc::new(Script::new(&[Say::Pending, Say::Done("SUCCEEDED")]));
    let wait = tokio::spawn(async move { script.wait(&WaitOptions::new()).await });
    wait.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn dropping_the_future_stops_the_questions() {
    let script = Script::new(&[Say::Pending]);
    let options = WaitOptions::new();
    tokio::select! {
        _ = script.wait(&options) => panic!("it cannot finish"),
        () = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
    let asked = script.asked_ms();
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(script.asked_ms(), asked);
}

#[tokio::test(start_paused = true)]
async fn extreme_settings_do_not_panic() {
    let script = Script::new(&[Say::Pending]);
    let options = WaitOptions::new()
        .timeout(Duration::from_secs(5))
        .initial_interval(Duration::MAX)
        .max_interval(Duration::MAX)
        .not_found_grace(Duration::MAX);
    failed(script.wait(&options).await);
    let script = Script::new(&[Say::Done("SUCCEEDED")]);
    script.wait(&WaitOptions::new().timeout(Duration::MAX)).await.unwrap();
}

#[tokio::test]
async fn a_real_batch_is_waited_for() {
    let simulator = simulator().await;
    let core = core(simulator.url()).build().unwrap();
    let request = AuthTokenCreateBatchApiRequest::new([token()]);
    let created = token_operations_auth_token_create_batch_api(&core, &request, None).await.unwrap().value;
    let request = AuthTokenCreateBatchStatusApiRequest::new(created.request_id.unwrap());
    let options = WaitOptions::new().initial_interval(Duration::from_millis(5));
    let status = token_operations_wait_for_batch(&core, &request, &options).await.unwrap().into_value();
    assert_eq!(status.result, Some(TokenBatchStatusResult::Succeeded));
    assert_eq!(simulator.ledger().token_count(), 1);
}

/// Whatever a server says, a wait that ends well has been told of the end of this very batch, and every wait ends in time.
#[tokio::test(start_paused = true)]
async fn a_wait_on_any_server_ends_rightly_or_in_an_error() {
    for seed in 0..10_000_u64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut draw = |bound: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from((state >> 11) % bound).unwrap()
        };
        let lines: Vec<Say> = (0..1 + draw(8))
            .map(|_| match draw(12) {
                0 => Say::Pending,
                1 => Say::NoStatus,
                2 => Say::Done(["SUCCEEDED", "FAILED"][draw(2)]),
                3 | 4 => Say::Done(["IN_PROGRESS", "", "succeeded", "DONE"][draw(4)]),
                5 => Say::Of(["batch", "another", ""][draw(3)]),
                6 => Say::Status([404, 429, 500, 502, 503, 504][draw(6)]),
                7 => Say::RetryAfter([200, 404, 429, 503][draw(4)], u32::try_from(draw(90)).unwrap()),
                8 => Say::Broken,
                9 => Say::Silence,
                10 => Say::Status([400, 401, 403][draw(3)]),
                _ => Say::Pending,
            })
            .collect();
        let is_end = |line: &Say| matches!(line, Say::Done("SUCCEEDED" | "FAILED") | Say::Of("batch"));
        let first_end = lines.iter().position(is_end);
        let started = Instant::now();
        let limit = Duration::from_secs(1 + u64::try_from(draw(120)).unwrap());
        let script = Script::new(lines.clone().leak());
        let waited = script.wait(&WaitOptions::new().timeout(limit)).await;
        assert!(started.elapsed() <= limit, "seed {seed}: {lines:?}");
        let asked = script.asked_ms().len();
        if waited.is_ok() {
            assert_eq!(Some(asked - 1), first_end, "seed {seed}: {lines:?}");
        } else {
            assert!(first_end.is_none_or(|end| asked <= end), "seed {seed}: {lines:?}");
        }
    }
}

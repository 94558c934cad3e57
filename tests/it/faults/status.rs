//! Statuses and headers, answered by the simulator in place of, or after, doing what was asked.

use std::time::{Duration, SystemTime};

use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteCore, AuthleteError, Backoff, Delivery, ResponseProblem};
use authlete_simulator::{Fault, Simulator};
use tokio::time::Instant;

use super::trial::{
    ATTEMPTS, Repeated, Row, Seen, create, impatient, is_default, is_result, is_unusable, status,
};
use crate::fake::{self, Fake};
use crate::support::{RawServer, SERVER_SECRET, assert_discreet, core, simulator};

/// Lets both operations meet this fault, each attempt anew; tells what the simulator has seen.
async fn check(row: Row, fault: Fault) -> Simulator {
    let simulator = simulator().await;
    simulator.inject(fault.always());
    let core = impatient(simulator.url()).build().unwrap();
    row.check(&core, None).await;
    let expected = match row.repeated {
        Repeated::Any => 2 * ATTEMPTS,
        Repeated::SafeOnly => 1 + ATTEMPTS,
        Repeated::Never => 2,
    };
    assert_eq!(simulator.ledger().request_count(), expected as usize);
    simulator
}

const REFUSED: Row = Row { kind: is_default, delivery: Delivery::Answered, repeated: Repeated::Never };
const UNUSABLE: Row = Row { kind: is_unusable, delivery: Delivery::MaybeSent, repeated: Repeated::Never };

#[tokio::test]
async fn row_50_redirects_are_not_followed() {
    let target = RawServer::start(|_, _| async {}).await;
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = format!("{}/{SERVER_SECRET}", target.url());
        check(REFUSED, Fault::status(status).with_body("").header("location", &elsewhere)).await;
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn row_51_refusals_with_a_code() {
    for status in [400, 401, 403, 404] {
        let body = format!(r#"{{"resultCode":"A001215","resultMessage":"{SERVER_SECRET}"}}"#);
        let row = Row {
            kind: |error| {
                matches!(error, AuthleteError::Result { error, .. } if
                    error.result_code.as_deref() == Some("A001215")
                    && error.result_message.as_deref() == Some(SERVER_SECRET))
            },
            ..REFUSED
        };
        check(row, Fault::status(status).with_body(body)).await;
    }
}

#[tokio::test]
async fn an_object_of_another_shape_is_authlete_s_answer_all_the_same() {
    let body = format!(r#"{{"resultCode":"A001215","resultMessage":{{"text":"{SERVER_SECRET}"}}}}"#);
    let row = Row {
        kind: |error| matches!(error, AuthleteError::Result { error, .. } if error.result_code.is_none()),
        ..REFUSED
    };
    check(row, Fault::status(400).with_body(body)).await;
    check(REFUSED, Fault::status(400).with_body(r#"{"resultCode":"A001215""#)).await;
}

#[tokio::test]
async fn row_52_a_404_page() {
    let page = format!("<html>{SERVER_SECRET}</html>");
    check(REFUSED, Fault::status(404).with_body(page).header("content-type", "text/html")).await;
}

#[tokio::test]
async fn row_58_statuses_that_leave_the_effect_open() {
    for status in [500, 502, 504] {
        for body in ["{}", OWN] {
            let row = Row { kind: is_result, delivery: Delivery::MaybeSent, repeated: Repeated::SafeOnly };
            let simulator = check(row, Fault::status(status).with_body(body).processed()).await;
            assert_eq!(simulator.ledger().batches().len(), 1, "the batch was started again");
        }
    }
}

#[tokio::test]
async fn row_67_a_content_encoding_nobody_asked_for() {
    let row = Row { kind: |error| problem(error) == Some(ResponseProblem::ContentEncoding), ..UNUSABLE };
    check(row, Fault::status(200).with_body("{}").header("content-encoding", "gzip").processed()).await;
}

#[tokio::test]
async fn row_69_a_page_for_an_answer() {
    let row = Row { kind: |error| problem(error) == Some(ResponseProblem::ContentType), ..UNUSABLE };
    let page = format!("<html>{SERVER_SECRET}</html>");
    check(row, Fault::status(200).with_body(page).header("content-type", "text/html").processed()).await;
}

#[tokio::test]
async fn row_70_a_success_without_an_answer() {
    for status in [201, 204] {
        let row = Row { kind: |error| problem(error) == Some(ResponseProblem::NotAnObject), ..UNUSABLE };
        let simulator = check(row, Fault::status(status).with_body("").processed()).await;
        assert_eq!(simulator.ledger().batches().len(), 1);
    }
    // Any 2xx with the documented object is a success: losing its request ID would be worse than taking it.
    let simulator = simulator().await;
    simulator.inject(Fault::status(201).with_body("{\"requestId\":\"r\"}").processed());
    create(&core(simulator.url()).build().unwrap()).await.unwrap();
}

fn problem(error: &AuthleteError) -> Option<ResponseProblem> {
    match error {
        AuthleteError::ResponseValidation { problem, .. } => Some(*problem),
        _ => None,
    }
}

/// Row 96: a relay may answer so after passing the request on, which the ledger shows it has.
#[tokio::test]
async fn row_96_what_a_relay_may_say_of_a_request_that_it_passed_on() {
    for status in [408, 409, 425, 429, 499, 503] {
        let repeated = if [408, 429, 503].contains(&status) { Repeated::SafeOnly } else { Repeated::Never };
        for body in ["", "<html>busy</html>", r#"{"error":"busy"}"#, r#"{"resultCode":"SIM900"}"#] {
            let kind = if body.starts_with('{') { is_result } else { is_default };
            let row = Row { kind, delivery: Delivery::MaybeSent, repeated };
            let simulator = check(row, Fault::status(status).with_body(body).processed()).await;
            assert_eq!(simulator.ledger().batches().len(), 1, "the batch was started again");
        }
        let row = Row { kind: is_result, delivery: Delivery::Answered, repeated };
        let simulator = check(row, Fault::status(status).with_body(OWN)).await;
        assert_eq!(simulator.ledger().batches().len(), 0);
    }
}

/// A body with a code of Authlete's.
const OWN: &str = r#"{"resultCode":"A001215"}"#;

/// A core on a paused clock whose server refuses with this status, body and header, and succeeds the second time.
fn refusing_once(status: u16, body: &'static str, retry_after: &[&[u8]], seen: &Seen) -> AuthleteCore {
    let seen = seen.clone();
    let values: Vec<_> =
        retry_after.iter().map(|value| http::HeaderValue::from_bytes(value).unwrap()).collect();
    let transport = transport_fn(move |_| {
        seen.one();
        let mut response = http::Response::new(ResponseBody::from(body));
        if seen.count() == 1 {
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            for value in &values {
                response.headers_mut().append("retry-after", value.clone());
            }
        }
        async { Ok(response) }
    });
    core("http://127.0.0.1").transport(transport).retries(Backoff::default()).jitter(|| 1.0).build().unwrap()
}

/// How long the question took, with its one repetition.
async fn elapsed(status_code: u16, retry_after: &[&[u8]]) -> Duration {
    let seen = Seen::default();
    let core = refusing_once(status_code, "{}", retry_after, &seen);
    let started = Instant::now();
    status(&core).await.unwrap();
    assert_eq!(seen.count(), 2);
    started.elapsed()
}

/// That a batch is not created again, whatever the server says of later.
async fn check_creation_is_not_repeated(status: u16, retry_after: &[&[u8]]) {
    for (body, delivery) in [(OWN, Delivery::Answered), ("{}", Delivery::MaybeSent)] {
        let seen = Seen::default();
        let core = refusing_once(status, body, retry_after, &seen);
        let error = create(&core).await.unwrap_err();
        assert_eq!((seen.count(), error.attempts(), error.delivery()), (1, 1, delivery));
        assert!(error.retry_after().is_some() && !error.is_retryable());
        assert_eq!(error.may_resend(), delivery == Delivery::Answered);
        assert_discreet(&error);
    }
}

#[tokio::test(start_paused = true)]
async fn row_53_429_with_seconds() {
    let waited = elapsed(429, &[b"2"]).await;
    assert!(waited >= Duration::from_secs(2) && waited < Duration::from_millis(2_100), "{waited:?}");
    check_creation_is_not_repeated(429, &[b"2"]).await;
}

#[tokio::test(start_paused = true)]
async fn row_54_503_with_a_date() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(20));
    let waited = elapsed(503, &[date.as_bytes()]).await;
    assert!(waited > Duration::from_millis(18_500) && waited <= Duration::from_millis(20_100), "{waited:?}");
    check_creation_is_not_repeated(503, &[date.as_bytes()]).await;
}

#[tokio::test(start_paused = true)]
async fn row_55_longer_than_the_call_may_take() {
    let seen = Seen::default();
    let core = refusing_once(503, OWN, &[b"61"], &seen);
    let started = Instant::now();
    let error = status(&core).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert!(error.is_retryable());
    assert_eq!((started.elapsed(), seen.count(), error.delivery()), (Duration::ZERO, 1, Delivery::Answered));
    assert_discreet(&error);
}

#[tokio::test(start_paused = true)]
async fn row_56_values_that_are_no_retry_after() {
    let nonsense: [&[&[u8]]; 7] =
        [&[b"0x10"], &[b"-5"], &[b"1e3"], &[b"2", b"3"], &[b"\xff\xfe"], &[b""], &[b"soon 2099"]];
    for values in nonsense {
        assert_eq!(elapsed(503, values).await, Duration::from_millis(500), "{values:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn row_56_a_number_too_large_is_a_very_long_time() {
    for asked in ["4294967296", "18446744073709551615", "18446744073709551616", &"9".repeat(400)] {
        let seen = Seen::default();
        let core = refusing_once(503, OWN, &[asked.as_bytes()], &seen);
        let started = Instant::now();
        let error = status(&core).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(u32::MAX.into())), "{asked}");
        assert_eq!((started.elapsed(), seen.count()), (Duration::ZERO, 1), "{asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn row_57_a_date_in_the_past() {
    assert_eq!(elapsed(503, &[b"Sun, 06 Nov 1994 08:49:37 GMT"]).await, Duration::from_millis(500));
}

#[tokio::test(start_paused = true)]
async fn row_59_a_brown_out_does_not_multiply_the_load() {
    let server = Fake::new(|_| fake::status(503));
    let core = server.core().retries(Backoff::default()).build().unwrap();
    for _ in 0..1_000 {
        let error = status(&core).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Answered);
        assert_discreet(&error);
    }
    assert!(server.count() < 1_050, "{} requests for 1,000 calls", server.count());
}

#[tokio::test(start_paused = true)]
async fn row_77_a_pause_that_does_not_fit_is_not_begun() {
    let server = Fake::new(|_| fake::status(502));
    let patient = Backoff::new().initial_interval(Duration::from_secs(4)).max_attempts(9);
    let core =
        server.core().retries(patient).jitter(|| 1.0).timeout(Duration::from_secs(12)).build().unwrap();
    let started = Instant::now();
    let error = status(&core).await.unwrap_err();
    // After 4 s and 6 s more there is no room for the 9 s that come next.
    assert_eq!((started.elapsed(), server.count()), (Duration::from_secs(10), 3));
    assert!(is_result(&error));
    assert_eq!((error.http().unwrap().status.as_u16(), error.delivery()), (502, Delivery::MaybeSent));
    assert_discreet(&error);
}

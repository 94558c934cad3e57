//! Bodies of every make, within the limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use authlete::transport::{ResponseBody, TransportError};
use authlete::{AuthleteError, Delivery, ResponseProblem, TimeoutPhase};
use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body::Frame;
use http_body_util::{BodyExt, Empty, Full};

use crate::fake::{Fake, Pieces, Reply, create, ms, ok};
use crate::support::{SERVER_SECRET, assert_discreet};

const JSON: &str = r#"{"resultCode":"A482001","requestId":"r-1"}"#;

/// The frames of [`JSON`], one for each `size` bytes.
fn pieces(size: usize) -> Pieces {
    let frames: Vec<_> =
        JSON.as_bytes().chunks(size).map(|part| Frame::data(Bytes::from_static(part))).collect();
    Pieces::new(frames)
}

fn reply(body: ResponseBody) -> Reply {
    Ok(Response::new(body))
}

#[tokio::test]
async fn frames_are_put_together() {
    for size in 1..=JSON.len() {
        for announced in [None, Some(JSON.len() as u64), Some(1), Some(1_000_000)] {
            let fake = Fake::new(move |_| {
                let pieces = pieces(size);
                reply(
                    announced
                        .map_or_else(|| self::pieces(size), |length| pieces.announcing(length))
                        .into_body(),
                )
            });
            let created = create(&fake.core().build().unwrap(), None).await.unwrap().into_value();
            assert_eq!(created.request_id.as_deref(), Some("r-1"));
        }
    }
}

#[tokio::test]
async fn empty_frames_and_trailers_are_passed_over() {
    let fake = Fake::new(|_| {
        let (start, end) = JSON.split_at(5);
        let trailers = || Frame::trailers(HeaderMap::new());
        let frames =
            ["", "", start, "", end, ""].map(|part| Frame::data(Bytes::from_static(part.as_bytes())));
        reply(Pieces::new(frames.into_iter().flat_map(move |frame| [frame, trailers()])).into_body())
    });
    let created = create(&fake.core().build().unwrap(), None).await.unwrap().into_value();
    assert_eq!(created.request_id.as_deref(), Some("r-1"));
}

#[tokio::test]
async fn limit_counts_all_frames() {
    for size in [1, 7, JSON.len()] {
        let fake = Fake::new(move |_| reply(pieces(size).into_body()));
        let core = fake.core().max_response_bytes(JSON.len()).build().unwrap();
        create(&core, None).await.unwrap();
        let core = fake.core().max_response_bytes(JSON.len() - 1).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        let too_large = ResponseProblem::TooLarge;
        assert!(matches!(error, AuthleteError::ResponseValidation { problem, .. } if problem == too_large));
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert_eq!(error.http().unwrap().status, http::StatusCode::OK);
    }
}

/// Not even without a limit does an announcement decide what is allocated.
#[tokio::test]
async fn impossible_announcement_is_no_panic() {
    for length in [1 << 62, u64::MAX] {
        let fake = Fake::new(move |_| reply(pieces(7).announcing(length).into_body()));
        let core = fake.core().max_response_bytes(usize::MAX).build().unwrap();
        create(&core, None).await.unwrap();
    }
}

#[tokio::test]
async fn error_bodies_are_cut() {
    for size in [1, 7, JSON.len()] {
        for limit in [0, 1, 10, JSON.len() - 1, JSON.len(), 100] {
            let fake = Fake::new(move |_| {
                let mut reply = reply(pieces(size).announcing(u64::MAX).into_body())?;
                *reply.status_mut() = http::StatusCode::BAD_REQUEST;
                Ok(reply)
            });
            let core = fake.core().max_error_bytes(limit).build().unwrap();
            let error = create(&core, None).await.unwrap_err();
            assert_eq!(error.body().unwrap(), &JSON.as_bytes()[..limit.min(JSON.len())]);
            let whole = matches!(error, AuthleteError::Result { .. });
            assert_eq!(whole, limit >= JSON.len(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn bodies_of_other_crates_fit() {
    let makers: [fn() -> ResponseBody; 4] = [
        || ResponseBody::new(Full::new(Bytes::from_static(JSON.as_bytes()))),
        || ResponseBody::from(JSON.to_owned()),
        || ResponseBody::from(JSON.as_bytes().to_vec()),
        || ResponseBody::new(ResponseBody::from(JSON)),
    ];
    for maker in makers {
        let fake = Fake::new(move |_| reply(maker()));
        create(&fake.core().build().unwrap(), None).await.unwrap();
    }
    let fake = Fake::new(|_| reply(ResponseBody::new(Empty::new())));
    let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::ResponseValidation { problem: ResponseProblem::NotAnObject, .. }));
}

#[tokio::test]
async fn broken_body_is_a_broken_exchange() {
    let fake = Fake::new(|_| {
        let body = Full::new(Bytes::from_static(b"{\"")).map_err(|error| match error {});
        let body = body.with_trailers(async { Some(Err(std::io::Error::other("cut off"))) });
        reply(ResponseBody::new(body))
    });
    let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Connection { .. }), "{error:?}");
    assert_eq!(error.delivery(), Delivery::MaybeSent);
}

/// Neither a lack of data nor data that never amounts to anything holds a call longer than its limits.
#[tokio::test]
async fn body_that_goes_nowhere_is_a_timeout() {
    let frames: [fn() -> Frame<Bytes>; 2] =
        [|| Frame::data(Bytes::new()), || Frame::trailers(HeaderMap::new())];
    for frame in frames {
        let fake = Fake::new(move |_| reply(Pieces::new(std::iter::repeat_with(frame)).into_body()));
        let core = fake.core().stall_timeout(ms(50)).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        assert!(
            matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Stall, .. }),
            "{error:?}"
        );
    }
}

/// A body that always has more at hand is read no longer than any other, and lets other tasks run.
#[tokio::test]
async fn body_that_is_always_ready_does_not_outrun_a_deadline() {
    for code in [200, 400] {
        let frames = Arc::new(AtomicU32::new(0));
        let made = Arc::clone(&frames);
        let fake = Fake::new(move |_| {
            let made = Arc::clone(&made);
            let slow = std::iter::repeat_with(move || {
                made.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(std::time::Duration::from_micros(20));
                Frame::data(Bytes::from_static(b" "))
            });
            let mut reply = reply(Pieces::new(slow).into_body())?;
            *reply.status_mut() = http::StatusCode::from_u16(code).unwrap();
            Ok(reply)
        });
        let limits = [
            (fake.core().timeout(ms(200)), TimeoutPhase::Call),
            (fake.core().attempt_timeout(ms(200)), TimeoutPhase::Attempt),
        ];
        for (core, expected) in limits {
            let core = core.max_response_bytes(usize::MAX).max_error_bytes(usize::MAX).build().unwrap();
            frames.store(0, Ordering::Relaxed);
            let started = std::time::Instant::now();
            let turns = Arc::new(AtomicU32::new(0));
            let counted = Arc::clone(&turns);
            let other = tokio::spawn(async move {
                loop {
                    tokio::task::yield_now().await;
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            });
            let error = create(&core, None).await.unwrap_err();
            let elapsed = started.elapsed();
            assert!(elapsed >= ms(200) && elapsed < ms(5_000), "{elapsed:?}");
            other.abort();
            // On a machine that is busy there may be few frames, and no turn between them.
            let (turns, frames) = (turns.load(Ordering::Relaxed), frames.load(Ordering::Relaxed));
            assert!(turns >= frames / 500, "{turns} turns between {frames} frames");
            match error {
                AuthleteError::RequestTimeout { phase, .. } if code == 200 => assert_eq!(phase, expected),
                // An error status says enough, whatever becomes of its body.
                AuthleteError::Default { .. } if code == 400 => {}
                error => panic!("{error:?}"),
            }
        }
    }
}

#[tokio::test]
async fn byte_order_mark_before_an_error_body_does_no_harm() {
    let fake = Fake::new(|_| {
        let mut reply = ok("\u{feff} {\"resultCode\":\"A001101\"}")?;
        *reply.status_mut() = http::StatusCode::BAD_REQUEST;
        Ok(reply)
    });
    let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
    let AuthleteError::Result { error: result, .. } = &error else { panic!("{error:?}") };
    assert_eq!(result.result_code.as_deref(), Some("A001101"));
    assert!(error.body().unwrap().starts_with(b"\xef\xbb\xbf"), "the body is as it came");
    assert!(error.to_string().ends_with("the server answered 400 with A001101"), "{error}");
}

#[tokio::test]
async fn values_of_the_response_do_not_show() {
    let bodies = [
        format!(r#"{{"requestId":["{SERVER_SECRET}"]}}"#),
        format!(r#"{{"{SERVER_SECRET}":{SERVER_SECRET}}}"#),
        format!(r#"{{"requestId":"{SERVER_SECRET}","requestId":["{SERVER_SECRET}"]}}"#),
        format!("[\"{SERVER_SECRET}\"]"),
        format!("\u{feff}{{\"requestId\":\"{SERVER_SECRET}\"}}"),
    ];
    for body in bodies {
        let fake = Fake::new(move |_| ok(body.clone()));
        let error = create(&fake.core().build().unwrap(), None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::ResponseValidation { .. }), "{error:?}");
        assert_discreet(&error);
    }
}

#[test]
fn bodies_and_transport_errors_do_not_show_what_they_hold() {
    assert_eq!(format!("{:?}", ResponseBody::from(SERVER_SECRET)), "ResponseBody(redacted)");
    let error = TransportError::new("the cause");
    assert!(!error.to_string().contains("the cause"));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the cause");
}

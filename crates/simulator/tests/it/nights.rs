//! What a client meets in an ordinary bad night: limits, outages, lost answers, odd clocks, other
//! people's tokens.

use std::io::ErrorKind;
use std::time::{Duration, Instant, SystemTime};

use authlete_simulator::{Fault, Operation, Outage, RateLimit, RefreshTokens, Simulator, Switches};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Reply, accepted, call, create, raw, send, status, text, tokens};

const SECOND: Duration = Duration::from_secs(1);

async fn manual() -> Simulator {
    Simulator::builder().manual_clock().start().await.unwrap()
}

async fn list(simulator: &Simulator) -> Reply {
    call(simulator, "GET", "token/get/list", "").await
}

/// What becomes of an attempt to list tokens on a new connection.
async fn attempt(simulator: &Simulator) -> Result<u16, ErrorKind> {
    let target = format!("/api/{}/auth/token/get/list", simulator.service_id());
    match raw(simulator, &text(simulator, "GET", &target, "")).await {
        Ok(bytes) if bytes.is_empty() => Err(ErrorKind::UnexpectedEof),
        Ok(bytes) => Ok(crate::client::reply(&bytes).status),
        Err(error) => Err(error.kind()),
    }
}

fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    let line = reply.head.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.strip_prefix(": "))
}

#[tokio::test]
async fn a_rate_limit_turns_away_what_is_beyond_it() {
    let builder =
        Simulator::builder().manual_clock().rate_limit(RateLimit::per_second(2).on(Operation::CreateBatch));
    let simulator = builder.start().await.unwrap();
    for name in ["a", "b"] {
        assert_eq!(create(&simulator, &tokens(&[name])).await.status, 200);
        simulator.advance(SECOND / 4);
    }
    let refused = create(&simulator, &tokens(&["c"])).await;
    assert_eq!(
        (refused.status, refused.code().as_str(), header(&refused, "retry-after")),
        (429, "SIM901", Some("1"))
    );
    assert_eq!(list(&simulator).await.status, 200);
    assert_eq!(simulator.ledger().batches().len(), 2);
    assert!(!simulator.ledger().requests()[2].processed);

    simulator.advance(SECOND / 2);
    assert_eq!(create(&simulator, &tokens(&["c"])).await.status, 200);
    assert_eq!(create(&simulator, &tokens(&["d"])).await.status, 429);
    simulator.lift_rate_limits();
    assert_eq!(create(&simulator, &tokens(&["d"])).await.status, 200);

    simulator.limit_rate(RateLimit::new(0, SECOND).retry_after("Fri, 31 Dec 1999 23:59:59 GMT"));
    let refused = call(&simulator, "GET", "no/operation", "").await;
    assert_eq!(
        (refused.status, header(&refused, "retry-after")),
        (429, Some("Fri, 31 Dec 1999 23:59:59 GMT"))
    );
}

#[tokio::test]
async fn an_outage_refuses_connections_and_ends_by_the_clock() {
    let simulator = manual().await;
    let mut kept = TcpStream::connect(simulator.addr()).await.unwrap();
    let ask = text(&simulator, "GET", "/", "").replace("connection: close\r\n", "");
    kept.write_all(ask.as_bytes()).await.unwrap();
    assert!(kept.read(&mut [0; 4096]).await.unwrap() > 0);

    simulator.outage(Outage::refused().starting_in(SECOND).lasting(SECOND * 2));
    assert_eq!(attempt(&simulator).await, Ok(200));
    simulator.advance(SECOND);
    for _ in 0..3 {
        assert_eq!(attempt(&simulator).await, Err(ErrorKind::ConnectionRefused));
    }
    // A connection that was idle is closed.
    let closed = tokio::time::timeout(SECOND * 5, kept.read(&mut [0; 1])).await.expect("an end");
    assert_eq!(closed.unwrap(), 0);
    simulator.advance(SECOND);
    assert_eq!(attempt(&simulator).await, Err(ErrorKind::ConnectionRefused));
    simulator.advance(SECOND);
    assert_eq!(attempt(&simulator).await, Ok(200));
    assert_eq!(simulator.ledger().request_count(), 3);
}

#[tokio::test]
async fn an_outage_may_begin_with_a_request_and_end_by_itself() {
    let builder = Simulator::builder().outage(Outage::refused().after_requests(1).lasting(SECOND));
    let simulator = builder.start().await.unwrap();
    assert_eq!(attempt(&simulator).await, Ok(200));
    let begun = Instant::now();
    assert_eq!(attempt(&simulator).await, Err(ErrorKind::ConnectionRefused));
    while attempt(&simulator).await.is_err() {
        assert!(begun.elapsed() < SECOND * 30);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(begun.elapsed() > SECOND / 2);
}

#[tokio::test]
async fn an_outage_is_ended_by_hand_in_the_runtime_of_the_caller_too() {
    let simulator = Simulator::builder().caller_runtime().start().await.unwrap();
    for _ in 0..20 {
        simulator.outage(Outage::refused());
        assert_eq!(attempt(&simulator).await, Err(ErrorKind::ConnectionRefused));
        simulator.end_outages();
        assert_eq!(attempt(&simulator).await, Ok(200));
    }
}

#[test]
fn an_outage_needs_no_runtime_in_the_caller() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let simulator = runtime.block_on(Simulator::start()).unwrap();
    drop(runtime);
    for _ in 0..20 {
        simulator.outage(Outage::refused());
        let refused = std::net::TcpStream::connect(simulator.addr()).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        simulator.end_outages();
        std::net::TcpStream::connect(simulator.addr()).unwrap();
    }
    let addr = simulator.addr();
    simulator.outage(Outage::refused());
    drop(simulator);
    // The port is free again.
    drop(std::net::TcpListener::bind(addr).unwrap());
}

#[tokio::test]
async fn an_outage_answers_503_as_often_as_it_says() {
    let simulator = manual().await;
    simulator.outage(Outage::unavailable().after_requests(1).for_requests(2).retry_after("7"));
    let mut seen = Vec::new();
    for _ in 0..4 {
        let reply = list(&simulator).await;
        seen.push((reply.status, header(&reply, "retry-after").map(str::to_owned)));
    }
    let down = (503, Some("7".to_owned()));
    assert_eq!(seen, [(200, None), down.clone(), down, (200, None)]);
    assert_eq!(simulator.ledger().processed_count(), 2);
    assert!(simulator.ledger().requests().iter().all(|request| request.status.is_some()));
}

#[tokio::test]
async fn a_counted_outage_resets_connections() {
    let simulator = manual().await;
    simulator.outage(Outage::refused().for_requests(2));
    for _ in 0..2 {
        assert!(matches!(attempt(&simulator).await, Err(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)));
    }
    assert_eq!(attempt(&simulator).await, Ok(200));
    assert_eq!(simulator.ledger().request_count(), 1);
}

#[tokio::test]
async fn a_share_of_the_answers_is_lost_after_the_work_is_done() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let simulator =
            Simulator::builder().batch_delay(Duration::ZERO).drop_answers(0.3, 5).start().await.unwrap();
        let target = format!("/api/{}/auth/token/create/batch", simulator.service_id());
        let mut run = Vec::new();
        for number in 0..100 {
            let body = tokens(&[format!("t-{number}").as_str()]).to_string();
            run.push(raw(&simulator, &text(&simulator, "POST", &target, &body)).await.unwrap().is_empty());
        }
        let lost = run.iter().filter(|lost| **lost).count();
        assert!((15..=45).contains(&lost), "{lost}");
        let ledger = simulator.ledger();
        assert_eq!((ledger.token_count(), ledger.processed_count()), (100, 100));
        assert_eq!(ledger.requests().iter().filter(|request| request.status.is_none()).count(), lost);
        runs.push(run);
        simulator.drop_answers(0.0, 0);
        assert_eq!(list(&simulator).await.status, 200);
        // What is refused before it reaches an operation is never lost.
        simulator.drop_answers(1.0, 0);
        assert_eq!(call(&simulator, "GET", "no/operation", "").await.status, 404);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn a_server_may_be_silent_or_slow_for_a_while() {
    let simulator = manual().await;
    simulator.inject(Fault::hang_before_processing().starting_in(SECOND).lasting(SECOND));
    assert_eq!(attempt(&simulator).await, Ok(200));
    simulator.advance(SECOND);
    for _ in 0..2 {
        let silence = tokio::time::timeout(Duration::from_millis(100), attempt(&simulator)).await;
        assert!(silence.is_err());
    }
    simulator.advance(SECOND);
    assert_eq!(attempt(&simulator).await, Ok(200));
    assert_eq!((simulator.faults().fired(), simulator.faults().waiting()), (2, 0));

    simulator.inject(Fault::delay(Duration::from_millis(80)).lasting(SECOND).times(1));
    let begun = Instant::now();
    assert_eq!(attempt(&simulator).await, Ok(200));
    assert!(begun.elapsed() >= Duration::from_millis(80));
    assert_eq!(simulator.faults().waiting(), 0);
}

#[tokio::test]
async fn a_clock_may_be_wrong_and_set_right() {
    const HOUR: i64 = 3_600_000;
    let real = || {
        i64::try_from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis()).unwrap()
    };
    let builder = Simulator::builder().manual_clock().clock_offset_ms(-2 * HOUR);
    let simulator = builder.start().await.unwrap();
    assert!((simulator.now_ms() + 2 * HOUR - real()).abs() < 60_000);

    let date = |reply: &Reply| {
        let date = httpdate::parse_http_date(header(reply, "date").unwrap()).unwrap();
        i64::try_from(date.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis()).unwrap()
    };
    let shown = simulator.now_ms() / 1000 * 1000;
    assert_eq!(date(&list(&simulator).await), shown);
    // A clock that is set while a batch waits moves its times, not the wait.
    let id = accepted(&simulator, &tokens(&["a"])).await;
    simulator.set_clock_offset_ms(-5 * HOUR);
    assert_eq!(status(&simulator, &id).await.get("result").and_then(|result| result.as_str()), None);
    simulator.advance(Duration::from_millis(50));
    let done = status(&simulator, &id).await;
    assert_eq!((&done["result"], &done["createdAt"]), (&json!("SUCCEEDED"), &json!(shown)));
    let token = simulator.ledger().token("a").unwrap();
    assert_eq!(token.created_at, simulator.now_ms());
    assert_eq!(token.access_token_expires_at, Some(simulator.now_ms() + HOUR));
    simulator.set_clock_offset_ms(0);
    assert!((date(&list(&simulator).await) - real()).abs() < 60_000);

    // A fault has the last word.
    simulator.inject(Fault::status(200).header("Date", "never"));
    assert_eq!(header(&list(&simulator).await, "date"), Some("never"));
}

#[tokio::test]
async fn a_service_may_drop_refresh_tokens_while_another_keeps_them() {
    let mut drops = Switches::default();
    drops.refresh_tokens = RefreshTokens::Unsupported;
    drops.batch_delay = Duration::ZERO;
    let builder = Simulator::builder().batch_delay(Duration::ZERO).service_switches("2", drops);
    let simulator = builder.start().await.unwrap();
    let mut items = tokens(&["a"]);
    items[0]["refreshToken"] = "r".into();
    for service in [simulator.service_id(), "2"] {
        let target = format!("/api/{service}/auth/token/create/batch");
        assert_eq!(
            send(&simulator, &text(&simulator, "POST", &target, &items.to_string())).await.status,
            200
        );
    }
    let kept: Vec<_> =
        simulator.ledger().tokens().iter().map(|token| token.refresh_token.is_some()).collect();
    assert_eq!(kept, [true, false]);

    // Mended while it runs, and the other one broken.
    simulator.switch_service("2", |switches| switches.refresh_tokens = RefreshTokens::AsGiven);
    simulator.switch(|switches| switches.refresh_tokens = RefreshTokens::Unsupported);
    items[0]["accessToken"] = "b".into();
    items[0]["refreshToken"] = "s".into();
    for service in [simulator.service_id(), "2"] {
        let target = format!("/api/{service}/auth/token/create/batch");
        assert_eq!(
            send(&simulator, &text(&simulator, "POST", &target, &items.to_string())).await.status,
            200
        );
    }
    let kept: Vec<_> =
        simulator.ledger().tokens().iter().map(|token| token.refresh_token.is_some()).collect();
    assert_eq!(kept, [true, false, false, true]);
}

#[tokio::test]
async fn batches_alone_may_drop_refresh_tokens() {
    let builder = Simulator::builder().manual_clock().refresh_tokens(RefreshTokens::DroppedByBatches);
    let simulator = builder.start().await.unwrap();
    let mut items = tokens(&["a", "b"]);
    for item in items.as_array_mut().unwrap() {
        item["refreshToken"] = "the same for both".into();
    }
    let id = accepted(&simulator, &items).await;
    simulator.advance(SECOND);
    // What is dropped is not in the way of another either.
    let done = status(&simulator, &id).await;
    assert_eq!((&done["result"], &done["tokenCount"]), (&json!("SUCCEEDED"), &json!(2)));
    let seen = call(&simulator, "POST", "introspection", r#"{"token":"a"}"#).await.json();
    assert_eq!((&seen["usable"], &seen["refreshable"]), (&json!(true), &json!(false)));
    let listed = list(&simulator).await.json();
    assert!(listed["accessTokens"][0].get("refreshTokenHash").is_none());

    let mut alone = items[0].clone();
    alone["accessToken"] = "c".into();
    assert_eq!(call(&simulator, "POST", "token/create", &alone.to_string()).await.json()["action"], "OK");
    let kept = simulator.ledger().token("c").unwrap();
    assert_eq!(kept.refresh_token.as_deref(), Some("the same for both"));
}

#[tokio::test]
async fn a_service_may_have_tokens_of_others_already() {
    let theirs = json!({"grantType": "PASSWORD", "clientId": 7, "subject": "mallory", "accessToken": "a"});
    let builder = Simulator::builder().manual_clock().another_service("2").token(theirs.clone());
    let simulator = builder.start().await.unwrap();
    let found = call(&simulator, "POST", "introspection", r#"{"token":"a"}"#).await.json();
    assert_eq!(
        (&found["action"], &found["subject"], &found["clientId"]),
        (&json!("OK"), &json!("mallory"), &json!(7))
    );
    let id = accepted(&simulator, &tokens(&["a"])).await;
    simulator.advance(SECOND);
    assert_eq!(status(&simulator, &id).await["errorCode"], "SIM201");

    assert_eq!(simulator.add_token(simulator.service_id(), theirs.clone()).unwrap_err().code(), "SIM201");
    let added = simulator.add_token("2", theirs.clone()).unwrap();
    assert_eq!((added.service_id.as_ref(), added.batch), ("2", None));
    assert_eq!(simulator.add_token("3", theirs.clone()).unwrap_err().code(), "A458203");
    let refused = simulator.add_token("2", json!({"accessToken": 1})).unwrap_err();
    assert_eq!(
        (refused.code(), refused.to_string().as_str()),
        ("SIM003", "[SIM003] it is not a create request.")
    );
    let failed = Simulator::builder().token(theirs.clone()).token(theirs).start().await.unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::InvalidInput);
}

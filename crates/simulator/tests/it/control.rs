//! The control path over plain sockets, and what a reset and an end do.

use std::io::ErrorKind;
use std::time::Duration;

use authlete_simulator::{Fault, Outage, RateLimit, Simulator};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Reply, accepted, call, create, raw, reply, send, text, tokens};

/// Speaks to the control path on the API's own port.
async fn control(simulator: &Simulator, method: &str, path: &str, body: &str) -> Reply {
    send(simulator, &text(simulator, method, &format!("/_simulator{path}"), body)).await
}

async fn told(simulator: &Simulator, method: &str, path: &str, body: Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let reply = control(simulator, method, path, &body).await;
    assert_eq!(reply.status, 200, "{method} {path}: {}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

#[tokio::test]
async fn what_is_refused_is_told_in_json() {
    let simulator = Simulator::builder().manual_clock().start().await.unwrap();
    for (method, path, body, status, member) in [
        ("GET", "/ledger/requests?operation=nope", "", 400, "operation"),
        ("GET", "/ledger/tokens?start=-1", "", 400, "start"),
        ("GET", "/ledger/tokens?start=1&start=1", "", 400, "start"),
        ("GET", "/ledger/tokens?subject=%zz", "", 400, ""),
        ("GET", "/ledger?start=1", "", 400, ""),
        ("GET", "/ledger", "{}", 400, ""),
        ("DELETE", "/faults", r#"{"kind":"status"}"#, 400, ""),
        ("DELETE", "/poison", "", 400, "accessToken"),
        ("POST", "/faults", "", 400, ""),
        ("POST", "/faults", r#"{"kind":"delay"}"#, 400, "delayMs"),
        ("POST", "/faults", r#"{"kind":"delay","delayMs":1,"deelay":1}"#, 400, "deelay"),
        ("POST", "/rateLimits", r#"[{"requests":1},{"requests":"x"}]"#, 400, "[1].requests"),
        ("POST", "/outages", r#"{"kind":"refused","for":1}"#, 400, "for"),
        ("POST", "/droppedAnswers", r#"{"share":-1}"#, 400, "share"),
        ("POST", "/droppedAnswers", "[0.5,1]", 400, ""),
        ("POST", "/clock", r#"{"advanceMs":1.5}"#, 400, "advanceMs"),
        ("POST", "/reset", r#"{"all":true}"#, 400, "all"),
        ("POST", "/switches", r#"{"maxBatchItems":"many"}"#, 400, "maxBatchItems"),
        ("POST", "/switches", r#"{"nulls":true,"nulls":true}"#, 400, "nulls"),
        ("POST", "/services", r#"{"serviceId":"1234567890"}"#, 409, "serviceId"),
        ("POST", "/services", r#"{"serviceId":"2","switches":{"nulls":0}}"#, 400, "switches.nulls"),
        ("POST", "/tokens?serviceId=none", "{}", 404, "serviceId"),
        ("POST", "/tokens", r#"[{"grantType":"PASSWORD"}]"#, 400, "[0]"),
        (
            "POST",
            "/tokens",
            r#"[{"grantType":"CLIENT_CREDENTIALS","clientId":1,"accessToken":"a"},
                {"grantType":"CLIENT_CREDENTIALS","clientId":1,"accessToken":"a"}]"#,
            400,
            "[1]",
        ),
        ("POST", "/services", r#"{"serviceId":"a b"}"#, 400, "serviceId"),
        ("POST", "/rateLimits", r#"{"requests":1,"retryAfter":"\n"}"#, 400, "retryAfter"),
        ("POST", "/outages", r#"{"kind":"unavailable","retryAfter":"\n"}"#, 400, "retryAfter"),
        ("POST", "/failingBatches", r#"{"afterItems":null}"#, 400, "afterItems"),
        ("POST", "/failingBatches", "[[1]]", 400, "[0]"),
        ("POST", "/switches?serviceId=1234567890", r#"{"clients":[[1,"a"]]}"#, 400, "clients[0]"),
        ("POST", "/tokens", r#"{"properties":[["k","v"]]}"#, 400, "properties[0]"),
        ("POST", "/ledger", "{}", 405, ""),
        ("PUT", "/faults", "{}", 405, ""),
        ("GET", "/ledger/nothing", "", 404, ""),
        ("GET", "/ledger/", "", 404, ""),
    ] {
        let answer = control(&simulator, method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path} {body}");
        let problem = answer.json();
        assert!(!problem["error"].as_str().unwrap().is_empty());
        assert_eq!(
            problem["member"].as_str().unwrap_or_default(),
            member,
            "{method} {path} {body}: {problem}"
        );
    }
    let plain =
        text(&simulator, "POST", "/_simulator/faults", "{}").replace("application/json", "text/plain");
    assert_eq!(send(&simulator, &plain).await.status, 415);
    // What there is, the README names.
    const README: &str = include_str!("../../README.md");
    let index = told(&simulator, "GET", "/", Value::Null).await;
    for path in index["paths"].as_array().unwrap() {
        let path = path.as_str().unwrap();
        let shown = path.replace("/_simulator/ledger/", "…/ledger/");
        assert!(README.contains(&format!("| `{shown}` |")), "{path}");
    }
    let services = told(&simulator, "GET", "/services", Value::Null).await;
    assert_eq!(services, json!({"services": [{"serviceId": "1234567890"}]}));
    // Nothing of it had an effect or is an API request.
    assert_eq!(simulator.faults().waiting(), 0);
    assert_eq!((simulator.ledger().request_count(), simulator.ledger().token_count()), (0, 0));
    assert_eq!(call(&simulator, "GET", "token/get/list", "").await.status, 200);
    // A name that only begins alike is none of its own.
    let other = send(&simulator, &text(&simulator, "GET", "/_simulators", "")).await;
    assert_eq!((other.status, &other.body[..6]), (404, &b"<html>"[..]));
}

#[tokio::test]
async fn nothing_of_a_bad_night_stands_in_its_way() {
    let builder = Simulator::builder().control_port(0).manual_clock();
    let simulator = builder.rate_limit(RateLimit::per_second(0)).start().await.unwrap();
    simulator.inject(Fault::close_before_processing().always());
    simulator.outage(Outage::unavailable());
    assert_eq!(told(&simulator, "GET", "/faults", Value::Null).await, json!({"waiting": 1, "fired": 0}));

    // When nobody listens, the control path's own port does.
    simulator.outage(Outage::refused());
    let refused = raw(&simulator, &text(&simulator, "GET", "/_simulator/", "")).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    let own = simulator.control_url().strip_prefix("http://").unwrap();
    let own = own.strip_suffix("/_simulator").unwrap();
    let ask = async |request: &str| {
        let mut stream = TcpStream::connect(own).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        reply(&answer)
    };
    let counted = ask(&text(&simulator, "GET", "/_simulator/outages", "")).await;
    assert_eq!(counted.json(), json!({"waiting": 0, "underWay": 2}));
    assert_eq!(ask(&text(&simulator, "DELETE", "/_simulator/outages", "")).await.status, 200);
    // It has no operations, and its connections are not the API's.
    let elsewhere = ask(&text(&simulator, "GET", "/api/1234567890/auth/token/get/list", "")).await;
    assert!(elsewhere.status == 404 && elsewhere.json()["error"].is_string());
    assert_eq!((simulator.ledger().connection_count(), simulator.ledger().request_count()), (1, 0));
}

#[tokio::test]
async fn a_body_that_is_no_text_is_shown_in_base64() {
    let simulator = Simulator::builder().manual_clock().start().await.unwrap();
    let request = text(&simulator, "POST", "/x", "ab").into_bytes();
    let mut stream = TcpStream::connect(simulator.addr()).await.unwrap();
    stream.write_all(&request[..request.len() - 2]).await.unwrap();
    stream.write_all(&[0xff, 0xfe]).await.unwrap();
    stream.read_to_end(&mut Vec::new()).await.unwrap();
    let ledger =
        told(&simulator, "GET", "/ledger/requests?processed=false&status=404&path=/x", Value::Null).await;
    assert_eq!((&ledger["total"], &ledger["requests"][0]["bodyBase64"]), (&json!(1), &json!("//4=")));
    assert!(ledger["requests"][0].get("body").is_none());

    simulator.switch(|switches| switches.record_bodies = false);
    call(&simulator, "POST", "introspection", "{}").await;
    let last = &told(&simulator, "GET", "/ledger/requests?start=1", Value::Null).await["requests"][0];
    assert_eq!((last.get("body"), &last["bodyLength"]), (None, &json!(2)));
}

#[tokio::test]
async fn a_reset_makes_everything_as_it_was() {
    let theirs = json!({"grantType": "CLIENT_CREDENTIALS", "clientId": 7, "accessToken": "theirs"});
    let builder = Simulator::builder().manual_clock().clock_offset_ms(-1000).token(theirs).poison("bad");
    let builder = builder.fault(Fault::status(500)).rate_limit(RateLimit::per_second(100)).nulls(true);
    let simulator = builder.start().await.unwrap();
    let before = simulator.now_ms();

    let mut open = TcpStream::connect(simulator.addr()).await.unwrap();
    assert_eq!(call(&simulator, "GET", "token/get/list", "").await.status, 500);
    accepted(&simulator, &tokens(&["a"])).await;
    call(&simulator, "DELETE", "token/delete/theirs", "").await;
    simulator.switch(|switches| switches.nulls = false);
    simulator.set_clock_offset_ms(0);
    simulator.advance(Duration::from_secs(3600));
    simulator.outage(Outage::unavailable());
    simulator.drop_answers(1.0, 0);
    // One is under way, and gets its answer.
    simulator.inject(Fault::delay(Duration::from_millis(300)));
    simulator.end_outages();
    let target = format!("/api/{}/auth/token/get/list", simulator.service_id());
    let under_way = text(&simulator, "GET", &target, "");
    open.write_all(under_way.as_bytes()).await.unwrap();
    while simulator.ledger().request_count() < 4 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    simulator.reset();

    let ledger = simulator.ledger();
    assert_eq!((ledger.request_count(), ledger.connection_count(), ledger.batches().len()), (0, 0, 0));
    assert_eq!((ledger.token_count(), ledger.created_count(), ledger.deleted().len()), (1, 1, 0));
    assert!((simulator.now_ms() - before).abs() < 60_000);
    assert_eq!((simulator.faults().waiting(), simulator.faults().fired()), (1, 0));
    let mut answer = Vec::new();
    open.read_to_end(&mut answer).await.unwrap();
    assert_eq!(reply(&answer).status, 200);
    assert_eq!(ledger.request_count(), 0);

    assert_eq!(call(&simulator, "GET", "token/get/list", "").await.status, 500);
    assert_eq!(ledger.requests()[0].status, Some(500));
    create(&simulator, &tokens(&["bad"])).await;
    simulator.advance(Duration::from_millis(50));
    assert_eq!(ledger.batches()[0].error_code, Some("SIM203"));
    let seen = call(&simulator, "POST", "introspection", r#"{"token":"theirs"}"#).await.json();
    assert!(seen["clientId"] == 7 && seen.as_object().unwrap()["subject"].is_null());
}

#[tokio::test]
async fn it_ends_when_what_is_under_way_is_answered() {
    let slow = Fault::delay(Duration::from_millis(200));
    for (within, fault) in
        [(Duration::from_secs(60), slow), (Duration::ZERO, Fault::hang_before_processing())]
    {
        let simulator = Simulator::builder().fault(fault).start().await.unwrap();
        let (addr, ledger) = (simulator.addr(), simulator.ledger());
        let mut idle = TcpStream::connect(addr).await.unwrap();
        let mut stream = TcpStream::connect(addr).await.unwrap();
        // It would stay open.
        let request = text(&simulator, "GET", "/", "").replace("connection: close\r\n", "");
        stream.write_all(request.as_bytes()).await.unwrap();
        while ledger.request_count() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        simulator.shut_down(within).await;
        assert_eq!(ledger.open_connections(), 0);
        assert!(TcpStream::connect(addr).await.is_err());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert_eq!(answer.starts_with(b"HTTP/1.1 404"), !within.is_zero());
        assert_eq!(idle.read(&mut [0; 1]).await.unwrap_or_default(), 0);
    }
    let simulator = Simulator::builder().caller_runtime().start().await.unwrap();
    simulator.shut_down(Duration::from_secs(60)).await;
}

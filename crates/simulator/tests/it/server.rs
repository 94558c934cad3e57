use std::time::Duration;

use authlete_simulator::{Ledger, Simulator};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{accepted, call, create, send, status, text, tokens};

#[test]
fn a_simulator_can_be_shared() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Simulator>();
    shared::<Ledger>();
}

#[tokio::test]
async fn the_bearer_is_checked_before_the_service() {
    let simulator = Simulator::builder().bearer("right").another_service("77").start().await.unwrap();
    let ask = |service: &str| text(&simulator, "GET", &format!("/api/{service}/auth/token/get/list"), "");

    let none = ask("1").replace("authorization: Bearer right\r\n", "");
    let reply = send(&simulator, &none).await;
    assert_eq!((reply.status, reply.code().as_str()), (401, "A001202"));
    for wrong in ["Bearer wrong", "Basic right", "right", "Bearer  right"] {
        let reply = send(&simulator, &ask("1").replace("Bearer right", wrong)).await;
        assert_eq!((reply.status, reply.code().as_str()), (401, "A458101"), "{wrong}");
    }
    let reply = send(&simulator, &ask("1")).await;
    assert_eq!((reply.status, reply.code().as_str()), (404, "A458203"));
    assert_eq!(simulator.ledger().processed_count(), 0);
    assert_eq!(send(&simulator, &ask("77")).await.status, 200);
    assert_eq!(send(&simulator, &ask("7%37").replace("Bearer", "bEARER")).await.status, 200);
}

#[tokio::test]
async fn what_is_unknown_is_answered_like_a_gateway() {
    let simulator = Simulator::start().await.unwrap();
    for (method, target, expected) in [
        ("GET", "/", 404),
        ("GET", "/api/1/service/gets", 404),
        ("GET", "/api/1/auth/token/get/list/", 404),
        ("DELETE", "/api/1/auth/token/delete/", 404),
        ("DELETE", "/api/1/auth/token/delete/a/b", 404),
        ("DELETE", "/api/1/auth/token/delete/%zz", 404),
        ("DELETE", "/api/1/auth/token/delete/%ff", 404),
        ("GET", "/api/1/auth/token/create/batch", 405),
        ("POST", "/api/1/auth/token/create/batch/status/x", 405),
    ] {
        let reply = send(&simulator, &text(&simulator, method, target, "")).await;
        assert_eq!(reply.status, expected, "{method} {target}");
        assert!(reply.body.starts_with(b"<html>"));
    }
}

#[tokio::test]
async fn bodies_are_json_and_not_too_large() {
    let simulator = Simulator::builder().max_body_bytes(100).max_batch_items(1).start().await.unwrap();
    let target = format!("/api/{}/auth/token/create/batch", simulator.service_id());
    let plain = text(&simulator, "POST", &target, "[]").replace("application/json", "text/plain");
    assert_eq!(send(&simulator, &plain).await.code(), "SIM002");
    let cased = text(&simulator, "POST", &target, "[]")
        .replace("application/json", "Application/JSON; charset=utf-8");
    assert_eq!(send(&simulator, &cased).await.status, 200);
    assert_eq!(call(&simulator, "POST", "token/create/batch", "[{},{}]").await.code(), "SIM005");
    let reply = call(&simulator, "POST", "token/create/batch", &" ".repeat(101)).await;
    assert_eq!((reply.status, reply.code().as_str()), (413, "SIM004"));
}

#[tokio::test]
async fn requests_are_recorded_as_sent() {
    let simulator = Simulator::start().await.unwrap();
    let target = format!("/api/{}/auth/token/delete/a%2fb?x=%20", simulator.service_id());
    send(&simulator, &text(&simulator, "DELETE", &target, "hello")).await;
    let request = &simulator.ledger().requests()[0];
    assert_eq!(request.method, "DELETE");
    assert_eq!(Some(request.path.as_str()), target.split('?').next());
    assert_eq!(request.query.as_deref(), Some("x=%20"));
    assert_eq!(request.body.as_ref(), b"hello");
    assert_eq!(request.header("Authorization"), Some("Bearer simulator-bearer"));
    assert!(!format!("{request:?}").contains("a%2fb"));
}

#[tokio::test]
async fn a_request_that_does_not_arrive_as_a_whole_is_recorded_too() {
    let simulator = Simulator::start().await.unwrap();
    let mut stream = TcpStream::connect(simulator.addr()).await.unwrap();
    let target = format!("/api/{}/auth/token/create/batch", simulator.service_id());
    let whole = text(&simulator, "POST", &target, "[     ]");
    stream.write_all(&whole.as_bytes()[..whole.len() - 2]).await.unwrap();
    stream.shutdown().await.unwrap();
    let _ = stream.read_to_end(&mut Vec::new()).await;
    let requests = simulator.ledger().requests();
    assert_eq!((requests.len(), requests[0].body_length, requests[0].processed), (1, None, false));
}

#[tokio::test]
async fn connections_are_kept_and_counted() {
    let simulator = Simulator::start().await.unwrap();
    let mut stream = TcpStream::connect(simulator.addr()).await.unwrap();
    let kept = text(&simulator, "GET", "/", "").replace("connection: close\r\n", "");
    for _ in 0..2 {
        stream.write_all(kept.as_bytes()).await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
    }
    let ledger = simulator.ledger();
    assert_eq!((ledger.connection_count(), ledger.open_connections()), (1, 1));
    assert!(ledger.requests().iter().all(|request| request.connection == 1));
    assert_eq!(ledger.requests()[0].peer, stream.local_addr().unwrap());
    drop(simulator);
    assert_eq!(ledger.open_connections(), 0);
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap(), 0);
    assert_eq!(ledger.request_count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_paused_clock_in_the_caller_does_not_matter() {
    let simulator = Simulator::builder().batch_delay(Duration::ZERO).start().await.unwrap();
    let id = {
        // The client of these tests has a timeout, which a paused clock would let pass at once.
        let target = format!("/api/{}/auth/token/create/batch", simulator.service_id());
        let request = text(&simulator, "POST", &target, &tokens(&["a"]).to_string());
        let answer = crate::client::raw(&simulator, &request).await.unwrap();
        crate::client::reply(&answer).json()["requestId"].as_str().unwrap().to_owned()
    };
    assert_eq!(simulator.ledger().batches()[0].request_id.as_ref(), id);
    assert_eq!(simulator.ledger().token_count(), 1);
}

#[tokio::test]
async fn it_runs_in_the_runtime_of_the_caller_when_asked() {
    let builder = Simulator::builder().caller_runtime().batch_delay(Duration::ZERO);
    let simulator = builder.start().await.unwrap();
    let id = accepted(&simulator, &tokens(&["a"])).await;
    assert_eq!(status(&simulator, &id).await["result"], "SUCCEEDED");
    let addr = simulator.addr();
    drop(simulator);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(addr).await.is_err());
}

#[tokio::test]
async fn services_share_no_tokens() {
    let builder = Simulator::builder().another_service("2").batch_delay(Duration::ZERO);
    let simulator = builder.start().await.unwrap();
    let id = accepted(&simulator, &tokens(&["a"])).await;
    let other = text(&simulator, "POST", "/api/2/auth/token/create/batch", &tokens(&["a"]).to_string());
    assert_eq!(send(&simulator, &other).await.status, 200);
    assert_eq!(simulator.ledger().token_count(), 2);
    let target = format!("/api/2/auth/token/create/batch/status/{id}");
    assert_eq!(send(&simulator, &text(&simulator, "GET", &target, "")).await.status, 404);
    assert_eq!(create(&simulator, &tokens(&["b"])).await.status, 200);
}

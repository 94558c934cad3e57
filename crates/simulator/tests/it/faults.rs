use std::io::ErrorKind;
use std::time::{Duration, Instant};

use authlete_simulator::{Fault, Operation, Simulator};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{call, create, raw, reply, text, tokens};

/// The raw outcome of creating a batch of one token.
async fn outcome(simulator: &Simulator) -> std::io::Result<Vec<u8>> {
    let target = format!("/api/{}/auth/token/create/batch", simulator.service_id());
    let request = text(simulator, "POST", &target, &tokens(&["a"]).to_string());
    let answer = tokio::time::timeout(Duration::from_secs(10), raw(simulator, &request)).await;
    answer.expect("the connection to end")
}

#[tokio::test]
async fn a_status_comes_instead_of_the_operation() {
    let simulator = Simulator::start().await.unwrap();
    simulator.inject(Fault::status(503).retry_after("2").times(2));
    for _ in 0..2 {
        let reply = create(&simulator, &tokens(&["a"])).await;
        assert_eq!((reply.status, reply.code().as_str()), (503, "SIM900"));
        assert!(reply.head.contains("retry-after: 2"));
    }
    assert_eq!(create(&simulator, &tokens(&["a"])).await.status, 200);
    let ledger = simulator.ledger();
    let seen: Vec<_> = ledger.requests().iter().map(|r| (r.processed, r.status)).collect();
    assert_eq!(seen, [(false, Some(503)), (false, Some(503)), (true, Some(200))]);
    assert_eq!((ledger.batches().len(), simulator.faults().fired(), simulator.faults().waiting()), (1, 2, 0));
}

#[tokio::test]
async fn a_status_may_come_after_the_operation() {
    let simulator = Simulator::start().await.unwrap();
    let html = Fault::status(502).with_body("<html>").header("Content-Type", "text/html").processed();
    simulator.inject(html);
    let reply = create(&simulator, &tokens(&["a"])).await;
    assert_eq!((reply.status, reply.body.as_slice()), (502, b"<html>".as_slice()));
    assert!(reply.head.contains("content-type: text/html"));
    assert_eq!(simulator.ledger().batches().len(), 1);
}

#[tokio::test]
async fn connections_end_before_or_after_the_operation() {
    for (fault, reset, processed) in [
        (Fault::close_before_processing(), false, 0),
        (Fault::close_after_processing(), false, 1),
        (Fault::reset_before_processing(), true, 0),
        (Fault::reset_after_processing(), true, 1),
    ] {
        let simulator = Simulator::start().await.unwrap();
        simulator.inject(fault);
        match outcome(&simulator).await {
            Ok(bytes) => assert!(!reset && bytes.is_empty()),
            Err(error) => assert!(reset && error.kind() == ErrorKind::ConnectionReset),
        }
        let ledger = simulator.ledger();
        assert_eq!(ledger.batches().len(), processed);
        assert_eq!((ledger.processed_count(), ledger.requests()[0].status), (processed, None));
    }
}

#[tokio::test]
async fn a_connection_may_be_reset_when_it_is_accepted() {
    let simulator = Simulator::start().await.unwrap();
    simulator.inject(Fault::reset_on_accept());
    assert!(outcome(&simulator).await.is_err());
    assert_eq!((simulator.ledger().request_count(), simulator.ledger().connection_count()), (0, 1));
    assert_eq!(reply(&outcome(&simulator).await.unwrap()).status, 200);
}

#[tokio::test]
async fn bodies_are_truncated_malformed_or_replaced() {
    let simulator = Simulator::start().await.unwrap();
    simulator.inject(Fault::truncated_body());
    let cut = reply(&outcome(&simulator).await.unwrap());
    let announced = cut.head.lines().find_map(|line| line.strip_prefix("content-length: "));
    assert_eq!(cut.body.len(), announced.unwrap().parse::<usize>().unwrap() / 2);
    assert!(!cut.body.is_empty());

    simulator.inject(Fault::malformed_body());
    let malformed = reply(&outcome(&simulator).await.unwrap());
    assert!(serde_json::from_slice::<serde_json::Value>(&malformed.body).is_err());

    simulator.inject(Fault::body("[]", "application/json").header("x-a", "b"));
    let replaced = reply(&outcome(&simulator).await.unwrap());
    assert_eq!((replaced.status, replaced.body.as_slice()), (200, b"[]".as_slice()));
    assert!(replaced.head.contains("x-a: b"));
    assert_eq!(simulator.ledger().batches().len(), 3);
}

#[tokio::test]
async fn answers_may_never_come_or_stop_half_way() {
    for (fault, processed, bytes) in [
        (Fault::hang_before_processing(), 0, false),
        (Fault::hang_after_processing(), 1, false),
        (Fault::stalled_body(), 1, true),
    ] {
        let simulator = Simulator::start().await.unwrap();
        simulator.inject(fault);
        let mut stream = TcpStream::connect(simulator.addr()).await.unwrap();
        let target = format!("/api/{}/auth/token/create/batch", simulator.service_id());
        stream.write_all(text(&simulator, "POST", &target, "[]").as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        assert!(tokio::time::timeout(Duration::from_millis(300), read).await.is_err());
        assert_eq!(answer.is_empty(), !bytes);
        assert_eq!(simulator.ledger().batches().len(), processed);
        // Stopping the simulator ends even these connections.
        drop(simulator);
        let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        assert!(ended.is_ok());
    }
}

#[tokio::test]
async fn delays_come_before_or_after_the_operation() {
    let simulator = Simulator::start().await.unwrap();
    for fault in [
        Fault::delay(Duration::from_millis(120)),
        Fault::delay_answer(Duration::from_millis(120)),
        Fault::status(500).delayed(Duration::from_millis(120)),
    ] {
        simulator.inject(fault);
        let begun = Instant::now();
        outcome(&simulator).await.unwrap();
        assert!(begun.elapsed() >= Duration::from_millis(120));
    }
    assert_eq!(simulator.ledger().processed_count(), 2);
}

#[tokio::test]
async fn the_first_fault_that_applies_takes_the_request() {
    let simulator = Simulator::start().await.unwrap();
    simulator.inject(Fault::status(501).on(Operation::BatchStatus));
    simulator.inject(Fault::status(502).on_path("create/batch").after(1));
    simulator.inject(Fault::status(503).always());
    let mut seen = Vec::new();
    for _ in 0..2 {
        seen.push(create(&simulator, &tokens(&["a"])).await.status);
    }
    for _ in 0..2 {
        seen.push(call(&simulator, "GET", "token/create/batch/status/x", "").await.status);
    }
    assert_eq!(seen, [503, 502, 501, 503]);
    simulator.faults().clear();
    assert_eq!(create(&simulator, &tokens(&["a"])).await.status, 200);
}

#[tokio::test]
async fn chance_is_reproducible() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let builder = Simulator::builder().fault(Fault::status(503).always().sometimes(0.5, 7));
        let simulator = builder.start().await.unwrap();
        let mut run = Vec::new();
        for _ in 0..40 {
            run.push(create(&simulator, &tokens(&[])).await.status);
        }
        let failed = run.iter().filter(|status| **status == 503).count();
        assert!((5..=35).contains(&failed), "{failed}");
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn odd_headers_and_statuses_do_no_harm() {
    let simulator = Simulator::start().await.unwrap();
    simulator.inject(Fault::status(99).header("bad name", "x").header("x", "a\r\nb"));
    assert_eq!(create(&simulator, &tokens(&[])).await.status, 500);
    simulator.inject(Fault::status(999));
    assert_eq!(create(&simulator, &tokens(&[])).await.status, 999);
    simulator.inject(Fault::status(204));
    assert_eq!(create(&simulator, &tokens(&[])).await.status, 204);
    simulator.inject(Fault::status(101));
    let _ = outcome(&simulator).await;
    assert_eq!(create(&simulator, &tokens(&[])).await.status, 200);
}

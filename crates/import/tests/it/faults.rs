//! Every fault of the creation of a batch: nothing is lost, nothing is doubled.

use std::thread::sleep;
use std::time::Duration;

use authlete_simulator::{BatchState, Builder, Fault, Operation, PartialApplication, Simulator};

use crate::support::{Bench, Ran, each, lines};

const RUN: &str = "run --skip-dry-run --chunk-records 100 --settle 0.3 --timeout 1";

/// Moves 500 records in 5 chunks while the fault hits the second and the fourth request.
fn survives(builder: Builder, fault: impl Fn() -> Fault) -> Bench {
    let bench = Bench::with(builder.batch_delay(Duration::from_millis(20)), "tokens.jsonl", &lines(500));
    for after in [1, 1] {
        bench.simulator.inject(fault().on(Operation::CreateBatch).after(after));
    }
    bench.run(RUN, 0);
    assert_eq!(bench.simulator.faults().fired(), 2);
    bench.assert_created(500, &[]);
    assert_eq!(bench.reported("created").len(), 500);
    bench
}

/// The requests that created tokens, and the introspections.
fn requests(bench: &Bench) -> (usize, usize) {
    let count = |operation| bench.ledger().requests_for(operation).len();
    (count(Operation::CreateBatch), count(Operation::Introspect))
}

#[test]
fn answers_lost_after_processing() {
    each([Fault::close_after_processing, Fault::reset_after_processing], |fault| {
        let bench = survives(Simulator::builder(), fault);
        assert_eq!(requests(&bench), (5, 200), "what exists is not sent again");
    });
}

#[test]
fn answers_lost_before_processing() {
    each([Fault::close_before_processing, Fault::reset_before_processing], |fault| {
        let bench = survives(Simulator::builder(), fault);
        assert_eq!(requests(&bench), (7, 200), "what is missing is sent once more");
    });
}

#[test]
fn no_answer_in_time() {
    let cases: [(fn() -> Fault, usize); 2] =
        [(Fault::hang_after_processing, 5), (Fault::hang_before_processing, 7)];
    each(cases, |(fault, sent)| {
        let bench = survives(Simulator::builder(), fault);
        assert_eq!(requests(&bench), (sent, 200));
    });
}

#[test]
fn answers_that_are_cut_short_or_stop() {
    each([Fault::truncated_body, Fault::stalled_body, Fault::malformed_body], |fault| {
        let bench = survives(Simulator::builder(), fault);
        assert_eq!(requests(&bench), (5, 200));
    });
}

#[test]
fn an_answer_without_a_request_id() {
    let bench =
        survives(Simulator::builder(), || Fault::body("{\"resultCode\":\"A482001\"}", "application/json"));
    assert_eq!(requests(&bench), (5, 200));
}

#[test]
fn server_errors_whether_or_not_it_was_processed() {
    each([500, 502, 504], |status| {
        let bench = survives(Simulator::builder(), || Fault::status(status));
        assert_eq!(requests(&bench), (7, 200));
        let bench = survives(Simulator::builder(), || Fault::status(status).processed());
        assert_eq!(requests(&bench), (5, 200));
    });
}

#[test]
fn too_many_requests_are_sent_again_after_the_pause() {
    for status in [429, 503] {
        let bench = survives(Simulator::builder(), || {
            Fault::status(status).retry_after("1").with_body(r#"{"resultCode":"A001215"}"#)
        });
        assert_eq!(requests(&bench), (7, 0), "nothing was in doubt");
        assert_pause_after(&bench, status);
    }
}

/// That the last request came a second or more after the first that was refused with this status.
fn assert_pause_after(bench: &Bench, status: u16) {
    let seen = bench.ledger().requests_for(Operation::CreateBatch);
    let refused = seen.iter().position(|request| request.status == Some(status)).unwrap();
    let (before, after) = (&seen[refused], seen.last().unwrap());
    assert!(after.at.duration_since(before.at) >= Duration::from_secs(1), "Retry-After was not honoured");
}

#[test]
fn a_pause_that_is_longer_than_patience_is_named() {
    // Of the first question, and of a batch.
    for operation in [Operation::BatchStatus, Operation::CreateBatch] {
        let bench = Bench::new(&lines(10));
        bench.simulator.inject(Fault::status(429).retry_after("86400").on(operation));
        let ran = bench.run("run --skip-dry-run", 1);
        assert!(ran.stderr.contains("asks for a pause of 24 h, and --retry-for is 6 h: "), "{ran:?}");
        bench.run("run --skip-dry-run --settle 0.3", 0);
        bench.assert_created(10, &[]);
    }
}

#[test]
fn a_503_or_429_of_a_gateway_leaves_it_open_whether_it_was_processed() {
    each([429, 503], |status| {
        let bench = survives(Simulator::builder(), || Fault::status(status).processed().retry_after("1"));
        assert_eq!(requests(&bench), (5, 200), "what exists is not sent again");
        let bench = survives(Simulator::builder(), || Fault::status(status).retry_after("1"));
        assert_eq!(requests(&bench), (7, 200));
        assert_pause_after(&bench, status);
    });
}

#[test]
fn a_request_that_was_given_up_is_left_to_finish_from_then_on() {
    // Its tokens appear 0.8 s after it was given up.
    let builder = Simulator::builder().batch_delay(Duration::from_millis(1800));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(20));
    bench.simulator.inject(Fault::hang_after_processing().on(Operation::CreateBatch));
    bench.run("run --skip-dry-run --timeout 1 --settle 1.5", 0);
    bench.assert_created(20, &[]);
    assert_eq!(requests(&bench), (1, 20));
}

#[test]
fn a_storm_on_the_status_query_stops_new_batches_and_is_sat_out() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(20));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(1000));
    // The first question is whether the server is there at all.
    let storm = Fault::status(503).on(Operation::BatchStatus).after(1).always();
    bench.simulator.inject(storm);
    let child = bench.spawn("run --skip-dry-run --chunk-records 100 --concurrency 3");
    sleep(Duration::from_secs(2));
    assert!(requests(&bench).0 <= 3, "{} batches were sent into the storm", requests(&bench).0);
    bench.simulator.faults().clear();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    bench.assert_created(1000, &[]);
    assert_eq!(requests(&bench), (10, 0));
}

#[test]
fn a_gateway_s_404_is_not_the_server_s() {
    // Of a batch that was accepted, and is pending.
    for (body, kind) in
        [("<html>no such page</html>", "text/html"), (r#"{"message":"no route"}"#, "application/json")]
    {
        let builder = Simulator::builder().batch_delay(Duration::from_millis(700));
        let bench = Bench::with(builder, "tokens.jsonl", &lines(20));
        let lost = Fault::status(404).with_body(body).header("content-type", kind);
        // The first question is whether the server is there at all.
        bench.simulator.inject(lost.on(Operation::BatchStatus).after(1));
        let ran = bench.ran("run --skip-dry-run --grace 0");
        assert_eq!(ran.code, Some(1), "{ran:?}");
        bench.run("run --skip-dry-run", 0);
        bench.assert_created(20, &[]);
        assert_eq!(requests(&bench), (1, 0), "the batch was given up");
    }
}

#[test]
fn connections_that_fail_before_anything_is_sent() {
    let bench = Bench::new(&lines(300));
    bench.simulator.inject(Fault::reset_on_accept().times(3));
    bench.run("run --skip-dry-run --chunk-records 100 --settle 0.3", 0);
    bench.assert_created(300, &[]);
}

#[test]
fn a_batch_that_goes_on_after_its_answer_was_lost_is_waited_for() {
    // Longer than the first look, and found growing.
    let builder = Simulator::builder().batch_delay(Duration::from_millis(1500));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(100));
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch));
    bench.run("run --skip-dry-run --settle 2", 0);
    bench.assert_created(100, &[]);
    assert_eq!(requests(&bench).0, 1);
}

#[test]
fn answers_that_are_always_lost_end_the_run_and_not_the_import() {
    let bench = Bench::new(&lines(10));
    bench.simulator.inject(Fault::close_before_processing().on(Operation::CreateBatch).always());
    let ran = bench.run("run --skip-dry-run --settle 0.05 --retry-for 0", 1);
    assert!(ran.stderr.contains("lost again and again"), "{ran:?}");
    bench.simulator.faults().clear();
    bench.run("run --skip-dry-run --settle 0.05", 0);
    bench.assert_created(10, &[]);
}

#[test]
fn a_wrong_bearer_stops_before_anything_is_sent() {
    let bench = Bench::new(&lines(10));
    let mut command = bench.command("run");
    let output = command.env("AUTHLETE_BEARER", "canary-wrong").output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr.contains("401") && !stderr.contains("canary"), "{stderr}");
    assert!(bench.ledger().requests_for(Operation::CreateBatch).is_empty());
    bench.run("run", 0);
    bench.assert_created(10, &[]);
}

#[test]
fn a_bearer_that_expires_on_the_way_stops_and_loses_nothing() {
    let bench = Bench::new(&lines(500));
    bench.simulator.inject(Fault::status(401).on(Operation::CreateBatch).after(2).times(3));
    let ran = bench.run("run --skip-dry-run --chunk-records 100 --concurrency 2", 1);
    assert!(ran.stderr.contains("401"), "{ran:?}");
    bench.simulator.faults().clear();
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(500, &[]);
    assert_eq!(requests(&bench).1, 0, "a refusal leaves no doubt");
}

#[test]
fn batches_that_fail_for_no_fault_of_the_records() {
    for partial in
        [PartialApplication::Prefix, PartialApplication::None, PartialApplication::AllButTheOffenders]
    {
        let builder = Simulator::builder().partial_application(partial);
        let bench = Bench::with(builder, "tokens.jsonl", &lines(300));
        bench.simulator.fail_next_batch(40);
        bench.simulator.fail_next_batch(0);
        bench.run("run --skip-dry-run --chunk-records 100", 0);
        bench.assert_created(300, &[]);
        assert_eq!(bench.batches().1, 2);
    }
}

#[test]
fn a_batch_without_a_result_in_time_is_looked_up_in_the_same_run() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(1500));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(50));
    let ran = bench.run("run --skip-dry-run --batch-timeout 0.3 --settle 4", 0);
    assert!(ran.stderr.contains("a batch has no result in time: its tokens are looked up"), "{ran:?}");
    bench.assert_created(50, &[]);
    assert_eq!(requests(&bench), (1, 50), "one batch, and a look at each of its tokens");
}

#[test]
fn a_result_that_is_not_known_is_no_end_of_a_batch() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(900));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(20));
    let processing = r#"{"status":{"batchKind":"CREATE","result":"PROCESSING","tokenCount":3}}"#;
    // The first question is whether the server is there at all.
    let fault = Fault::body(processing, "application/json").on(Operation::BatchStatus).after(1);
    bench.simulator.inject(fault.always());
    let ran = bench.run("run --skip-dry-run --settle 3 --batch-timeout 0.4", 0);
    assert!(ran.stderr.contains("a batch has no result in time"), "{ran:?}");
    bench.assert_created(20, &[]);
    assert_eq!(requests(&bench), (1, 20), "the batch was sent again while it ran");
}

#[test]
fn batches_that_failed_or_succeeded_meanwhile_are_all_looked_after() {
    // Twelve batches are accepted, and fail while they are given up for want of a result; the last of them does not.
    let bench =
        Bench::with(Simulator::builder().batch_delay(Duration::from_secs(2)), "tokens.jsonl", &lines(130));
    for _ in 0..12 {
        bench.simulator.fail_next_batch(3);
    }
    let ran = bench.run(
        "run --skip-dry-run --chunk-records 10 --concurrency 13 --batch-timeout 0.3 --settle 3 --retry-for 60",
        0,
    );
    assert!(ran.stderr.contains("a batch has no result in time"), "{ran:?}");
    bench.assert_created(130, &[]);
}

#[test]
fn a_batch_may_be_unknown_for_a_while() {
    let builder = Simulator::builder().early_not_found_for(Duration::from_millis(500));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(50));
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(50, &[]);
    assert_eq!(requests(&bench), (1, 0));
}

#[test]
fn a_batch_that_the_server_has_forgotten_is_reconciled() {
    let builder = Simulator::builder().early_not_found_requests(1000);
    let bench = Bench::with(builder, "tokens.jsonl", &lines(50));
    bench.run("run --skip-dry-run --grace 0.3 --settle 0.3", 0);
    bench.assert_created(50, &[]);
    assert_eq!(requests(&bench), (1, 50));
}

#[test]
fn reconcile_settles_what_is_in_doubt_and_starts_nothing_new() {
    let bench = Bench::new(&lines(300));
    // The second request's answer is lost, and so is the bearer after it.
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch).after(1));
    bench.simulator.inject(Fault::status(403).on(Operation::CreateBatch).after(1).always());
    bench.run("run --skip-dry-run --chunk-records 100 --concurrency 1 --settle 0.3", 1);
    bench.simulator.faults().clear();
    assert_eq!(bench.reported("unknown").len(), 100);

    let ran = bench.run("reconcile --settle 0.3", 2);
    assert!(ran.stdout.contains("unknown 0, waiting 100"), "{ran:?}");
    assert_eq!(bench.reported("created").len(), 200);
    let ran = bench.run("verify --all", 2);
    assert!(ran.stdout.contains("there 200") && ran.stdout.contains("not moved yet 100"), "{ran:?}");
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(300, &[]);
    let states: Vec<_> = bench.ledger().batches().into_iter().map(|batch| batch.state).collect();
    assert_eq!(states, [BatchState::Succeeded; 3]);
}

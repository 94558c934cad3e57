//! The normal night of a migration: limits, outages, storms, lost answers, and someone who presses Ctrl-C.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use authlete_simulator::{BatchState, Fault, Operation, Outage, RateLimit, Simulator};
use serde_json::{Value, json};

use crate::support::{Bench, Ran, access, each, lines, now, refresh};

#[test]
fn a_limit_an_outage_and_a_silent_server_are_sat_out_in_one_run() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(10));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(2000));
    bench.simulator.limit_rate(
        RateLimit::new(2, Duration::from_millis(200)).on(Operation::CreateBatch).retry_after("0"),
    );
    bench
        .simulator
        .outage(Outage::refused().starting_in(Duration::from_millis(600)).lasting(Duration::from_secs(2)));
    bench
        .simulator
        .outage(Outage::unavailable().starting_in(Duration::from_secs(4)).lasting(Duration::from_secs(1)));
    bench.run("run --chunk-records 100 --concurrency 16 --timeout 2 --settle 0.2", 0);
    bench.assert_created(2000, &[]);
}

#[test]
fn patience_ends_when_nothing_is_answered_for_as_long_as_it_is_to_last() {
    let bench = Bench::new(&lines(100));
    bench.simulator.outage(Outage::refused().after_requests(3));
    let begun = Instant::now();
    let ran = bench.run("run --skip-dry-run --chunk-records 10 --concurrency 1 --retry-for 2", 1);
    assert!(ran.stderr.contains("--retry-for"), "{ran:?}");
    assert!(begun.elapsed() >= Duration::from_secs(2));
    bench.simulator.end_outages();
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(100, &[]);
}

#[test]
fn lookups_and_deletions_are_as_patient_as_batches() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(300));
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch));
    for operation in [Operation::Introspect, Operation::ListTokens, Operation::BatchStatus] {
        bench.simulator.inject(Fault::status(503).on(operation).sometimes(0.3, 7).always());
    }
    bench.run("run --skip-dry-run --chunk-records 100 --settle 0.1", 0);
    bench.assert_created(300, &[]);
    bench.run("verify --all", 0);
    bench.simulator.inject(Fault::status(429).on(Operation::DeleteToken).sometimes(0.2, 8).always());
    assert_eq!(bench.rollback("delete 200\ndelete 100 in doubt").code, Some(0));
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn what_has_been_looked_up_is_kept_when_the_rest_fails() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(200));
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch));
    bench.simulator.inject(Fault::status(503).on(Operation::Introspect).after(150).always());
    bench.run("run --skip-dry-run --settle 0.1 --retry-for 1", 1);
    let kept = bench.reported("created").len();
    assert!(kept >= 140, "only {kept} are known");
    bench.simulator.faults().clear();
    let asked = bench.ledger().requests_for(Operation::Introspect).len();
    bench.run("run --skip-dry-run --settle 0.1", 0);
    let more = bench.ledger().requests_for(Operation::Introspect).len() - asked;
    assert!(more <= 60, "{more} were asked for again");
    bench.assert_created(200, &[]);
}

#[test]
fn the_rate_is_kept_by_all_requests_together() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(200));
    bench.run("run --skip-dry-run --chunk-records 10 --rate 20", 0);
    let requests = bench.ledger().requests();
    for window in requests.windows(22) {
        let span = window[21].at.duration_since(window[0].at);
        assert!(span >= Duration::from_millis(900), "22 requests in {span:?}");
    }
    bench.assert_created(200, &[]);
}

#[cfg(unix)]
#[test]
fn the_first_signal_finishes_what_is_under_way_and_the_second_ends_at_once() {
    each(["INT", "TERM"], |signal| {
        let bench = Bench::with(
            Simulator::builder().batch_delay(Duration::from_millis(700)),
            "tokens.jsonl",
            &lines(2000),
        );
        let send = |id: u32| {
            assert!(
                Command::new("kill").args([format!("-{signal}"), id.to_string()]).status().unwrap().success()
            );
        };
        let begun = |count: usize| {
            while bench.ledger().requests_for(Operation::CreateBatch).len() < count {
                sleep(Duration::from_millis(5));
            }
        };
        let child = bench.spawn("run --skip-dry-run --chunk-records 50 --concurrency 2");
        begun(2);
        send(child.id());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("run it again to pick up"), "{ran:?}");
        assert!(!ran.stderr.contains("could not be looked at"), "{ran:?}");
        let batches = bench.ledger().batches();
        assert!(batches.len() <= 4, "{} batches", batches.len());
        assert!(batches.iter().all(|batch| batch.state == BatchState::Succeeded));
        assert_eq!(bench.reported("created").len(), batches.len() * 50);
        assert!(bench.reported("unknown").is_empty());

        let before = batches.len();
        bench.simulator.inject(Fault::hang_before_processing().on(Operation::BatchStatus).after(1).always());
        // What is being sent at the end is left alone for as long as it may have been under way.
        let mut child = bench.spawn("run --skip-dry-run --concurrency 2 --timeout 5");
        begun(before + 1);
        send(child.id());
        // What is under way cannot end; two signals at a time might be one.
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        assert!(said.any(|line| line.contains("interrupt again to end at once")), "{signal}");
        send(child.id());
        assert!(said.any(|line| line.contains("ended at once: run it again to go on")), "{signal}");
        assert_eq!(child.wait().unwrap().code(), Some(1));
        bench.simulator.faults().clear();
        bench.run("run --skip-dry-run --settle 0.1 --concurrency 16", 0);
        bench.assert_created(2000, &[]);
    });
}

#[test]
fn something_is_said_every_few_seconds_whatever_happens() {
    let bench = Bench::new(&lines(100));
    bench.simulator.outage(Outage::refused().after_requests(3).lasting(Duration::from_secs(8)));
    let ran = bench.run("run --skip-dry-run --chunk-records 10 --concurrency 1", 0);
    let said =
        ran.stderr.lines().find(|line| line.starts_with("moving: ")).unwrap_or_else(|| panic!("{ran:?}"));
    assert!(said.contains("of 100 records") && said.contains("tried again"), "{said}");
    let rate = said.split(", ").nth(1).unwrap();
    assert!(
        rate.strip_suffix(" per second")
            .or_else(|| rate.split(" per").next())
            .unwrap()
            .parse::<u64>()
            .is_ok(),
        "{said}"
    );
}

#[test]
fn the_journal_can_be_looked_at_while_it_is_written() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(50));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(1000));
    let child = bench.spawn("run --skip-dry-run --chunk-records 50 --concurrency 1 --rate 15");
    while bench.ledger().token_count() < 200 {
        sleep(Duration::from_millis(5));
    }
    let report = bench.report("");
    assert_eq!(report.len(), 1000);
    assert!(report.iter().any(|(_, _, state, _)| state == "created"));
    assert!(report.iter().any(|(_, _, state, _)| state == "waiting"));
    let verified = bench.run("verify --sample 20", 2);
    assert!(verified.stdout.contains("missing 0, differing 0"), "{verified:?}");
    let status = bench.run("status", 0);
    assert!(status.stdout.contains("under way"), "{status:?}");
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    bench.assert_created(1000, &[]);
    let status = bench.run("status", 0);
    assert!(status.stdout.contains("created 1000") && !status.stdout.contains("under way"), "{status:?}");
}

#[test]
fn a_report_is_of_one_moment_while_the_journal_is_written() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(20_000));
    let mut child = bench.spawn("run --skip-dry-run --chunk-records 20");
    let path = bench.path("report.csv");
    let mut partial = 0;
    while child.try_wait().unwrap().is_none() {
        let ran = bench.ran(&format!("report -o {}", path.display()));
        if ran.code != Some(0) {
            // It is not planned yet.
            assert!(ran.stderr.contains("no journal") || ran.stderr.contains("is empty"), "{ran:?}");
            continue;
        }
        let created = std::fs::read_to_string(&path).unwrap().matches(",created,").count();
        let summary = std::fs::read_to_string(bench.path("report.csv.summary.json")).unwrap();
        let summary: Value = serde_json::from_str(&summary).unwrap();
        assert_eq!(summary["counts"]["created"], created);
        partial += usize::from(created > 0 && created < 20_000);
    }
    assert!(partial > 2, "it was over too soon: {partial}");
}

#[test]
fn a_first_run_that_cannot_connect_says_so_soon_and_leaves_nothing_behind() {
    let bench = Bench::with(Simulator::builder().another_service("777"), "tokens.jsonl", &lines(10));
    for (name, value, said) in [
        ("AUTHLETE_BEARER", "canary-wrong", "is AUTHLETE_BEARER"),
        ("AUTHLETE_SERVICE_ID", "999", "AUTHLETE_SERVICE_ID"),
        ("AUTHLETE_BASE_URL", "http://127.0.0.1:9", "nothing listens there; is AUTHLETE_BASE_URL right"),
    ] {
        // The six hours of `--retry-for` are for a server that was reached once.
        let ran = Ran::of(bench.command("run").env(name, value).output().unwrap());
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains(said) && !ran.stderr.contains("--retry-for"), "{ran:?}");
        let left: Vec<_> =
            fs::read_dir(bench.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["tokens.jsonl"], "{name}");
    }
    bench.run("run", 0);
    let other = bench.simulator.url().replace("127.0.0.1", "localhost");
    let ran = Ran::of(bench.command("run").env("AUTHLETE_BASE_URL", other).output().unwrap());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("the journal is of another server"), "{ran:?}");
    bench.assert_created(10, &[]);
}

#[test]
fn a_run_that_goes_on_waits_for_a_server_that_is_away_when_it_begins() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(100));
    bench.simulator.inject(Fault::status(401).on(Operation::CreateBatch).after(1));
    bench.run("run --skip-dry-run --chunk-records 50 --concurrency 1", 1);
    // Longer than a first run would try.
    bench.simulator.outage(Outage::refused().lasting(Duration::from_secs(8)));
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(100, &[]);
}

/// A client with many other tokens, where only the list tells what exists; `.ci/deep lists` has one with many more.
#[test]
fn a_long_list_is_read_once_and_not_for_every_chunk() {
    let others: u64 = std::env::var("AUTHLETE_LIST_LENGTH").map_or(3_000, |text| text.parse().unwrap());
    let expires = now() + 86_400_000;
    let bound = |number| {
        let record = json!({
            "grantType": "CLIENT_CREDENTIALS", "clientId": 42, "scopes": ["read"], "accessToken": access(number),
            "expiresAt": expires, "certificateThumbprint": "A".repeat(43),
        });
        record.to_string() + "\n"
    };
    let text: String = (1..=40).map(bound).collect();
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &text);
    let id = bench.simulator.service_id().to_owned();
    for number in 1_000_000..1_000_000 + others {
        let other = json!({
            "grantType": "CLIENT_CREDENTIALS", "clientId": 42, "accessToken": access(number), "accessTokenDuration": 86_400,
        });
        bench.simulator.add_token(&id, other).unwrap();
    }
    // Each of the four chunks is lost once, before it is processed or after.
    bench.simulator.inject(Fault::close_before_processing().on(Operation::CreateBatch).times(2));
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch).times(2));
    bench.run("run --skip-dry-run --chunk-records 10 --concurrency 1 --settle 0.1", 0);
    assert_eq!(bench.ledger().created_count() as u64, others + 40);
    // Once, and a few pages for how it hashes and what has come since.
    let pages = bench.ledger().requests_for(Operation::ListTokens).len() as u64;
    assert!(pages < others / 20 + 70, "{pages} pages were read of a list of {}", others / 20 + 1);
}

#[test]
fn what_was_rejected_is_sent_again_together_when_the_service_is_mended() {
    let bench = Bench::with(
        Simulator::builder().batch_delay(Duration::ZERO).scopes(["read"]),
        "tokens.jsonl",
        &lines(100),
    );
    bench.run("run --skip-dry-run --chunk-records 50", 2);
    assert_eq!(bench.reported("rejected").len(), 100);
    bench.simulator.switch(|switches| switches.scopes = None);
    bench.run("run", 2);
    let before = bench.ledger().requests_for(Operation::CreateBatch).len();
    bench.run("run --retry-rejected", 0);
    assert_eq!(bench.ledger().requests_for(Operation::CreateBatch).len() - before, 2, "one by one");
    bench.assert_created(100, &[]);
}

#[test]
fn what_was_divided_is_sent_in_large_batches_again_when_the_service_is_mended_on_the_way() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(400));
    // One chunk, two halves, and so on to 128 parts: what is left are 256 parts of one or two records.
    bench.simulator.inject(
        Fault::status(400).with_body(r#"{"resultCode":"A000001"}"#).on(Operation::CreateBatch).times(255),
    );
    bench.run("run --skip-dry-run --concurrency 1", 0);
    bench.assert_created(400, &[]);
    let batches = bench.ledger().batches();
    assert!(batches.iter().all(|batch| batch.state == BatchState::Succeeded));
    let sizes: Vec<usize> = batches.iter().map(|batch| batch.item_count).collect();
    assert!(sizes[..8].iter().all(|size| *size <= 2), "{sizes:?}");
    assert!(sizes.len() < 40 && sizes.iter().any(|size| *size >= 30), "{sizes:?}");
    assert_eq!(sizes.iter().sum::<usize>(), 400);
}

/// A record with its own values in every member, and what the ledger must say of it.
fn record(number: u64, expires: u64) -> Value {
    json!({
        "grantType": if number.is_multiple_of(3) { "PASSWORD" } else { "AUTHORIZATION_CODE" },
        "clientId": 40 + number % 5,
        "subject": format!("user-{number}"),
        "scopes": if number.is_multiple_of(2) { json!(["read"]) } else { json!(["read", "write"]) },
        "accessToken": access(number),
        "refreshToken": refresh(number),
        "expiresAt": expires + number * 1000,
        "refreshTokenExpiresAt": expires + 1_000_000 + number * 1000,
        "properties": [{"key": "number", "value": number.to_string()}],
        "resources": [format!("https://api.example.com/{}", number % 7)],
        "acr": format!("urn:example:{}", number % 4),
        "authTime": 1_700_000_000 + number,
    })
}

#[test]
fn a_migration_through_limits_outages_and_lost_answers_ends_in_one_run_equal_to_its_file() {
    const RECORDS: u64 = 20_000;
    let expires = now() + 86_400_000;
    let text: String = (1..=RECORDS).map(|number| record(number, expires).to_string() + "\n").collect();
    let builder = Simulator::builder().batch_delay(Duration::from_millis(10));
    let bench = Bench::with(builder, "tokens.jsonl", &text);
    // A second of that night lasts 50 ms: two batches in each, and three outages of 20 s.
    bench.simulator.limit_rate(
        RateLimit::new(2, Duration::from_millis(50)).on(Operation::CreateBatch).without_retry_after(),
    );
    for (start, is_refused) in [(1_500, true), (4_000, false), (6_500, true)] {
        let outage = if is_refused { Outage::refused() } else { Outage::unavailable() };
        bench
            .simulator
            .outage(outage.starting_in(Duration::from_millis(start)).lasting(Duration::from_secs(1)));
    }
    bench.simulator.drop_answers(0.05, 11);
    bench.run("run --skip-dry-run --chunk-records 200 --settle 0.2", 0);
    bench.simulator.drop_answers(0.0, 0);
    let ledger = bench.ledger();
    let mut seen = 0;
    ledger.for_each_token(|token| {
        let number: u64 = token.access_token.rsplit('-').next().unwrap().parse().unwrap();
        let wanted = record(number, expires);
        let extra = token.extra();
        assert_eq!(token.grant_type.as_str(), wanted["grantType"]);
        assert_eq!(token.client_id, wanted["clientId"].as_i64());
        assert_eq!(token.subject.as_deref(), wanted["subject"].as_str());
        assert_eq!(json!(token.scopes.iter().collect::<Vec<_>>()), wanted["scopes"]);
        assert_eq!(token.refresh_token.as_deref(), wanted["refreshToken"].as_str());
        assert_eq!(json!(extra.properties), wanted["properties"]);
        assert_eq!(json!(extra.resources), wanted["resources"]);
        assert_eq!(extra.acr.as_deref(), wanted["acr"].as_str());
        assert_eq!(extra.auth_time, wanted["authTime"].as_i64());
        for (at, wanted) in [
            (token.access_token_expires_at, &wanted["expiresAt"]),
            (token.refresh_token_expires_at, &wanted["refreshTokenExpiresAt"]),
        ] {
            let off = at.unwrap() - wanted.as_i64().unwrap();
            assert!((-2_000..=10_000).contains(&off), "{off} ms off");
        }
        seen += 1;
    });
    assert_eq!(seen, RECORDS);
    assert_eq!(ledger.created_count() as u64, RECORDS, "created twice");
    assert_eq!(ledger.rejected_duplicates(), 0, "sent though it existed");
}

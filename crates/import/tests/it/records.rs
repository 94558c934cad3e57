//! Single records: at fault, there already, bound, expiring.

use std::fmt::Write;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

use authlete_simulator::{Fault, Operation, PartialApplication, Simulator, SingleAccessToken, Validation};

use crate::support::{Bench, Ran, access, each, line, lines, now, refresh};

/// Line `number`, with a member in place of another.
fn changed(number: u64, from: &str, to: &str) -> String {
    let line = line(number);
    assert!(line.contains(from), "{from} is not in {line}");
    line.replace(from, to)
}

/// The records 1 to `count`, some of them changed.
fn with_changes(count: u64, changes: &[(u64, &str, &str)]) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        let change = changes.iter().find(|(changed, ..)| *changed == number);
        let line = change.map_or_else(|| line(number), |(_, from, to)| changed(number, from, to));
        writeln!(text, "{line}").unwrap();
        text
    })
}

#[test]
fn a_poisoned_record_is_found_by_bisection() {
    let partials =
        [PartialApplication::Prefix, PartialApplication::None, PartialApplication::AllButTheOffenders];
    each(partials, |partial| {
        let builder =
            Simulator::builder().partial_application(partial).batch_delay(Duration::ZERO).poison(access(617));
        let bench = Bench::with(builder, "tokens.jsonl", &lines(1000));
        let ran = bench.run("run --skip-dry-run", 2);
        assert!(ran.stdout.contains("created 999, already there 0, rejected 1, unknown 0"), "{ran:?}");
        bench.assert_created(1000, &[617]);
        let report = bench.report("");
        let (record, _, state, reason) = &report[616];
        assert_eq!((*record, state.as_str(), reason.as_str()), (617, "rejected", "SIM203"));
        // Whole, again, by halves to one, and that one alone twice more.
        let (batches, _) = bench.batches();
        assert!(batches <= 2 + 2 * 10 + 2, "{batches} batches for one record at fault");
        bench.run("run", 2);
        assert_eq!(bench.batches().0, batches, "a rejected record is not sent again");
    });
}

#[test]
fn several_poisoned_records_are_all_found() {
    let poisoned = [1, 2, 99, 100, 101, 250];
    let mut builder = Simulator::builder().batch_delay(Duration::ZERO);
    for number in poisoned {
        builder = builder.poison(access(number));
    }
    let bench = Bench::with(builder, "tokens.jsonl", &lines(250));
    bench.run("run --skip-dry-run --chunk-records 100", 2);
    bench.assert_created(250, &poisoned);
    assert_eq!(bench.reported("rejected"), poisoned);
}

#[test]
fn a_record_that_the_server_refuses_is_found() {
    for validation in [Validation::AtOnce, Validation::InBatch] {
        let builder =
            Simulator::builder().validation(validation).scopes(["read", "write"]).batch_delay(Duration::ZERO);
        let text = with_changes(100, &[(40, "\"write\"", "\"admin\""), (41, "\"write\"", "\"admin\"")]);
        let bench = Bench::with(builder, "tokens.jsonl", &text);
        bench.run("run --skip-dry-run", 2);
        bench.assert_created(100, &[40, 41]);
        assert_eq!(bench.report("")[39].3, "SIM109");
    }
}

#[test]
fn a_batch_that_is_too_large_is_divided() {
    let builder = Simulator::builder().max_body_bytes(5000).batch_delay(Duration::ZERO);
    let bench = Bench::with(builder, "tokens.jsonl", &lines(100));
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(100, &[]);
}

#[test]
fn chunks_keep_to_their_bytes() {
    let bench = Bench::new(&lines(100));
    bench.run("run --skip-dry-run --chunk-bytes 5000", 0);
    let requests = bench.ledger().requests_for(Operation::CreateBatch);
    assert!(requests.len() >= 4);
    assert!(requests.iter().all(|request| request.body_length.unwrap() <= 5000));
}

#[test]
fn the_dry_run_shows_faults_before_anything_is_created() {
    let builder = Simulator::builder().batch_delay(Duration::ZERO).poison(access(77));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(300));
    let ran = bench.run("run --chunk-records 100", 1);
    assert!(ran.stderr.contains("the dry run rejected 1 record, and nothing was created"), "{ran:?}");
    assert_eq!(bench.ledger().created_count(), 0);
    assert_eq!(bench.reported("rejected"), [77]);
    bench.run("run", 1);
    bench.run("run --skip-invalid", 2);
    bench.assert_created(300, &[77]);
    assert_eq!(bench.batches().1, 0, "no real batch failed");
}

#[test]
fn a_server_that_tells_nothing_of_dry_runs_is_put_up_with() {
    for builder in
        [Simulator::builder().dry_run_request_id(false), Simulator::builder().dry_run_status(false)]
    {
        let bench = Bench::with(builder, "tokens.jsonl", &lines(30));
        bench.run("run --chunk-records 10 --grace 0.2", 0);
        bench.assert_created(30, &[]);
    }
}

#[test]
fn too_many_rejections_end_the_run() {
    let mut builder = Simulator::builder().batch_delay(Duration::ZERO);
    for number in 1..=20 {
        builder = builder.poison(access(number));
    }
    let bench = Bench::with(builder, "tokens.jsonl", &lines(40));
    let ran = bench.run("run --skip-dry-run --chunk-records 10 --max-rejected 5", 1);
    assert!(ran.stderr.contains("--max-rejected"), "{ran:?}");
    bench.run("run --max-rejected 50", 2);
    bench.assert_created(40, &(1..=20).collect::<Vec<_>>());
}

#[test]
fn if_everything_is_rejected_most_is_not_even_sent() {
    for validation in [Validation::AtOnce, Validation::InBatch] {
        let builder =
            Simulator::builder().validation(validation).scopes(["other"]).batch_delay(Duration::ZERO);
        let bench = Bench::with(builder, "tokens.jsonl", &lines(1000));
        bench.run("run --skip-dry-run --chunk-records 10 --max-rejected 20", 1);
        assert_eq!(bench.ledger().created_count(), 0);
        let waiting = bench.reported("waiting").len();
        assert!(waiting >= 800, "only {waiting} records wait");
    }
}

#[test]
fn a_delta_run_leaves_alone_what_is_there() {
    each(["", "--skip-dry-run"], |dry_run| {
        let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(60));
        bench.run("run --skip-dry-run", 0);
        // Tokens tell their age by the second, and clocks differ.
        sleep(Duration::from_millis(3500));
        // The second export overlaps with the first.
        let delta: String = lines(100).lines().skip(40).fold(String::new(), |text, line| text + line + "\n");
        fs::write(bench.path("delta.jsonl"), delta).unwrap();
        let delta = Bench { file: bench.path("delta.jsonl"), ..bench };
        let ran = run_with_delta(&delta, &format!("run {dry_run}"));
        assert!(ran.stdout.contains("created 40, already there 20, rejected 0"), "{ran:?}");
        assert_eq!(delta.ledger().token_count(), 100);
        assert_eq!(delta.ledger().created_count(), 100);
        assert_eq!(delta.reported("already there"), (1..=20).collect::<Vec<_>>());

        let rolled = delta.rollback("delete 40");
        assert_eq!(rolled.code, Some(0), "{rolled:?}");
        assert!(rolled.stdout.contains("deleted 40, left alone 20"), "{rolled:?}");
        let ledger = delta.ledger();
        assert_eq!(ledger.token_count(), 60);
        assert!((1..=60).all(|number| ledger.contains(&access(number))));
    });
}

/// The first input is in the folder too, so canaries in files are not looked for.
fn run_with_delta(bench: &Bench, arguments: &str) -> Ran {
    fs::remove_file(bench.path("tokens.jsonl")).unwrap();
    bench.run(arguments, 0)
}

#[test]
fn a_rollback_wants_the_right_words_and_ends_the_import() {
    let bench = Bench::new(&lines(10));
    bench.run("run", 0);
    for words in ["", "yes", "delete 9", "delete 10 tokens"] {
        let ran = bench.rollback(words);
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains("not confirmed, and nothing was deleted"), "{ran:?}");
    }
    assert_eq!(bench.ledger().token_count(), 10);
    assert_eq!(bench.rollback("delete 10").code, Some(0));
    assert_eq!(bench.ledger().token_count(), 0);
    assert_eq!(bench.reported("deleted").len(), 10);
    for again in ["run", "reconcile"] {
        let ran = bench.run(again, 1);
        assert!(ran.stderr.contains("rolled back"), "{ran:?}");
    }
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn a_rollback_does_not_take_a_gateway_s_404_for_a_deletion() {
    let bench = Bench::new(&lines(10));
    bench.run("run", 0);
    let fault = Fault::status(404).with_body(r#"{"message":"no route"}"#).on(Operation::DeleteToken);
    bench.simulator.inject(fault.always());
    let ran = bench.rollback("delete 10");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!((bench.ledger().token_count(), bench.reported("deleted").len()), (10, 0));
    bench.simulator.faults().clear();
    assert_eq!(bench.rollback("delete 10").code, Some(0));
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn a_token_that_exists_is_no_fault_of_its_record_even_if_it_is_refused_at_once() {
    // A server that checks for existing tokens before it accepts a batch, be it a dry run or not.
    each(["", "--skip-dry-run"], |dry_run| {
        let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(20));
        bench.run("run --skip-dry-run", 0);
        sleep(Duration::from_millis(3500));
        fs::write(bench.path("delta.jsonl"), lines(21)).unwrap();
        let delta = Bench { file: bench.path("delta.jsonl"), ..bench };
        delta.simulator.inject(refusing().times(20));
        let ran = run_with_delta(&delta, &format!("run {dry_run} --chunk-records 1 --concurrency 1"));
        assert!(ran.stdout.contains("created 1, already there 20, rejected 0"), "{ran:?}");
    });
}

/// A 400 of Authlete's.
fn refusing() -> Fault {
    let body = r#"{"resultCode":"A000001","resultMessage":"no"}"#;
    Fault::status(400).with_body(body).on(Operation::CreateBatch)
}

#[test]
fn a_refused_record_that_cannot_be_looked_up_is_rejected() {
    // Its holder has other tokens, and how the list hashes is not known yet.
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(1));
    bench.run("run --skip-dry-run", 0);
    let bound = format!("\"dpopKeyThumbprint\":\"{}\",\"clientId\"", "A".repeat(43));
    let text = changed(2, "\"clientId\"", &bound).replace("user-2", "user-1");
    fs::write(bench.path("delta.jsonl"), format!("{text}\n")).unwrap();
    let delta = Bench { file: bench.path("delta.jsonl"), ..bench };
    delta.simulator.inject(refusing().always());
    fs::remove_file(delta.path("tokens.jsonl")).unwrap();
    let ran = delta.run("run --skip-dry-run", 2);
    assert!(ran.stdout.contains("rejected 1, unknown 0"), "{ran:?}");
    assert_eq!(delta.report("")[0].3, "A000001");
}

#[test]
fn records_that_expire_on_the_way_are_not_rejections_of_the_server() {
    // Three expire while the dry runs of those before them wait for their outcome.
    let soon = now() + 2_500;
    let mut text = lines(10);
    for number in 11..=13 {
        let line = line(number);
        let (start, _) = line.split_once("\"refreshToken\"").unwrap();
        writeln!(text, "{start}\"expiresAt\":{soon}}}").unwrap();
    }
    let builder = Simulator::builder().batch_delay(Duration::from_millis(1_500));
    let bench = Bench::with(builder, "tokens.jsonl", &text);
    let ran = bench.run("run --chunk-records 5 --concurrency 1", 0);
    assert!(
        ran.stdout.contains("created 10, already there 0, rejected 0, unknown 0, waiting 0, expired 3"),
        "{ran:?}"
    );
    bench.assert_created(10, &[]);
}

#[test]
fn tokens_bound_to_a_key_are_found_in_the_list() {
    let thumbprint = "A".repeat(43);
    let text: String = (1..=50)
        .map(|number| {
            let member = if number % 2 == 0 { "certificateThumbprint" } else { "dpopKeyThumbprint" };
            changed(number, "\"clientId\"", &format!("\"{member}\":\"{thumbprint}\",\"clientId\"")) + "\n"
        })
        .collect();
    let bench = Bench::new(&text);
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch));
    bench.simulator.inject(Fault::close_before_processing().on(Operation::CreateBatch).after(1));
    bench.run("run --skip-dry-run --chunk-records 25 --concurrency 1 --settle 0.2", 0);
    bench.assert_created(50, &[]);
    assert!(bench.ledger().requests_for(Operation::Introspect).is_empty());
    let verified = bench.run("verify --all", 0);
    assert!(verified.stdout.contains("there 50"), "{verified:?}");
    assert!(bench.ledger().requests_for(Operation::Introspect).is_empty());
}

#[test]
fn tokens_that_have_expired_are_not_deleted_by_looking() {
    // The access tokens expire while the outcome is in doubt; the refresh tokens live on.
    let soon = now() + 2_500;
    let text: String = (1..=20)
        .map(|number| {
            let expires = format!("\"expiresAt\":{soon},\"refreshTokenExpiresAt\":{}", soon + 60_000);
            let line = line(number);
            let (start, _) = line.split_once("\"expiresAt\"").unwrap();
            format!("{start}{expires}}}\n")
        })
        .collect();
    let bench = Bench::new(&text);
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch));
    bench.run("run --skip-dry-run --settle 4", 0);
    bench.assert_created(20, &[]);
    assert!(bench.ledger().deleted().is_empty());
    let verified = bench.run("verify", 0);
    assert!(verified.stdout.contains("there 20, expired meanwhile 0"), "{verified:?}");
    assert!(bench.ledger().requests_for(Operation::Introspect).is_empty());
}

#[test]
fn lifetimes_are_what_is_left_when_the_token_is_sent() {
    let (start, hour) = (now(), 3_600_000);
    let record = |number: u64, members: &str| {
        format!(
            r#"{{"grantType":"PASSWORD","clientId":42,"subject":"s{number}","accessToken":"{}",{members}}}"#,
            access(number)
        ) + "\n"
    };
    let refresh_expires = |number, at| {
        format!(r#""refreshToken":"{}","refreshTokenExpiresAt":{at},"expiresAt":"#, refresh(number))
    };
    let text = [
        record(1, &format!("\"expiresAt\":{}", start + hour)),
        record(2, "\"accessTokenDuration\":100"),
        record(3, &format!("{}{}", refresh_expires(3, start + 2 * hour), start + hour)),
        // Expired, but its refresh token is not.
        record(4, &format!("{}{}", refresh_expires(4, start + 2 * hour), start - hour)),
        // The refresh token has expired.
        record(5, &format!("{}{}", refresh_expires(5, start - 1), start + hour)),
        record(6, "\"accessTokenPersistent\":true"),
    ]
    .concat();
    let bench = Bench::new(&text);
    bench.run("run", 0);
    let left = |number: u64| {
        let token = bench.ledger().token(&access(number)).unwrap();
        let seconds = |at: Option<i64>| at.map(|at| (at - token.created_at) / 1000);
        (
            seconds(token.access_token_expires_at),
            seconds(token.refresh_token_expires_at),
            token.refresh_token.is_some(),
        )
    };
    let near = |found: Option<i64>, seconds: i64| {
        found.is_some_and(|found| (seconds - 60..=seconds).contains(&found))
    };
    assert!(near(left(1).0, 3600));
    assert_eq!(left(2).0, Some(100));
    assert!(near(left(3).0, 3600) && near(left(3).1, 7200));
    assert!(left(4).0 == Some(1) && near(left(4).1, 7200));
    assert!(near(left(5).0, 3600) && !left(5).2);
    assert_eq!(left(6).0, None);
}

#[test]
fn a_record_that_expires_on_the_way_is_set_aside_and_the_others_arrive() {
    let start = now();
    let mut text = lines(10);
    text += &format!(
        "{{\"grantType\":\"PASSWORD\",\"clientId\":42,\"subject\":\"s\",\"accessToken\":\"{}\",\"expiresAt\":{}}}\n",
        access(11),
        start + 2_500
    );
    let bench = Bench::new(&text);
    let refused = Fault::status(429).with_body(r#"{"resultCode":"A001215"}"#);
    bench.simulator.inject(refused.retry_after("3").on(Operation::CreateBatch));
    bench.run("run --skip-dry-run", 0);
    bench.assert_created(11, &[11]);
    assert_eq!(bench.report("")[10].3, "expired before it could be moved");
}

#[test]
fn verify_notices_tokens_that_are_gone_and_a_repair_moves_them_again() {
    let bench = Bench::new(&lines(20));
    bench.run("run", 0);
    let gone = [3, 4, 17];
    for number in gone {
        bench.delete_token(&access(number));
    }
    let ran = bench.run("verify --all", 2);
    assert!(ran.stdout.contains("there 17, expired meanwhile 0, missing 3, differing 0"), "{ran:?}");
    for number in gone {
        assert!(ran.stderr.contains(&format!("record {number}: the token is missing")), "{ran:?}");
    }
    for command in ["run", "status", "report"] {
        let ran = bench.run(command, 2);
        assert!(ran.stdout.contains("missing"), "{command}: {ran:?}");
    }
    assert_eq!(bench.ledger().token_count(), 17, "without being told to it moves nothing again");
    let ran = bench.run("run --repair", 0);
    assert!(ran.stderr.contains("3 records are moved again"), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), 20);
    assert_eq!(bench.ledger().created_count(), 23);
    bench.run("verify --all", 0);
    let ran = bench.run("run --repair", 0);
    assert!(ran.stderr.contains("there is nothing to repair"), "{ran:?}");
    assert_eq!(bench.ledger().created_count(), 23);
    assert_eq!(bench.rollback("delete 20").code, Some(0));
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn a_single_access_token_per_subject_is_foretold_and_noticed() {
    let builder = Simulator::builder().single_access_token_per_subject(SingleAccessToken::CreateAndBatch);
    let text = with_changes(10, &[(2, "user-2", "user-1"), (3, "user-3", "user-1")]);
    let bench = Bench::with(builder, "tokens.jsonl", &text);
    let checked = bench.run("check", 0);
    assert!(checked.stdout.contains("note: 2 records share client and subject"), "{checked:?}");
    let ran = bench.run("run", 1);
    assert!(ran.stderr.contains("such as that of record 1: the token is missing"), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), 8);
    let verified = bench.run("verify --all", 2);
    assert!(verified.stdout.contains("there 8, expired meanwhile 0, missing 2"), "{verified:?}");
    assert!(verified.stderr.contains("record 1: the token is missing"), "{verified:?}");
}

#[test]
fn a_list_that_may_hash_otherwise_is_not_believed() {
    // The subject has other tokens, none of which shows that the hash is the expected one.
    let thumbprint = "A".repeat(43);
    let text = changed(1, "\"clientId\"", &format!("\"dpopKeyThumbprint\":\"{thumbprint}\",\"clientId\""));
    let bench = Bench::new(&text);
    let other = r#"{"totalCount":1,"accessTokens":[{"accessTokenHash":"of-another-kind"}]}"#;
    bench.simulator.inject(Fault::body(other, "application/json").on(Operation::ListTokens).always());
    bench.simulator.inject(Fault::close_before_processing().on(Operation::CreateBatch));
    let ran = bench.run("run --skip-dry-run --settle 0.1", 2);
    assert!(ran.stdout.contains("unknown 1"), "{ran:?}");
    assert_eq!(bench.reported("unknown"), [1]);
    bench.simulator.faults().clear();
    bench.run("run --settle 0.1", 0);
    bench.assert_created(1, &[]);
}

#[test]
fn how_the_list_hashes_is_learnt_from_tokens_that_exist() {
    // One subject has all the tokens, so that its list is never empty.
    let thumbprint = format!("\"dpopKeyThumbprint\":\"{}\",\"clientId\"", "A".repeat(43));
    let text: String = (1..=20)
        .map(|number| {
            let line = changed(number, "\"clientId\"", &thumbprint);
            line.replace(&format!("user-{number}\""), "user\"") + "\n"
        })
        .collect();
    let bench = Bench::new(&text);
    bench.simulator.inject(Fault::close_before_processing().on(Operation::CreateBatch).after(1));
    bench.run("run --skip-dry-run --chunk-records 10 --concurrency 1 --settle 0.1", 0);
    bench.assert_created(20, &[]);
    assert_eq!(bench.ledger().requests_for(Operation::CreateBatch).len(), 3);
}

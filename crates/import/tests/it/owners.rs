//! What exists is compared with its record, and belongs to whoever created it.

use std::fmt::Write as _;
use std::time::Duration;

use authlete_simulator::{Fault, Operation, RefreshTokens, Simulator};
use serde_json::{Value, json};

use crate::support::{Bench, Ran, access, each, lines, now, refresh};

/// A record with every member that a token keeps.
fn full(number: u64, expires: u64) -> Value {
    json!({
        "grantType": "AUTHORIZATION_CODE",
        "clientId": 42,
        "subject": format!("user-{number}"),
        "scopes": ["read", "write"],
        "accessToken": access(number),
        "refreshToken": refresh(number),
        "expiresAt": expires,
        "refreshTokenExpiresAt": expires,
        "properties": [{"key": "tier", "value": "gold"}],
        "resources": ["https://api.example.com/"],
        "acr": "urn:example:mfa",
        "authTime": 1_700_000_000,
        "authorizationDetails": {"elements": [{"type": "account", "actions": ["read"]}]},
    })
}

/// The same as the request that creates it.
fn request(number: u64) -> Value {
    let mut request = full(number, 0);
    let members = request.as_object_mut().unwrap();
    members.remove("expiresAt");
    members.remove("refreshTokenExpiresAt");
    members.insert("accessTokenDuration".to_owned(), 3600.into());
    members.insert("refreshTokenDuration".to_owned(), 3600.into());
    request
}

#[test]
fn what_differs_in_whatever_member_is_in_conflict_and_what_is_equal_is_not() {
    let changes = [
        ("clientId", json!(43), "client"),
        ("subject", json!("mallory"), "subject"),
        ("scopes", json!(["read", "write", "admin"]), "scopes"),
        ("scopes", json!(["read"]), "scopes"),
        ("grantType", json!("DEVICE_CODE"), "grantType"),
        ("accessTokenDuration", json!(7_200), "expiresAt"),
        ("refreshTokenDuration", json!(7_200), "refreshTokenExpiresAt"),
        ("refreshToken", json!("another-refresh-token"), "refreshToken"),
        ("refreshToken", json!(null), "refreshToken"),
        ("properties", json!([{"key": "tier", "value": "tin"}]), "properties"),
        ("properties", json!(null), "properties"),
        ("resources", json!(["https://other.example.com/"]), "resources"),
        ("acr", json!("urn:example:pwd"), "acr"),
        ("authTime", json!(1_600_000_000), "authTime"),
        (
            "authorizationDetails",
            json!({"elements": [{"type": "account", "actions": ["write"]}]}),
            "authorizationDetails",
        ),
        ("certificateThumbprint", json!("A".repeat(43)), "certificateThumbprint"),
    ];
    let count = changes.len() as u64 + 2;
    each(["", "--skip-dry-run"], |dry_run| {
        let expires = now() + 3_600_000;
        let text = (1..=count).fold(String::new(), |mut text, number| {
            writeln!(text, "{}", full(number, expires)).unwrap();
            text
        });
        let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &text);
        let service = bench.simulator.service_id().to_owned();
        for (number, (member, value, _)) in (1..).zip(&changes) {
            let mut request = request(number);
            request[member] = value.clone();
            bench.simulator.add_token(&service, request).unwrap();
        }
        // One is there as it should be, and the last is not there.
        bench.simulator.add_token(&service, request(count - 1)).unwrap();
        std::thread::sleep(Duration::from_millis(3_500));
        let ran = bench.run(&format!("run {dry_run} --chunk-records 10"), 2);
        assert!(ran.stdout.contains(&format!("in conflict {}", changes.len())), "{ran:?}");
        let report = bench.report("");
        for ((_, _, state, reason), (member, _, named)) in report.iter().zip(&changes) {
            assert_eq!(state, "conflict", "{member}");
            let named_alone = reason.split(": ").nth(1).unwrap().split(", ").any(|word| word == *named);
            assert!(named_alone, "{member}: {reason}");
        }
        assert_eq!(report[changes.len()].2, "already there");
        assert_eq!(report[changes.len() + 1].2, "created");
        assert_eq!(bench.ledger().token_count() as u64, count);
        assert_eq!(bench.ledger().token(&access(2)).unwrap().subject.as_deref(), Some("mallory"));
        let verified = bench.run("verify --all", 2);
        assert!(
            verified.stderr.contains("record 2: the token differs from its record: subject"),
            "{verified:?}"
        );
    });
}

#[test]
fn that_something_is_there_may_be_a_failure_of_its_own() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(5));
    bench.run("run --skip-dry-run", 0);
    std::thread::sleep(Duration::from_millis(3_500));
    let other = format!("--journal {}", bench.path("other.journal").display());
    let ran = bench.run(&format!("run --skip-dry-run {other}"), 0);
    assert!(ran.stdout.contains("created 0, already there 5"), "{ran:?}");
    let third = format!("--journal {}", bench.path("third.journal").display());
    let ran = bench.run(&format!("run --skip-dry-run --existing fail {third}"), 2);
    assert!(
        ran.stdout.contains("in conflict 5") && ran.stdout.contains("5 conflict: there already"),
        "{ran:?}"
    );
    assert_eq!(bench.ledger().created_count(), 5);
}

#[test]
fn a_service_that_drops_refresh_tokens_is_noticed_and_what_it_made_is_repaired() {
    let builder = Simulator::builder().batch_delay(Duration::ZERO).refresh_tokens(RefreshTokens::Unsupported);
    let bench = Bench::with(builder, "tokens.jsonl", &lines(300));
    let ran = bench.run("run --skip-dry-run --chunk-records 50 --concurrency 1", 1);
    assert!(ran.stderr.contains("the token is there without its refresh token"), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), 50, "it went on");
    bench.simulator.switch(|switches| switches.refresh_tokens = RefreshTokens::AsGiven);
    // What was found stands, whatever is asked.
    for command in ["status", "report", "run --skip-dry-run --concurrency 1"] {
        let ran = bench.run(command, 2);
        assert!(ran.stdout.contains("without its refresh token"), "{command}: {ran:?}");
    }
    let verified = bench.run("verify --all", 2);
    assert!(
        verified.stdout.contains("there 250") && verified.stdout.contains("refresh tokens 50"),
        "{verified:?}"
    );
    let repaired = bench.run("run --repair", 0);
    assert!(repaired.stderr.contains("50 tokens have been replaced"), "{repaired:?}");
    bench.run("verify --all", 0);
    let mut pairs = 0;
    bench.ledger().for_each_token(|token| pairs += u64::from(token.refresh_token.is_some()));
    assert_eq!(pairs, 300);
}

#[test]
fn a_service_that_drops_refresh_tokens_later_is_noticed_by_a_verification() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(40));
    bench.run("run --skip-dry-run", 0);
    let other: String = (41..=60).map(|number| crate::support::line(number) + "\n").collect();
    std::fs::write(bench.path("more.jsonl"), other).unwrap();
    bench.simulator.switch(|switches| switches.refresh_tokens = RefreshTokens::Unsupported);
    let more = Bench { file: bench.path("more.jsonl"), ..bench };
    std::fs::remove_file(more.path("tokens.jsonl")).unwrap();
    more.run("run --skip-dry-run", 1);
    for how in ["auto", "list", "introspection"] {
        let verified = more.run(&format!("verify --all --lookup {how}"), 2);
        assert!(
            verified.stdout.contains("there 0") && verified.stdout.contains("refresh tokens 20"),
            "{verified:?}"
        );
    }
}

#[test]
fn lifetimes_are_counted_by_the_clock_of_the_server() {
    each([7_200_000, -7_200_000], |offset| {
        let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(20));
        bench.simulator.set_clock_offset_ms(offset);
        let ran = bench.run("run", 0);
        assert!(ran.stderr.contains("lifetimes are counted by the server's"), "{ran:?}");
        let text = std::fs::read_to_string(&bench.file).unwrap();
        for (line, number) in text.lines().zip(1..) {
            let record: Value = serde_json::from_str(line).unwrap();
            let token = bench.ledger().token(&access(number)).unwrap();
            let off = token.access_token_expires_at.unwrap() - record["expiresAt"].as_i64().unwrap();
            assert!(off.abs() <= 5_000, "{off} ms off");
        }
        bench.run("verify --all", 0);
    });
}

#[test]
fn a_clock_that_is_set_back_on_the_way_does_not_make_strangers_of_own_tokens() {
    // They are to live as long whatever the time is.
    let text: String = (1..=30)
        .map(|number| {
            let mut record = full(number, 0);
            record.as_object_mut().unwrap().retain(|member, _| !member.ends_with("xpiresAt"));
            record["accessTokenDuration"] = 86_400.into();
            record.to_string() + "\n"
        })
        .collect();
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &text);
    bench.simulator.inject(
        Fault::hang_after_processing().delayed(Duration::from_millis(300)).on(Operation::CreateBatch),
    );
    let child = bench.spawn("run --skip-dry-run --timeout 1 --settle 0.3");
    while bench.ledger().requests_for(Operation::CreateBatch).is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    bench.simulator.set_clock_offset_ms(-3_600_000);
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("created 30, already there 0"), "{ran:?}");
}

#[test]
fn what_may_be_another_s_is_deleted_only_on_words_of_its_own() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(100));
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch).after(1));
    bench.run("run --skip-dry-run --chunk-records 20 --concurrency 1 --settle 0.1", 0);
    assert_eq!(bench.reported("created").len(), 100);
    let ran = bench.rollback("delete 80");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.stdout.contains("deleted 80") && ran.stdout.contains("left alone 20 that may be another's"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("in doubt: records 21, 22"), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), 20);
    assert!((21..=40).all(|number| bench.ledger().contains(&access(number))));
    assert_eq!(bench.rollback("delete 20").code, Some(1));
    assert_eq!(bench.ledger().token_count(), 20, "these are not the words");
    assert_eq!(bench.rollback("delete 20 in doubt").code, Some(0));
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn of_two_imports_only_the_one_whose_batch_succeeded_deletes() {
    let bench =
        Bench::with(Simulator::builder().batch_delay(Duration::from_millis(300)), "tokens.jsonl", &lines(40));
    let other = bench.path("other.journal");
    let both = [
        bench.spawn("run --skip-dry-run"),
        bench.spawn(&format!("run --skip-dry-run --journal {}", other.display())),
    ];
    for child in both {
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    assert_eq!(bench.ledger().token_count(), 40);
    // One of them created all; the other found them, and has nothing to delete by the first words.
    let owns = |journal: &str| {
        let report = bench.run(&format!("report {journal}"), 0);
        report.stdout.lines().filter(|line| line.ends_with("created,")).count()
    };
    let (first, second) = (owns(""), owns(&format!("--journal {}", other.display())));
    assert_eq!(first + second, 40, "{first} and {second}");
}

#[test]
fn what_has_expired_by_a_clock_that_is_ahead_and_is_alive_at_the_server_is_moved() {
    let hours_ago = |number: u64, hours: u64| {
        let at = now() - hours * 3_600_000;
        format!(
            r#"{{"grantType":"PASSWORD","clientId":42,"subject":"user-{number}","accessToken":"{}","expiresAt":{at}}}"#,
            access(number)
        ) + "\n"
    };
    // This machine's clock is two hours ahead of the server's.
    let text: String = (1..=9).map(|number| hours_ago(number, if number == 4 { 3 } else { 1 })).collect();
    each(["", "--skip-dry-run", "--sample 9", "--strict --skip-invalid"], |options| {
        let builder = Simulator::builder().clock_offset_ms(-7_200_000);
        let bench = Bench::with(builder, "tokens.jsonl", &text);
        let strict = options.contains("strict");
        let ran = bench.run(&format!("run {options}"), if strict { 2 } else { 0 });
        let gone = if strict {
            "rejected 1, unknown 0, waiting 0, expired 0"
        } else {
            "rejected 0, unknown 0, waiting 0, expired 1"
        };
        assert!(ran.stdout.contains(&format!("created 8, already there 0, {gone}")), "{options}: {ran:?}");
        bench.assert_created(9, &[4]);
    });
}

//! After an import: what a later one supersedes, what is deleted by file, what a report says.

use std::fs;
use std::ops::RangeInclusive;
use std::time::Duration;

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{Bench, Ran, access, line, lines, refresh};

#[test]
fn refresh_tokens_that_were_not_rotated_are_seen_and_superseded() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(300));
    bench.run("run --skip-dry-run", 0);
    // 30 of the users have a newer access token with the refresh token they had; 20 pairs are the same.
    let newer = |number: u64| line(number).replace(&access(number), &access(10_000 + number)) + "\n";
    let mut text: String = (1..=30).map(newer).collect();
    text.extend((31..=50).chain(301..=600).map(|number| line(number) + "\n"));
    let first = bench.folder;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("delta.jsonl");
    fs::write(&file, text).unwrap();
    let delta = Bench { simulator: bench.simulator, folder, file };
    let asked = || delta.ledger().requests().len();
    let before = asked();
    let ran = delta.ran("run --skip-dry-run");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("in conflict 30") && ran.stdout.contains("see --supersede"), "{ran:?}");
    assert!(asked() - before < 1_500, "{} requests", asked() - before);
    assert_eq!(delta.ledger().token_count(), 600);

    let journal = first.path().join("tokens.jsonl.journal");
    let ran = delta.ran(&format!("run --skip-dry-run --retry-rejected --supersede {}", journal.display()));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("30 tokens of the earlier import are superseded"), "{ran:?}");
    let ledger = delta.ledger();
    assert_eq!(ledger.token_count(), 600);
    assert!(
        (1..=30).all(|number| !ledger.contains(&access(number)) && ledger.contains(&access(10_000 + number)))
    );
    let earlier =
        Bench { file: first.path().join("tokens.jsonl"), folder: first, simulator: delta.simulator };
    let verified = earlier.ran("verify --all");
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert!(verified.stdout.contains("there 270"), "{verified:?}");
}

#[test]
fn what_was_revoked_is_deleted_by_file_through_outages() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(700));
    bench.run("run --skip-dry-run", 0);
    let mut text: String =
        (101..=600).map(|number| format!("{{\"accessToken\":\"{}\"}}\n", access(number))).collect();
    text += &format!("{{\"accessToken\":\"{}\"}}\n{{\"subject\":\"nobody\"}}\n", access(9_999));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("revoked.jsonl");
    fs::write(&file, text).unwrap();
    let revoked = Bench { simulator: bench.simulator, folder, file };
    let file = revoked.file.display().to_string();
    let delete = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_authlete-import"));
        command.args(["delete", "--file", &file]).args(more);
        revoked.environment(&mut command);
        Ran::of(command.output().unwrap())
    };
    // Nothing is deleted that nobody has confirmed, or that is not as many as were meant.
    let ran = delete(&[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("not confirmed, and nothing was deleted"), "{ran:?}");
    let ran = delete(&["--yes", "500"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("501 tokens are to be deleted, and --yes says 500"), "{ran:?}");
    assert_eq!(revoked.ledger().token_count(), 700);
    revoked.simulator.inject(Fault::status(429).on(Operation::DeleteToken).sometimes(0.2, 5).always());
    revoked.simulator.inject(Fault::status(401).on(Operation::DeleteToken).after(200));
    assert_eq!(delete(&["--yes", "501"]).code, Some(1));
    let left = 700 - revoked.ledger().token_count();
    let ran = revoked.answered("delete", &format!("delete {}", 501 - left));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("deleted 500, not there 1, rejected 1, waiting 0"), "{ran:?}");
    let ledger = revoked.ledger();
    assert_eq!(ledger.token_count(), 200);
    assert!((101..=600).all(|number| !ledger.contains(&access(number))));
    let report = revoked.ran("report").stdout;
    assert_eq!(report.lines().filter(|line| line.contains(",deleted,")).count(), 500);
    assert_eq!(report.lines().filter(|line| line.contains(",not there,")).count(), 1);
}

#[test]
fn a_token_that_cannot_be_deleted_does_not_hold_up_the_others() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(300));
    bench.run("run --skip-dry-run --chunk-records 100", 0);
    // The first of them cannot stand in a URL, another is refused by a gateway.
    let named = |token: &str| format!("{{\"accessToken\":\"{token}\"}}\n");
    let text = named("..") + &(1..=250).map(|number| named(&access(number))).collect::<String>();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("revoked.jsonl");
    fs::write(&file, text).unwrap();
    let revoked = Bench { simulator: bench.simulator, folder, file };
    let too_long = || Fault::status(414).with_body("<html>").header("content-type", "text/html");
    revoked.simulator.inject(too_long().on(Operation::DeleteToken).after(7));
    let ran = revoked.answered("delete", "delete 251");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("deleted 249, not there 0, rejected 2, waiting 0"), "{ran:?}");
    assert_eq!(revoked.ledger().token_count(), 51);
    let report = revoked.report("");
    let rejected: Vec<_> = report.iter().filter(|(_, _, state, _)| state == "rejected").collect();
    assert_eq!((rejected[0].0, rejected[0].3.as_str()), (1, "it cannot stand in a URL"));
    assert_eq!(rejected[1].3, "HTTP 414");

    // So it is when an import is rolled back: what is left is named, and tried again.
    let bench = Bench { simulator: revoked.simulator, folder: bench.folder, file: bench.file };
    bench.simulator.inject(too_long().on(Operation::DeleteToken));
    let ran = bench.rollback("delete 300");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains(": its token cannot be deleted: HTTP 414"), "{ran:?}");
    assert!(bench.ledger().token_count() <= 1, "{} are there", bench.ledger().token_count());
    let ran = bench.rollback("delete 100");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn an_export_with_columns_of_its_own_is_superseded_and_deleted_with_the_same_options() {
    let row = |user: u64, token: u64| {
        format!("{};{};42;user-{user};AUTHORIZATION_CODE\n", access(token), refresh(user))
    };
    let options = "--delimiter ; --map token=accessToken --map refresh=refreshToken";
    let export = |tokens: RangeInclusive<u64>| {
        let rows = (1..).zip(tokens).map(|(user, token)| row(user, token));
        "token;refresh;clientId;subject;grantType\n".to_owned() + &rows.collect::<String>()
    };
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.csv", &export(1..=20));
    bench.run(&format!("run --skip-dry-run {options}"), 0);
    let (journal, first) = (bench.journal(), bench.folder);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("delta.csv");
    let delta = Bench { simulator: bench.simulator, folder, file };
    let supersede = format!("--supersede {}", journal.display());
    // The earlier file was read with other maps than this one.
    fs::write(&delta.file, export(101..=105).replace("token;", "value;")).unwrap();
    let other =
        format!("{} --journal {}", options.replace("token=", "value="), delta.path("other").display());
    let ran = delta.run(&format!("run --skip-dry-run {other} {supersede}"), 1);
    assert!(ran.stderr.contains("was read with another --map"), "{ran:?}");

    fs::write(&delta.file, export(101..=105)).unwrap();
    let ran = delta.run(&format!("run --skip-dry-run {options} {supersede}"), 0);
    assert!(ran.stderr.contains("5 tokens of the earlier import are superseded"), "{ran:?}");
    let ledger = delta.ledger();
    let are_there = |tokens: RangeInclusive<u64>| tokens.map(access).all(|token| ledger.contains(&token));
    assert!(ledger.token_count() == 20 && are_there(6..=20) && are_there(101..=105));

    // It is the file of an import, which is said before anything is deleted.
    let ran = delta.answered(&format!("delete {options}"), "yes");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("An import of this very file has created 5 tokens"), "{ran:?}");
    assert!(ledger.token_count() == 20);
    let ran = delta.answered(&format!("delete {options}"), "delete 5");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("deleted 5, not there 0"), "{ran:?}");
    assert!(ledger.token_count() == 15 && are_there(6..=20));
    drop(first);
}

#[test]
fn a_report_has_a_summary_that_tells_what_it_is_of() {
    let bench = Bench::with(
        Simulator::builder().poison(access(4)).batch_delay(Duration::ZERO),
        "tokens.jsonl",
        &lines(10),
    );
    let ran = bench.run("run --skip-dry-run", 2);
    assert!(ran.stderr.contains("moving 10 records of ") && ran.stderr.contains("to service "), "{ran:?}");
    assert!(ran.stdout.contains("1 rejected: SIM203"), "{ran:?}");
    let path = bench.path("report.csv");
    bench.run(&format!("report -o {}", path.display()), 0);
    let text = fs::read_to_string(bench.path("report.csv.summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(summary["server"], bench.simulator.url());
    assert_eq!(summary["service"], bench.simulator.service_id());
    assert_eq!((&summary["records"], &summary["counts"]["created"]), (&10.into(), &9.into()));
    let reasons = summary["reasons"].as_array().unwrap();
    assert!(
        reasons.iter().any(|reason| reason["reason"] == "SIM203" && reason["records"] == 1),
        "{reasons:?}"
    );
    assert!(summary["endedAt"].as_i64() >= summary["begunAt"].as_i64());
    for (name, hash) in [(&path, &summary["reportSha256"]), (&bench.file, &summary["sha256"])] {
        let output = std::process::Command::new("sha256sum").arg(name).output().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().starts_with(hash.as_str().unwrap()), "{name:?}");
    }
    let first = bench.run("report --json", 0).stdout;
    let first: serde_json::Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
    assert_eq!(first["state"], "created");
}

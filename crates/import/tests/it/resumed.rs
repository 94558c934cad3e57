//! What was begun goes on as it was begun, with a journal of this tool alone, and ends only when somebody says so.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{Bench, Ran, access, line, lines};

/// A simulator that answers at once.
fn bench(text: &str) -> Bench {
    Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", text)
}

/// The option that names a journal.
fn journal(path: &Path) -> String {
    format!("--journal {}", path.display())
}

#[test]
fn an_import_goes_on_with_the_maps_it_was_begun_with_and_no_others() {
    let elsewhere = tempfile::tempdir().unwrap();
    let clients = elsewhere.path().join("clients.csv");
    fs::write(&clients, "7,4242\n").unwrap();
    let other_clients = elsewhere.path().join("other.csv");
    fs::write(&other_clients, "7,4243\n").unwrap();
    let options = format!("--map-values clientId={}", clients.display());
    for (begun, others) in [
        (options.as_str(), ["", &options.replace("clients.csv", "other.csv"), "--map elsewhere=subject"]),
        ("", [options.as_str(), "--map elsewhere=subject", "--map elsewhere=-"]),
    ] {
        let bench = bench(&lines(40).replace("\"clientId\":42", "\"clientId\":7"));
        bench.simulator.inject(Fault::status(401).on(Operation::CreateBatch).after(2));
        bench.run(&format!("run --skip-dry-run --chunk-records 10 --concurrency 1 {begun}"), 1);
        assert_eq!(bench.ledger().token_count(), 20);
        for other in others {
            for command in ["run", "reconcile", "verify", "status", "report", "rollback"] {
                let ran = bench.run(&format!("{command} {other}"), 1);
                assert!(ran.stderr.contains("read with another --map"), "{command} {other}: {ran:?}");
            }
        }
        assert_eq!(bench.ledger().token_count(), 20);
        bench.run(&format!("run {begun}"), 0);
        bench.assert_created(40, &[]);
        let client = if begun.is_empty() { 7 } else { 4242 };
        bench.ledger().for_each_token(|token| assert_eq!(token.client_id, Some(client)));
    }
}

#[test]
fn maps_may_be_named_in_any_order() {
    let elsewhere = tempfile::tempdir().unwrap();
    let written = |name: &str, text: &str| {
        let path = elsewhere.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (clients, scopes) = (written("clients", "42,43\n"), written("scopes", "read,see\nwrite,change\n"));
    let options = [
        "--map user=subject".to_owned(),
        "--map token=accessToken".to_owned(),
        format!("--map-values scopes={scopes}"),
        format!("--map-values clientId={clients}"),
    ];
    let text = lines(10).replace("\"subject\"", "\"user\"").replace("\"accessToken\"", "\"token\"");
    let bench = bench(&text);
    bench.run(&format!("run {}", options.join(" ")), 0);
    let mut other_order = options;
    other_order.reverse();
    for command in ["run", "status", "verify --all"] {
        bench.run(&format!("{command} {}", other_order.join(" ")), 0);
    }
    bench.assert_created(10, &[]);
}

/// A database that is no journal.
fn letters(path: &Path) -> Vec<u8> {
    let database = rusqlite::Connection::open(path).unwrap();
    database
        .execute_batch("CREATE TABLE meta (key TEXT, value TEXT); CREATE TABLE letter (text TEXT); INSERT INTO letter VALUES ('dear')")
        .unwrap();
    drop(database);
    fs::read(path).unwrap()
}

#[test]
fn a_database_of_something_else_is_refused_and_left_alone() {
    let bench = bench(&lines(10));
    let path = bench.path("old.db");
    let before = letters(&path);
    let named = journal(&path);
    for command in [
        format!("run {named}"),
        format!("delete {named}"),
        format!("reconcile {named}"),
        format!("rollback {named}"),
        format!("verify {named}"),
        format!("status {named}"),
        format!("report {named}"),
        format!("run --skip-dry-run --supersede {}", path.display()),
    ] {
        for bearer in ["wrong", crate::support::BEARER] {
            let ran = Ran::of(bench.command(&command).env("AUTHLETE_BEARER", bearer).output().unwrap());
            assert_eq!(ran.code, Some(1), "{command}: {ran:?}");
            if bearer != "wrong" {
                assert!(
                    ran.stderr.contains("the journal is not a journal of this tool"),
                    "{command}: {ran:?}"
                );
            }
            assert!(fs::read(&path).unwrap() == before, "{command} has changed it");
            assert!(!bench.path("old.db.lock").exists(), "{command} has left something behind");
        }
    }
    assert_eq!(bench.ledger().token_count(), 0);
}

#[test]
fn a_run_that_cannot_connect_removes_only_what_it_has_made() {
    let bench = bench(&lines(10));
    let fails = |path: &Path| {
        let mut command = bench.command(&format!("run {}", journal(path)));
        assert_eq!(command.env("AUTHLETE_BEARER", "wrong").output().unwrap().status.code(), Some(1));
    };
    let (empty, fresh) = (bench.path("empty.journal"), bench.path("fresh.journal"));
    fs::write(&empty, "").unwrap();
    fs::write(bench.path("fresh.journal.lock"), "").unwrap();
    fails(&empty);
    fails(&fresh);
    assert!(empty.exists() && bench.path("fresh.journal.lock").exists());
    assert!(!fresh.exists() && !bench.path("empty.journal.lock").exists());
    bench.run(&format!("run {}", journal(&empty)), 0);
    bench.assert_created(10, &[]);
}

#[test]
fn a_journal_is_of_the_sample_it_was_begun_with_or_of_the_whole_file() {
    let bench = bench(&lines(100));
    bench.run("run --sample 5", 0);
    let sample = PathBuf::from(format!("{}.sample-5.journal", bench.file.display()));
    for options in [format!("--sample 7 {}", journal(&sample)), journal(&sample)] {
        let ran = bench.run(&format!("run {options}"), 1);
        assert!(ran.stderr.contains("the journal is of a sample: name it with --sample 5"), "{ran:?}");
    }
    bench.run(&format!("run --sample 5 {}", journal(&sample)), 0);

    bench.simulator.inject(Fault::status(401).on(Operation::CreateBatch).after(1));
    bench.run("run --skip-dry-run --chunk-records 10 --concurrency 1", 1);
    let before = bench.ledger().token_count();
    let ran = bench.run(&format!("run --sample 5 {}", journal(&bench.journal())), 1);
    assert!(ran.stderr.contains("the journal is of the whole file, and not of a sample"), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), before);
    assert!(before < 50, "{before} tokens were moved at once");
}

#[test]
fn a_sample_is_of_records_and_not_of_lines() {
    // Every other line is blank, and some more at the end.
    let text: String = (1..=20).map(|number| line(number) + "\n\n").collect();
    for text in [text.clone() + &"\n".repeat(100), format!("\n{text}")] {
        let bench = bench(&text);
        let ran = bench.run("run --sample 5", 0);
        assert!(ran.stdout.contains("created 5,"), "{ran:?}");
        let there: Vec<u64> = (1..=20).filter(|number| bench.ledger().contains(&access(*number))).collect();
        assert_eq!(there, [4, 8, 12, 16, 20]);
        bench.run(&format!("verify --all --journal {}.sample-5.journal", bench.file.display()), 0);
        let ran = bench.run("run --sample 1000", 0);
        assert!(ran.stderr.contains("moving 20 records"), "{ran:?}");
        assert_eq!(bench.ledger().token_count(), 20);
    }
}

/// A rollback of this journal whose questions are answered with these lines.
fn rollback(bench: &Bench, journal: &str, lines: &str) -> Ran {
    let mut command = bench.command(&format!("rollback {journal}"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{lines}").unwrap();
    Ran::of(child.wait_with_output().unwrap())
}

#[test]
fn a_rollback_that_nobody_confirms_ends_nothing() {
    let bench = bench(&lines(10));
    bench.simulator.inject(Fault::close_after_processing().on(Operation::CreateBatch));
    bench.run("run --skip-dry-run --settle 0.1", 0);
    for words in ["", "no", "delete 10"] {
        let ran = bench.rollback(words);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("not confirmed, and nothing was deleted"), "{ran:?}");
    }
    bench.run("run", 0);
    assert_eq!(bench.ledger().token_count(), 10);

    // Where there is nothing to delete, nobody has been asked.
    let other = journal(&bench.path("other.journal"));
    std::thread::sleep(Duration::from_millis(3_500));
    bench.run(&format!("run --skip-dry-run {other}"), 0);
    let ran = rollback(&bench, &other, "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("deleted 0, left alone 10"), "{ran:?}");
    bench.run(&format!("run {other}"), 0);

    assert_eq!(bench.rollback("delete 10 in doubt").code, Some(0));
    assert_eq!(bench.ledger().token_count(), 0);
    assert!(bench.run("run", 1).stderr.contains("rolled back"));
}

#[test]
fn what_a_dry_run_found_is_looked_at_again_if_that_dry_run_was_not_the_last() {
    for then in ["--skip-invalid", "--skip-invalid --skip-dry-run"] {
        let builder = Simulator::builder().batch_delay(Duration::ZERO).poison(access(7));
        let bench = Bench::with(builder, "tokens.jsonl", &lines(20));
        bench.run("run --sample 4", 0);
        let ran = bench.run("run", 1);
        assert!(ran.stderr.contains("the dry run rejected 1 record"), "{ran:?}");
        assert_eq!(bench.reported("already there"), [5, 10, 15, 20]);
        let sample = format!("--journal {}.sample-4.journal", bench.file.display());
        let ran = rollback(&bench, &sample, "delete 4");
        assert_eq!(ran.code, Some(0), "{ran:?}");
        bench.run(&format!("run {then}"), 2);
        assert_eq!(bench.reported("created").len(), 19);
        assert_eq!(bench.ledger().token_count(), 19);
    }
}

//! The journal: bound to one import, used by one process, never guessed at.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{Bench, Ran, line, lines};

#[test]
fn two_processes_on_one_journal_are_refused() {
    let bench = Bench::new(&lines(10));
    bench.simulator.inject(Fault::delay(Duration::from_secs(3)).on(Operation::CreateBatch));
    let first = bench.command("run").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while bench.ledger().requests_for(Operation::CreateBatch).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30));
        sleep(Duration::from_millis(20));
    }
    for command in ["run", "reconcile", "rollback"] {
        let ran = bench.run(command, 1);
        assert_eq!(ran.stderr, "authlete-import: the journal is in use by another process\n");
    }
    let first = Ran::of(first.wait_with_output().unwrap());
    assert_eq!(first.code, Some(0), "{first:?}");
    bench.assert_created(10, &[]);
}

#[test]
fn a_file_that_has_changed_is_refused() {
    let bench = Bench::new(&lines(10));
    bench.run("run --skip-dry-run", 0);
    let text = fs::read_to_string(&bench.file).unwrap();
    for changed in [text.replace("user-7", "user-8"), text.clone() + "\n", lines(9)] {
        fs::write(&bench.file, changed).unwrap();
        for command in ["run", "reconcile", "verify", "report", "rollback"] {
            let ran = bench.run(command, 1);
            assert!(ran.stderr.contains("the file has changed since the journal was begun"), "{ran:?}");
        }
    }
    fs::write(&bench.file, text).unwrap();
    bench.run("run", 0);
    bench.assert_created(10, &[]);
}

#[test]
fn another_service_or_shard_is_refused() {
    let builder = Simulator::builder().another_service("777");
    let bench = Bench::with(builder, "tokens.jsonl", &lines(10));
    bench.run("run", 0);
    let output = bench.command("run").env("AUTHLETE_SERVICE_ID", "777").output().unwrap();
    let ran = Ran::of(output);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("the journal is of another service"), "{ran:?}");
    let journal = format!("--journal {}", bench.journal().display());
    let ran = bench.run(&format!("run --shard 1/2 {journal}"), 1);
    assert!(ran.stderr.contains("the journal is of another shard"), "{ran:?}");
    bench.assert_created(10, &[]);
}

#[test]
fn an_unknown_service_is_named_before_anything_is_sent() {
    let bench = Bench::new(&lines(10));
    let ran = Ran::of(bench.command("run").env("AUTHLETE_SERVICE_ID", "999").output().unwrap());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("does not know the service"), "{ran:?}");
    assert!(bench.ledger().requests_for(Operation::CreateBatch).is_empty());
}

#[test]
fn what_is_no_journal_is_refused() {
    let bench = Bench::new(&lines(10));
    fs::write(bench.journal(), "this is a letter to a friend, and quite a long one".repeat(100)).unwrap();
    let ran = bench.run("run", 1);
    assert!(ran.stderr.contains("not a journal of this tool"), "{ran:?}");
    fs::remove_file(bench.journal()).unwrap();
    let ran = bench.run("report", 1);
    assert!(ran.stderr.contains("nothing has been run"), "{ran:?}");
    assert_eq!(bench.ledger().request_count(), 0);
}

#[test]
fn a_full_disk_stops_the_import_and_loses_nothing() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(4000));
    let mut stopped = 0;
    // A file may grow to so many blocks of 512 bytes: the journal is full while it is made, planned, and written on the way.
    for blocks in [8, 60, 100, 140, 200, 300] {
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""))
            .arg("sh")
            .arg(env!("CARGO_BIN_EXE_authlete-import"))
            .args(["run", "--skip-dry-run", "--chunk-records", "20", "--settle", "0.2", "--timeout", "1"])
            .arg(&bench.file);
        bench.environment(&mut shell);
        let ran = Ran::of(shell.output().unwrap());
        bench.assert_discreet(&ran);
        if ran.code != Some(0) {
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.stderr.contains("the journal cannot be used"), "{ran:?}");
            stopped += 1;
        }
    }
    assert!(stopped >= 2, "the disk was never full");
    bench.run("run --skip-dry-run --settle 0.2 --timeout 1", 0);
    bench.assert_created(4000, &[]);
    assert_eq!(bench.reported("created").len(), 4000);
}

#[test]
fn calling_it_wrongly_is_not_the_code_of_rejected_records() {
    let bench = Bench::new(&lines(1));
    for arguments in
        ["run --no-such-option", "move", "run --shard 9/8", "run --shard 0/8", "run --chunk-records 0"]
    {
        bench.run(arguments, 1);
    }
    assert_eq!(Command::new(env!("CARGO_BIN_EXE_authlete-import")).output().unwrap().status.code(), Some(1));
    let help = Command::new(env!("CARGO_BIN_EXE_authlete-import")).arg("--help").output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8(help.stdout).unwrap().contains("Exit codes: 0 everything is there"));
    fs::remove_file(&bench.file).unwrap();
    let none = bench;
    for command in ["check", "run"] {
        assert!(none.ran(command).stderr.contains("cannot read"));
    }
}

#[cfg(unix)]
#[test]
fn journal_and_report_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let bench = Bench::new(&lines(10));
    bench.run("run --skip-dry-run", 0);
    let report = bench.file.with_extension("report");
    bench.run(&format!("report --output {}", report.display()), 0);
    let mut files = 0;
    for entry in fs::read_dir(bench.file.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        if entry.path() != bench.file {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", entry.path().display());
            files += 1;
        }
    }
    assert!(files >= 2, "a journal and a report");
    assert_eq!(fs::read_to_string(&report).unwrap().lines().count(), 11);
}

/// Starts a slow run, and changes the file once its first batch is there.
fn changed_under_way(change: impl Fn(&mut Vec<u8>)) -> (Bench, Ran) {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(300));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(2000));
    let mut run = bench.command("run --skip-dry-run --chunk-records 500 --concurrency 1");
    let child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while bench.ledger().requests_for(Operation::CreateBatch).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30));
        sleep(Duration::from_millis(5));
    }
    let mut bytes = fs::read(&bench.file).unwrap();
    change(&mut bytes);
    fs::write(&bench.file, bytes).unwrap();
    (bench, Ran::of(child.wait_with_output().unwrap()))
}

#[test]
fn what_changes_in_the_file_under_way_is_named_and_not_sent() {
    let (bench, ran) = changed_under_way(|bytes| {
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        *bytes = text.replace("\"user-1990\"", "\"user-0000\"").into_bytes();
    });
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.stderr.contains("the file has changed since the journal was begun: records 1501 to 2000"),
        "{ran:?}"
    );
    bench.assert_created(1500, &[]);
}

#[test]
fn a_file_that_has_grown_under_way_does_not_end_in_success() {
    let (bench, ran) = changed_under_way(|bytes| bytes.extend_from_slice(line(2001).as_bytes()));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("the file has changed since the journal was begun"), "{ran:?}");
    bench.assert_created(2000, &[]);
}

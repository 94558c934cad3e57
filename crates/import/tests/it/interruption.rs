//! Killed at any point, the import picks up where it left off.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{Bench, Ran, Random, lines};

const RUN: &str = "run --chunk-records 50 --settle 0.4 --timeout 1";

/// Kills runs after random times until one comes to its end. Returns how many were killed.
fn kill_again_and_again(bench: &Bench, arguments: &str, seed: u64, kills: u32, longest: u64) -> u32 {
    let mut random = Random::new(seed);
    let mut killed = 0;
    for _ in 0..kills {
        let mut child = bench.spawn(arguments);
        sleep(Duration::from_millis(random.below(longest)));
        // SIGKILL.
        child.kill().unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        bench.assert_discreet(&ran);
        killed += u32::from(ran.code.is_none());
    }
    bench.run(arguments, 0);
    killed
}

#[test]
fn killed_at_twenty_random_points_nothing_is_lost_or_doubled() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(30));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(6000));
    let killed = kill_again_and_again(&bench, RUN, 1, 20, 500);
    assert!(killed >= 10, "only {killed} runs were killed before their end");
    bench.assert_created(6000, &[]);
    assert_eq!(bench.batches().1, 0);
    assert_eq!(bench.reported("created").len(), 6000);
}

#[test]
fn killed_while_answers_are_slow_nothing_is_lost_or_doubled() {
    // Most of the time a request is under way, so that most kills leave an unknown outcome.
    let builder = Simulator::builder()
        .batch_delay(Duration::from_millis(100))
        .fault(Fault::delay_answer(Duration::from_millis(120)).on(Operation::CreateBatch).always());
    let bench = Bench::with(builder, "tokens.jsonl", &lines(1500));
    kill_again_and_again(&bench, &format!("{RUN} --skip-dry-run"), 2, 20, 700);
    bench.assert_created(1500, &[]);
    let introspected = bench.ledger().requests_for(Operation::Introspect).len();
    assert!(introspected > 0, "no outcome was unknown");
    assert_eq!(bench.reported("created").len(), 1500);
}

#[test]
fn killed_while_records_are_at_fault_the_others_arrive() {
    let builder = Simulator::builder().batch_delay(Duration::from_millis(20));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(300));
    for number in [7, 130, 131] {
        bench.simulator.poison(crate::support::access(number));
    }
    let mut random = Random::new(3);
    let arguments = format!("{RUN} --skip-dry-run");
    for _ in 0..15 {
        let mut child =
            bench.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(random.below(600)));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    bench.run(&arguments, 2);
    bench.assert_created(300, &[7, 130, 131]);
    assert_eq!(bench.reported("rejected"), [7, 130, 131]);
    assert_eq!(bench.reported("created").len(), 297);
}

#[test]
fn a_request_that_was_under_way_is_left_to_finish() {
    // Its tokens appear 1.2 s after it was sent; it could have been under way for 1 s.
    let builder = Simulator::builder()
        .batch_delay(Duration::from_millis(1_200))
        .fault(Fault::hang_after_processing().on(Operation::CreateBatch));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(20));
    let arguments = "run --skip-dry-run --timeout 1 --settle 0.5";
    let mut child = bench.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    while bench.ledger().requests_for(Operation::CreateBatch).is_empty() {
        assert!(Instant::now() < deadline, "nothing is sent");
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    bench.run(arguments, 0);
    bench.assert_created(20, &[]);
    assert_eq!(bench.ledger().requests_for(Operation::CreateBatch).len(), 1, "it was sent again");
}

#[test]
fn a_killed_rollback_goes_on() {
    // Slow enough that a rollback is far from its end when it is killed, however fast the machine.
    let builder = Simulator::builder()
        .batch_delay(Duration::ZERO)
        .fault(Fault::delay_answer(Duration::from_millis(4)).on(Operation::DeleteToken).always());
    let bench = Bench::with(builder, "tokens.jsonl", &lines(2000));
    bench.run("run --chunk-records 100 --skip-dry-run", 0);
    assert_eq!(bench.ledger().token_count(), 2000);
    let mut most = 2000;
    for _ in 0..2 {
        let there = bench.ledger().token_count();
        let (left, mut child) = begin_rollback(&bench);
        assert!(there as u64 <= left && left <= most, "asks for {left} of {most} while {there} are there");
        most = left;
        let deadline = Instant::now() + Duration::from_secs(30);
        while bench.ledger().token_count() + 150 > there {
            assert!(Instant::now() < deadline, "nothing is deleted");
            sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        bench.assert_discreet(&ran);
        assert_eq!(ran.code, None, "it was not killed: {ran:#?}");
    }
    let left = bench.ledger().token_count();
    assert!(left > 0, "everything was deleted before the kill");
    bench.simulator.faults().clear();
    let ran = Ran::of(begin_rollback(&bench).1.wait_with_output().unwrap());
    bench.assert_discreet(&ran);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert_eq!(bench.ledger().token_count(), 0);
    assert_eq!(bench.reported("deleted").len(), 2000);
}

/// Starts a rollback and answers its question. Returns how many tokens the question spoke of.
fn begin_rollback(bench: &Bench) -> (u64, Child) {
    let mut child = bench
        .command("rollback --lookups 2")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut question = Vec::new();
    let stderr = child.stderr.as_mut().unwrap();
    while !question.ends_with(b"\": ") {
        let mut byte = [0];
        let count = stderr.read(&mut byte).unwrap();
        assert_eq!(count, 1, "ended without asking: {}", String::from_utf8_lossy(&question));
        question.push(byte[0]);
    }
    let question = String::from_utf8(question).unwrap();
    let words = question.split('"').nth(1).unwrap();
    writeln!(child.stdin.as_mut().unwrap(), "{words}").unwrap();
    (words.strip_prefix("delete ").unwrap().parse().unwrap(), child)
}

#[test]
fn a_sigterm_while_the_file_is_checked_ends_the_run_before_anything_is_sent() {
    for command in ["run --json", "delete --json"] {
        let bench = Bench::new(&lines(60_000));
        let mut child = bench.spawn(command);
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut event = String::new();
        stdout.read_line(&mut event).unwrap();
        assert!(event.contains("checking"), "{event}");
        let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(1), "{command}: {ran:?}");
        assert!(ran.stderr.contains("interrupted: run it again"), "{command}: {ran:?}");
        assert_eq!(bench.ledger().request_count(), 0, "{command}");
        assert!(!bench.journal().exists() && !bench.path("tokens.jsonl.journal.deletion").exists());
    }
}

/// Elsewhere a kill may leave it.
#[cfg(target_os = "linux")]
#[test]
fn a_file_of_rejected_records_has_no_name_before_it_is_whole() {
    let text = lines(20_000).replace("AUTHORIZATION_CODE", "canary");
    let bench = Bench::new(&text);
    let rejects = bench.path("rejects.jsonl");
    let arguments = format!("check --limit 1 --rejects {}", rejects.display());
    let mut child = bench.command(&arguments).stdout(Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() {
        for entry in fs::read_dir(bench.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            assert!(path == bench.file || path == rejects, "{} shows", path.display());
        }
    }
    assert_eq!(fs::read_to_string(&rejects).unwrap(), text);
    // It takes the place of what is there.
    fs::write(&rejects, "something else").unwrap();
    bench.command(&arguments).stdout(Stdio::null()).status().unwrap();
    assert_eq!(fs::read_to_string(&rejects).unwrap(), text);
    assert_eq!(fs::read_dir(bench.folder.path()).unwrap().count(), 2);
}

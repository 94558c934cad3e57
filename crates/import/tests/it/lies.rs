//! Servers and gateways that say what is not so. The ledger knows what is.

use std::fs::{self, File};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use authlete_simulator::{Fault, Operation, RefreshTokens, Simulator};
use serde_json::Value;

use crate::support::{Bench, Ran, access, line, lines, now};

const DAY: i64 = 86_400_000;

/// The value of a `Date` so many milliseconds from now.
fn date(ahead: i64) -> String {
    let at = i64::try_from(now()).unwrap() + ahead;
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_millis(at.unsigned_abs()))
}

/// Records of tokens that live for two hours.
fn short_lived(count: u64) -> String {
    let text = lines(count);
    let at = |record: &str| -> u64 {
        serde_json::from_str::<Value>(record).unwrap()["expiresAt"].as_u64().unwrap()
    };
    text.lines()
        .map(|record| record.replace(&at(record).to_string(), &(now() + 7_200_000).to_string()) + "\n")
        .collect()
}

#[test]
fn answers_a_day_ahead_in_mid_run_set_nothing_aside() {
    let bench =
        Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &short_lived(400));
    // Eight answers in a row, when some batches have been sent.
    let wrong = Fault::body(r#"{"status":null}"#, "application/json").header("date", date(DAY));
    bench.simulator.inject(wrong.on(Operation::BatchStatus).after(4).times(8));
    let ran = bench.run("run --skip-dry-run --chunk-records 20 --concurrency 1", 0);
    assert!(ran.stdout.contains("created 400") && ran.stdout.contains("expired 0"), "{ran:?}");
    bench.assert_created(400, &[]);
}

#[test]
fn a_date_that_is_always_wrong_is_not_the_clock_of_the_server() {
    // A gateway's: what the server has made tells its own time.
    for ahead in [-DAY, DAY] {
        let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(30));
        bench.simulator.inject(Fault::delay(Duration::ZERO).header("date", date(ahead)).always());
        let ran = bench.run("run", 0);
        assert!(ran.stderr.contains("this machine's counts"), "{ran:?}");
        for (record, number) in fs::read_to_string(&bench.file).unwrap().lines().zip(1..) {
            let record: Value = serde_json::from_str(record).unwrap();
            let token = bench.ledger().token(&access(number)).unwrap();
            let off = token.access_token_expires_at.unwrap() - record["expiresAt"].as_i64().unwrap();
            assert!(off.abs() <= 5_000, "{off} ms off");
        }
    }
}

#[test]
fn where_nothing_tells_which_clock_is_right_nothing_is_sent() {
    let builder = Simulator::builder().batch_delay(Duration::ZERO).dry_run_status(false);
    let bench = Bench::with(builder, "tokens.jsonl", &lines(30));
    bench.simulator.inject(Fault::delay(Duration::ZERO).header("date", date(DAY)).always());
    let ran = bench.run("run --skip-dry-run", 1);
    assert!(ran.stderr.contains("--clock server"), "{ran:?}");
    assert_eq!(bench.ledger().token_count(), 0);
    bench.run("run --skip-dry-run --clock machine", 0);
    bench.assert_created(30, &[]);
}

#[test]
fn what_has_expired_by_one_clock_alone_is_looked_at_again_and_is_no_success() {
    // The server is three hours ahead, and says so by all that it makes.
    let text: String = (1..=5)
        .map(|number| {
            let mut record: Value = serde_json::from_str(&line(number)).unwrap();
            record.as_object_mut().unwrap().remove("refreshToken");
            record["expiresAt"] = (now() + 7_200_000).into();
            record.to_string() + "\n"
        })
        .collect();
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &text);
    bench.simulator.set_clock_offset_ms(10_800_000);
    let ran = bench.run("run", 2);
    assert!(ran.stdout.contains("waiting 5") && ran.stdout.contains("expired 0"), "{ran:?}");
    assert!(ran.stdout.contains("expired by the server's clock, but not by this machine's"), "{ran:?}");
    bench.simulator.set_clock_offset_ms(0);
    bench.run("run", 0);
    bench.assert_created(5, &[]);
}

#[test]
fn tokens_that_were_created_and_are_not_there_stop_the_run() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(300));
    // Everything is taken, and nothing done with it.
    let taken = Fault::status(200).with_body(r#"{"resultCode":"A482001","requestId":"r-1"}"#);
    bench.simulator.inject(taken.on(Operation::CreateBatch).always());
    let done = r#"{"status":{"batchKind":"CREATE","requestId":"r-1","result":"SUCCEEDED","tokenCount":100}}"#;
    bench.simulator.inject(Fault::status(200).with_body(done).on(Operation::BatchStatus).always());
    let ran = bench.run("run --skip-dry-run --chunk-records 100 --concurrency 1", 1);
    assert!(
        ran.stderr.contains("nothing more is sent") && ran.stderr.contains("the token is missing"),
        "{ran:?}"
    );
    assert_eq!(bench.ledger().requests_for(Operation::CreateBatch).len(), 1, "it went on");
    let status = bench.run("status", 2);
    assert!(status.stdout.contains("missing 3"), "{status:?}");
}

#[test]
fn a_service_that_begins_to_drop_refresh_tokens_in_mid_run_is_noticed() {
    let bench = Bench::with(
        Simulator::builder().batch_delay(Duration::from_millis(100)),
        "tokens.jsonl",
        &lines(600),
    );
    let child = bench.spawn("run --skip-dry-run --chunk-records 50 --concurrency 1");
    while bench.ledger().token_count() < 150 {
        std::thread::sleep(Duration::from_millis(5));
    }
    bench.simulator.switch(|switches| switches.refresh_tokens = RefreshTokens::Unsupported);
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let mut without = 0;
    bench.ledger().for_each_token(|token| without += u64::from(token.refresh_token.is_none()));
    assert!((1..=50).contains(&without), "{without} tokens have no refresh token: {ran:?}");
    bench.simulator.switch(|switches| switches.refresh_tokens = RefreshTokens::AsGiven);
    bench.run("run --skip-dry-run", 2);
    bench.run("verify --all", 2);
    bench.run("run --repair", 0);
    bench.run("verify --all", 0);
    assert!((1..=600).all(|number| bench.ledger().token(&access(number)).unwrap().refresh_token.is_some()));
}

#[test]
fn without_a_probe_the_summary_says_so() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(20));
    let ran = bench.run("run --skip-dry-run --probe 0", 0);
    assert!(ran.stdout.contains("with --probe 0 nothing was looked at"), "{ran:?}");
    assert!(bench.run("status", 0).stdout.contains("with --probe 0"));
}

#[test]
fn what_a_verification_finds_is_known_to_every_command() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(40));
    bench.run("run --skip-dry-run", 0);
    for number in [5, 6, 7] {
        bench.delete_token(&access(number));
    }
    bench.run("verify --all", 2);
    let path = bench.path("report.csv");
    let report = format!("report -o {}", path.display());
    for (command, shown) in
        [("status", "missing 3"), ("run --skip-dry-run", "missing 3"), (report.as_str(), "")]
    {
        let ran = bench.run(command, 2);
        assert!(ran.stdout.contains(shown), "{command}: {ran:?}");
    }
    let mut merge = std::process::Command::new(env!("CARGO_BIN_EXE_authlete-import"));
    let merged = Ran::of(merge.arg("merge").arg(&path).output().unwrap());
    assert_eq!(merged.code, Some(2), "{merged:?}");
    assert!(fs::read_to_string(&path).unwrap().contains(",missing,the token is missing"));
    // A token that is back settles its finding.
    bench.run("run --repair", 0);
    assert_eq!(bench.run("status", 0).stdout.matches("missing").count(), 0);
    assert_eq!((bench.ledger().token_count(), bench.ledger().created_count()), (40, 43));
}

#[test]
fn what_cannot_be_said_is_no_success() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(3));
    bench.run("run --skip-dry-run", 0);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = bench.command("status").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written to stdout"));
}

#[cfg(unix)]
#[test]
fn a_journal_behind_a_link_or_over_a_file_is_the_owner_s_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(3));
    let hidden = bench.folder.path().join("elsewhere.db");
    symlink(&hidden, bench.journal()).unwrap();
    bench.run("run --skip-dry-run", 0);
    assert_eq!(mode(&hidden), 0o600);

    let open = bench.path("open.journal");
    fs::write(&open, "").unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    bench.run(&format!("run --skip-dry-run --journal {}", open.display()), 0);
    assert_eq!(mode(&open), 0o600);
}

#[test]
fn another_name_of_the_same_server_takes_one_word() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(3));
    bench.run("run --skip-dry-run", 0);
    let other = bench.simulator.url().replace("127.0.0.1", "localhost");
    let run = |arguments: &str| {
        Ran::of(bench.command(arguments).env("AUTHLETE_BASE_URL", &other).output().unwrap())
    };
    let ran = run("verify --all");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("say --same-server once"), "{ran:?}");
    let ran = run("verify --all --same-server");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(run("verify --all").code, Some(0));
}

#[test]
fn one_chunk_at_a_time_is_superseded() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(300));
    bench.run("run --skip-dry-run", 0);
    let newer = |number: u64| line(number).replace(&access(number), &access(10_000 + number)) + "\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("delta.jsonl");
    fs::write(&file, (1..=300).map(newer).collect::<String>()).unwrap();
    let journal = bench.journal();
    let Bench { simulator, folder: first, .. } = bench;
    let delta = Bench { simulator, folder, file };
    // From the third batch on nothing is taken.
    delta.simulator.inject(Fault::status(503).on(Operation::CreateBatch).after(2).always());
    let command = format!(
        "run --skip-dry-run --chunk-records 20 --retry-for 0 --settle 0.1 --supersede {}",
        journal.display()
    );
    let ran = delta.run(&command, 1);
    let there = (1..=300).filter(|&number| {
        delta.ledger().contains(&access(number)) || delta.ledger().contains(&access(10_000 + number))
    });
    let without = 300 - there.count();
    assert!(without <= 20, "{without} users have no token: {ran:?}");
    delta.simulator.faults().clear();
    delta.run(&command, 0);
    assert!((1..=300).all(|number| delta.ledger().contains(&access(10_000 + number))));
    drop(first);
}

//! Files that go through as a whole.

use std::fs;
use std::time::Duration;

use authlete_simulator::{Fault, Ledger, Operation, Simulator};

use crate::support::{Bench, Ran, access, lines, refresh};

#[test]
fn a_hundred_thousand_records_arrive_as_they_are() {
    let builder = Simulator::builder().batch_delay(Duration::ZERO);
    let bench = Bench::with(builder, "tokens.jsonl", &lines(100_000));
    let ran = bench.run("run", 0);
    assert!(ran.stdout.contains("created 100000, already there 0, rejected 0"), "{ran:?}");
    bench.assert_created(100_000, &[]);
    let ledger = bench.ledger();
    let mut checked = 0;
    ledger.for_each_token(|token| {
        let number: u64 = token.access_token.rsplit('-').next().unwrap().parse().unwrap();
        assert_eq!(token.refresh_token.as_deref(), Some(refresh(number).as_str()));
        assert_eq!(token.subject.as_deref(), Some(format!("user-{number}").as_str()));
        assert_eq!(token.client_id, Some(42));
        assert_eq!(token.scopes.len(), 2);
        checked += 1;
    });
    assert_eq!(checked, 100_000);
    // 100 chunks, tried and sent once each.
    let (batches, failed) = bench.batches();
    assert_eq!((batches, failed), (100, 0));
    assert_eq!(ledger.requests_for(Operation::CreateBatch).len(), 200);

    bench.run("run", 0);
    assert_eq!(ledger.requests_for(Operation::CreateBatch).len(), 200, "a finished import sends nothing");
    let verified = bench.run("verify --sample 500", 0);
    assert!(verified.stdout.contains("there 500, expired meanwhile 0, missing 0"), "{verified:?}");
    assert_eq!(ledger.requests_for(Operation::Introspect).len(), 500);
}

#[test]
fn csv_arrives_as_json_lines_do() {
    let mut text = String::from(
        "\u{feff}accessToken,grantType,clientId,subject,scopes,expiresAt,properties,accessTokenPersistent\r\n",
    );
    for number in 1..=25 {
        text += &format!(
            "{},PASSWORD,42,\"user, \"\"{number}\"\"\",read write,{},\"[{{\"\"key\"\":\"\"k\"\",\"\"value\"\":\"\"v\"\"}}]\",false\r\n",
            access(number),
            crate::support::now() + 3_600_000,
        );
    }
    let bench = Bench::with(Simulator::builder(), "tokens.csv", &text);
    bench.run("run --chunk-records 10", 0);
    bench.assert_created(25, &[]);
    let token = bench.ledger().token(&access(17)).unwrap();
    assert_eq!(token.subject.as_deref(), Some("user, \"17\""));
    assert_eq!(token.scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["read", "write"]);
    assert_eq!(token.extra().properties[0].value.as_deref(), Some("v"));
    let lifetime = token.access_token_expires_at.unwrap() - token.created_at;
    assert!((3_500_000..=3_600_000).contains(&lifetime), "{lifetime}");
    assert_eq!(bench.reported("created"), (1..=25).collect::<Vec<_>>());
}

#[test]
fn shards_are_disjoint_and_complete() {
    let bench = Bench::new(&lines(1000));
    let mut seen = Vec::new();
    let mut created = 0;
    for shard in 1..=4 {
        let ran = bench.run(&format!("run --shard {shard}/4 --chunk-records 100"), 0);
        let now = bench.ledger().created_count();
        assert!(now > created, "shard {shard} is empty");
        assert!(ran.stdout.contains(&format!("created {}, already there 0", now - created)), "{ran:?}");
        created = now;
        let report = bench.report(&format!("--shard {shard}/4"));
        assert!(report.iter().all(|(_, _, state, _)| state == "created"));
        seen.extend(report.into_iter().map(|(record, ..)| record));
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=1000).collect::<Vec<_>>());
    bench.assert_created(1000, &[]);
    assert_eq!(bench.batches().1, 0);
}

#[test]
fn a_report_does_not_overwrite_what_it_is_about() {
    let bench = Bench::new(&lines(10));
    bench.run("run", 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.csv");
    std::os::unix::fs::symlink(&bench.file, &link).unwrap();
    let other_name = elsewhere.path().join("other-name.csv");
    std::fs::hard_link(&bench.file, &other_name).unwrap();
    for precious in [&bench.file, &bench.journal(), &link, &other_name] {
        let before = std::fs::read(precious).unwrap();
        let ran = bench.run(&format!("report -o {}", precious.display()), 1);
        assert!(ran.stderr.contains("would overwrite"), "{ran:?}");
        assert_eq!(std::fs::read(precious).unwrap(), before);
    }
    let report = bench.path("report.csv");
    for _ in 0..2 {
        bench.run(&format!("report -o {}", report.display()), 0);
    }
    assert_eq!(std::fs::read_to_string(report).unwrap().lines().count(), 11);
}

#[test]
fn nor_does_its_summary_or_what_it_writes_beside() {
    let bench = Bench::with(authlete_simulator::Simulator::builder(), "report.summary.json", &lines(10));
    bench.run("run", 0);
    let before = std::fs::read(&bench.file).unwrap();
    let report = bench.path("report").display().to_string();
    let ran = bench.run(&format!("report -o {report}"), 1);
    assert!(ran.stderr.contains("report.summary.json would overwrite"), "{ran:?}");
    let key = bench.path("key");
    std::fs::write(&key, "0123456789abcdef").unwrap();
    let ran = bench.run(&format!("report --key-file {0} -o {0}", key.display()), 1);
    assert!(ran.stderr.contains("would overwrite"), "{ran:?}");
    for rejects in ["", ".summary.json"] {
        let ran = bench.run(&format!("report -o {report}.csv --rejects {report}.csv{rejects}"), 1);
        assert!(ran.stderr.contains("--rejects names the same file"), "{ran:?}");
    }
    assert_eq!(std::fs::read(&bench.file).unwrap(), before);
    assert!(!bench.path("report").exists() && !bench.path("report.csv").exists());
}

#[test]
fn the_report_names_tokens_by_hash_in_both_forms() {
    let bench = Bench::new(&lines(3));
    bench.run("run", 0);
    // printf %s canary-token-a-2 | sha256sum
    let expected = bench.report("");
    assert_eq!(expected[1].1.len(), 64);
    assert_eq!(unhex(&expected[1].1), from_base64url(&Ledger::hash_of(&access(2))));

    let path = bench.path("report.json");
    bench.run(&format!("report --as json --output {}", path.display()), 0);
    let text = fs::read_to_string(path).unwrap();
    let second: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    assert_eq!(
        second,
        serde_json::json!({"record": 2, "sha256": expected[1].1, "state": "created", "reason": ""})
    );
}

#[test]
fn machines_get_json_lines() {
    let bench = Bench::new(&lines(3));
    let ran = bench.run("run --json", 0);
    let events: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let end = events.last().unwrap();
    assert_eq!(end["event"], "end");
    assert_eq!(end["finished"], true);
    assert_eq!(end["counts"]["created"], 3);
}

#[test]
fn nothing_is_finished_if_the_file_has_changed_under_way() {
    let slow = |operation| Fault::delay_answer(Duration::from_millis(400)).on(operation);
    let bench = Bench::new(&lines(3));
    for (command, operation) in [
        ("run --skip-dry-run --json", Operation::CreateBatch),
        ("delete --yes 3 --json", Operation::DeleteToken),
    ] {
        bench.simulator.inject(slow(operation));
        let before = bench.ledger().requests_for(operation).len();
        let mut child = bench.spawn(command);
        while bench.ledger().requests_for(operation).len() == before {
            assert!(child.try_wait().unwrap().is_none(), "it has ended without a request: {command}");
            std::thread::sleep(Duration::from_millis(2));
        }
        let text = fs::read_to_string(&bench.file).unwrap();
        fs::write(&bench.file, text + "\n").unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains("the file has changed"), "{ran:?}");
        let end: serde_json::Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
        assert_eq!((&end["event"], &end["finished"]), (&"end".into(), &false.into()));
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn from_base64url(text: &str) -> Vec<u8> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = text.chars().map(|digit| format!("{:06b}", digits.find(digit).unwrap())).collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

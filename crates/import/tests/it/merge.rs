//! Reports of several parts, made into one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use authlete_simulator::Simulator;
use serde_json::Value;

use crate::support::{Bench, Ran, access, line, lines};

fn merge(reports: &[PathBuf], options: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authlete-import"));
    let ran = Ran::of(command.arg("merge").args(reports).args(options.split_whitespace()).output().unwrap());
    assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
    ran
}

/// A service with 60 records, of which the server refuses one and the check another.
fn bench() -> Bench {
    let text: String = (1..=60)
        .map(|number| if number == 9 { "nothing\n".to_owned() } else { line(number) + "\n" })
        .collect();
    let builder = Simulator::builder().poison(access(4)).batch_delay(Duration::ZERO);
    Bench::with(builder, "tokens.jsonl", &text)
}

/// Moves one part, and writes its report.
fn part(bench: &Bench, options: &str, name: &str) -> PathBuf {
    let report = bench.path(name);
    bench.ran(&format!("run --skip-dry-run --skip-invalid {options}"));
    bench.run(&format!("report {options} -o {}", report.display()), 0);
    report
}

fn summary(report: &Path) -> Value {
    let name = format!("{}.summary.json", report.display());
    serde_json::from_slice(&fs::read(name).unwrap()).unwrap()
}

/// The same hash by another tool.
fn hash(path: &Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().unwrap();
    String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn reports_of_shards_make_one_of_the_file() {
    let bench = bench();
    let [one, two, three] = ["1/3", "2/3", "3/3"].map(|shard| {
        let journal = bench.path(&format!("{}.journal", shard.replace('/', "-")));
        let options = format!("--shard {shard} --journal {}", journal.display());
        // The second is written in the other layout.
        let layout = if shard == "2/3" { "json" } else { "csv" };
        let report = bench.path(&format!("{}.{layout}", shard.replace('/', "-")));
        bench.ran(&format!("run --skip-dry-run --skip-invalid {options}"));
        bench.run(&format!("report {options} --as {layout} -o {}", report.display()), 0);
        report
    });
    let output = bench.path("all.csv");
    let ran = merge(&[three.clone(), one.clone(), two.clone()], &format!("-o {}", output.display()));
    // Two records are not there.
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("60 records of 3 reports to service"), "{ran:?}");

    // What they say, in the order of the file.
    let rows = |path: &Path| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(path).unwrap();
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let json_rows = fs::read_to_string(&two).unwrap();
    let json_rows = json_rows.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        ["record", "sha256", "state", "reason"].map(|member| text(&line[member])).to_vec()
    });
    let mut expected: Vec<_> = [rows(&one), json_rows.collect(), rows(&three)].concat();
    expected.sort_by_key(|row| row[0].parse::<u64>().unwrap());
    let file = bench.file.canonicalize().unwrap().display().to_string();
    expected.iter_mut().for_each(|row| row.insert(0, file.clone()));
    assert_eq!(expected.len(), 60);
    assert_eq!(rows(&output), expected);

    let all = summary(&output);
    assert_eq!(all["reportSha256"], hash(&output));
    assert_eq!(
        (&all["records"], &all["counts"]["created"], &all["counts"]["rejected"]),
        (&60.into(), &58.into(), &2.into())
    );
    assert_eq!(all["service"], bench.simulator.service_id());
    let parts = all["merged"]["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 3);
    for (part, (shard, report)) in parts.iter().zip([("3/3", &three), ("1/3", &one), ("2/3", &two)]) {
        assert_eq!((&part["shard"], &part["reportSha256"]), (&shard.into(), &hash(report).into()));
        assert_eq!(part["sha256"], hash(&bench.file));
    }
    for (state, of_all) in all["counts"].as_object().unwrap() {
        let sum: u64 = parts.iter().map(|part| part["counts"][state].as_u64().unwrap()).sum();
        assert_eq!(*of_all, sum, "{state}");
    }
    let reasons = all["reasons"].as_array().unwrap();
    assert!(
        reasons.iter().any(|reason| reason["reason"] == "SIM203" && reason["records"] == 1),
        "{reasons:?}"
    );

    // As JSON it says the same.
    let json = bench.path("all.json");
    let ran = merge(&[one, two, three], &format!("--as json --json -o {}", json.display()));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(shown["summary"], summary(&json));
    let lines = fs::read_to_string(&json).unwrap();
    let numbers =
        lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["record"].as_u64().unwrap());
    assert!(numbers.eq(1..=60));
}

#[test]
fn what_does_not_belong_together_or_is_not_whole_is_no_report() {
    let bench = bench();
    let report = |options: &str, name: &str| {
        let options = format!("{options} --journal {}", bench.path(&format!("{name}.journal")).display());
        part(&bench, options.trim(), &format!("{name}.csv"))
    };
    let (one, two) = (report("--shard 1/3", "one"), report("--shard 2/3", "two"));
    let half = report("--shard 2/2", "half");
    let output = bench.path("all.csv");
    let to_output = format!("-o {}", output.display());

    let elsewhere = self::bench();
    let foreign = part(&elsewhere, "--shard 3/3", "foreign.csv");
    let changed = bench.path("changed.csv");
    let text = fs::read_to_string(&two).unwrap();
    fs::write(
        &changed,
        text.replacen(",rejected,", ",created,", 1).replacen(",created,", ",already there,", 1),
    )
    .unwrap();
    fs::copy(bench.path("two.csv.summary.json"), bench.path("changed.csv.summary.json")).unwrap();
    let bare = bench.path("bare.csv");
    fs::write(&bare, &text).unwrap();
    let tokens = bench.path("tokens-as-report.csv");
    fs::copy(&bench.file, &tokens).unwrap();
    fs::copy(bench.path("two.csv.summary.json"), bench.path("tokens-as-report.csv.summary.json")).unwrap();
    for (other, said) in [
        (&one, "are of the same records of the same file"),
        (&half, "are of one file, divided in different ways"),
        (&foreign, "are of different servers"),
        (&changed, "is not the report that its summary is of"),
        (&bare, "with its summary beside it"),
        (&tokens, "is no report"),
    ] {
        let ran = merge(&[one.clone(), other.clone()], &to_output);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.stderr.contains(said) && ran.stderr.contains(&other.display().to_string()), "{ran:?}");
        assert!(!output.exists() && !bench.path("all.csv.summary.json").exists());
    }
    fs::remove_file(tokens).unwrap();
    let before = fs::read(&two).unwrap();
    let ran = merge(&[one.clone(), two.clone()], &format!("-o {}", two.display()));
    assert!(ran.code == Some(1) && fs::read(&two).unwrap() == before, "{ran:?}");

    let ran = merge(&[one.clone(), two.clone()], &to_output);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("missing: part 3/3 of "), "{ran:?}");
    let ran = merge(&[output, half], "");
    assert!(ran.code == Some(1) && ran.stderr.contains("it was merged itself"), "{ran:?}");
}

#[test]
fn a_sample_is_not_its_whole_file() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(100));
    bench.run("run --sample 5", 0);
    let report = bench.path("sample.csv");
    let journal = format!("--journal {}.sample-5.journal", bench.file.display());
    bench.run(&format!("report {journal} -o {}", report.display()), 0);
    assert_eq!(summary(&report)["sample"], "5 of 100");
    let ran = merge(&[report], "");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stdout.contains("missing: all but a sample, 5 of 100, of "), "{ran:?}");
}

#[test]
fn reports_that_name_tokens_in_different_ways_are_not_compared() {
    let bench = bench();
    let key = |name: &str, text: &str| {
        fs::write(bench.path(name), text).unwrap();
        format!("--key-file {}", bench.path(name).display())
    };
    let keys = ["", &key("one.key", "0123456789abcdef"), &key("two.key", "0123456789abcdeg\n")];
    let written = |shard: &str, key: &str, name: &str| {
        let report = bench.path(name);
        bench.run(&format!("report --shard {shard} {key} -o {}", report.display()), 0);
        report
    };
    for shard in ["1/2", "2/2"] {
        bench.ran(&format!("run --skip-dry-run --skip-invalid --shard {shard}"));
    }
    for one in keys {
        for other in keys {
            let reports = [written("1/2", one, "one.csv"), written("2/2", other, "two.csv")];
            let all = bench.path("all.csv");
            let ran = merge(&reports, &format!("-o {}", all.display()));
            if one == other {
                assert_eq!(ran.code, Some(2), "{ran:?}");
                assert_eq!(summary(&all)["keyId"], summary(&reports[0])["keyId"]);
                assert_eq!(summary(&all)["keyId"].is_string(), !one.is_empty());
            } else {
                assert_eq!(ran.code, Some(1), "{ran:?}");
                assert!(ran.stderr.contains("name tokens by different keys"), "{ran:?}");
            }
        }
    }
}

#[test]
fn there_are_only_so_many_parts() {
    let bench = Bench::new(&lines(3));
    for shard in ["1/10001", "1/50000000", "1/18446744073709551615"] {
        let ran = bench.run(&format!("run --shard {shard}"), 1);
        assert!(ran.stderr.contains("10000 at most"), "{ran:?}");
    }
    assert_eq!(bench.ledger().request_count(), 0);
    let report = part(&bench, "--shard 1/10000", "part.csv");
    let ran = merge(std::slice::from_ref(&report), "");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let name = format!("{}.summary.json", report.display());
    let text = fs::read_to_string(&name).unwrap().replace("1/10000", "1/500000000");
    fs::write(name, text).unwrap();
    let ran = merge(&[report], "");
    assert!(ran.code == Some(1) && ran.stderr.contains("10000 at most"), "{ran:?}");
}

#[test]
fn reports_of_several_files_tell_of_tokens_that_stand_in_two() {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "a.jsonl", &lines(20));
    let first = part(&bench, "", "a.csv");
    let (folder, earlier) = (tempfile::tempdir().unwrap(), bench.folder);
    let file = folder.path().join("b.jsonl");
    fs::write(&file, (16..=30).map(|number| line(number) + "\n").collect::<String>()).unwrap();
    let bench = Bench { simulator: bench.simulator, folder, file };
    let second = part(&bench, "", "b.csv");
    let output = bench.path("all.csv");
    let ran = merge(&[first, second], &format!("-o {}", output.display()));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("5 tokens stand in more than one file"), "{ran:?}");
    let all = summary(&output);
    // Which of the 5 counts as created twice, being that young, does not matter.
    let there = ["created", "existing"].map(|state| all["counts"][state].as_u64().unwrap());
    assert_eq!(there.iter().sum::<u64>(), 35);
    assert_eq!(all["merged"]["tokensAgain"], 5);
    drop(earlier);
}

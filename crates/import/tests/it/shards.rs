//! Eight machines with a part each, as a scheduler with an indexed job would start them, and one report of all.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use authlete_simulator::Simulator;
use serde_json::Value;

use crate::support::{Bench, Ran, access, lines};

const PARTS: u64 = 8;

#[test]
fn eight_processes_move_a_part_each_and_their_reports_make_one() {
    let builder = Simulator::builder().batch_delay(Duration::ZERO).poison(access(77));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(400));
    // Each machine has a folder of its own, and the index that its scheduler gives it, from 0.
    let place = tempfile::tempdir().unwrap();
    let script = r#"
        set -u
        shard=$((INDEX + 1))/8
        "$TOOL" run "$FILE" --shard $shard --journal "$FOLDER/journal" --rate 40 --skip-dry-run --chunk-records 10
        code=$?
        "$TOOL" report "$FILE" --shard $shard --journal "$FOLDER/journal" -o "$FOLDER/report.csv" || exit 1
        exit $code
    "#;
    let machines: Vec<_> = (0..PARTS)
        .map(|index| {
            let folder = place.path().join(index.to_string());
            fs::create_dir(&folder).unwrap();
            let mut command = Command::new("sh");
            bench.environment(&mut command);
            command.args(["-c", script]).env("INDEX", index.to_string()).env("FOLDER", &folder);
            command.env("TOOL", env!("CARGO_BIN_EXE_authlete-import")).env("FILE", &bench.file);
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            (folder, child)
        })
        .collect();
    let mut codes = Vec::new();
    let mut reports = Vec::new();
    for (folder, child) in machines {
        let ran = Ran::of(child.wait_with_output().unwrap());
        bench.assert_discreet(&ran);
        codes.push(ran.code.unwrap());
        reports.push(folder.join("report.csv"));
    }
    // One machine has the record that the server rejects.
    codes.sort_unstable();
    assert_eq!(codes, [0, 0, 0, 0, 0, 0, 0, 2]);
    bench.assert_created(400, &[77]);

    let all = place.path().join("all.csv");
    let mut merge = Command::new(env!("CARGO_BIN_EXE_authlete-import"));
    let ran = Ran::of(merge.arg("merge").args(&reports).arg("-o").arg(&all).output().unwrap());
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let summary: Value =
        serde_json::from_slice(&fs::read(place.path().join("all.csv.summary.json")).unwrap()).unwrap();
    assert_eq!((&summary["counts"]["created"], &summary["counts"]["rejected"]), (&399.into(), &1.into()));
    assert_eq!(summary["merged"]["parts"].as_array().unwrap().len() as u64, PARTS);
    assert!(summary["merged"]["missing"].as_array().unwrap().is_empty());
    let mut reader = csv::Reader::from_path(&all).unwrap();
    let numbers: BTreeSet<u64> =
        reader.records().map(|row| row.unwrap().get(1).unwrap().parse().unwrap()).collect();
    assert!(numbers.into_iter().eq(1..=400));
    // A machine that was lost is missed.
    let mut merge = Command::new(env!("CARGO_BIN_EXE_authlete-import"));
    let ran = Ran::of(merge.arg("merge").args(&reports[1..]).output().unwrap());
    assert!(ran.code == Some(2) && ran.stdout.contains("missing: part 1/8 of "), "{ran:?}");
}

//! What a later import takes the place of: nobody loses the old pair who does not get the new one.

use std::fs;
use std::time::Duration;

use authlete_simulator::Simulator;
use tempfile::TempDir;

use crate::support::{Bench, access, line, lines, now, refresh};

/// How far the newer access token of a user is from the older one.
const NEWER: u64 = 1_000;

/// A newer access token with the refresh token that the user had.
fn newer(number: u64) -> String {
    line(number).replace(&access(number), &access(NEWER + number)) + "\n"
}

fn bench(count: u64) -> Bench {
    Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "old.jsonl", &lines(count))
}

/// The same server with another file, and the folder of the earlier one.
fn delta(earlier: Bench, text: &str) -> (TempDir, Bench) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("delta.jsonl");
    fs::write(&file, text).unwrap();
    (earlier.folder, Bench { simulator: earlier.simulator, folder, file })
}

/// Which of these are there: the older tokens, and the newer ones by the number of their user.
fn there(bench: &Bench, count: u64) -> (Vec<u64>, Vec<u64>) {
    let ledger = bench.ledger();
    let of = |ahead: u64| (1..=count).filter(|number| ledger.contains(&access(ahead + number))).collect();
    let there: (Vec<u64>, Vec<u64>) = (of(0), of(NEWER));
    assert_eq!(ledger.token_count(), there.0.len() + there.1.len());
    there
}

#[test]
fn records_in_conflict_are_sent_when_what_they_supersede_is_gone() {
    for how in ["", "--skip-dry-run"] {
        let earlier = bench(4);
        earlier.run("run", 0);
        let journal = earlier.journal();
        let (_folder, delta) = delta(earlier, &(1..=3).map(newer).collect::<String>());
        let ran = delta.run(&format!("run {how}"), 2);
        assert!(ran.stdout.contains("in conflict 3") && ran.stdout.contains("see --supersede"), "{ran:?}");
        let ran = delta.run(&format!("run {how} --supersede {}", journal.display()), 0);
        assert!(ran.stderr.contains("3 tokens of the earlier import are superseded"), "{ran:?}");
        assert_eq!(there(&delta, 4), (vec![4], vec![1, 2, 3]));
        // Once more there is nothing to do.
        let ran = delta.run(&format!("run --supersede {}", journal.display()), 0);
        assert!(ran.stderr.contains("0 tokens of the earlier import are superseded"), "{ran:?}");
        assert_eq!(there(&delta, 4), (vec![4], vec![1, 2, 3]));
    }
}

#[test]
fn a_record_that_is_not_sent_supersedes_nothing() {
    let earlier = bench(7);
    earlier.run("run", 0);
    let journal = earlier.journal();
    let expired = |number: u64, at: u64| {
        let text = newer(number);
        let (start, _) = text.split_once("\"expiresAt\"").unwrap();
        format!("{start}\"expiresAt\":{at},\"refreshTokenExpiresAt\":{}}}\n", now() - 1_000)
    };
    let text = [
        newer(1).replace("\"read\"", "\"re ad\""),
        // The same access token as the record before.
        newer(2).replace(&access(NEWER + 2), &access(NEWER + 4)),
        newer(3).replace(&access(NEWER + 3), &access(NEWER + 4)),
        expired(5, now() - 1_000),
        newer(6),
        // Sent without its refresh token.
        expired(7, now() + 60_000),
    ]
    .concat();
    let (_folder, delta) = delta(earlier, &text);
    delta.run(&format!("run --skip-invalid --supersede {}", journal.display()), 2);
    assert_eq!(there(&delta, 7), (vec![1, 3, 4, 5, 7], vec![4, 6, 7]));
    assert_eq!(
        delta.ledger().token(&access(NEWER + 4)).unwrap().refresh_token.as_deref(),
        Some(refresh(2).as_str())
    );
}

#[test]
fn nothing_is_superseded_before_the_dry_run_is_content() {
    for is_known in [false, true] {
        let earlier = bench(4);
        earlier.run("run", 0);
        let journal = earlier.journal();
        let (_folder, delta) = delta(earlier, &(1..=3).map(newer).collect::<String>());
        if is_known {
            // They are in conflict already, and have been through a dry run.
            delta.run("run", 2);
        }
        delta.simulator.poison(access(NEWER + 2));
        let supersede = format!("run --supersede {}", journal.display());
        if !is_known {
            let ran = delta.run(&supersede, 1);
            assert!(ran.stderr.contains("the dry run rejected 1 record, and nothing was created"), "{ran:?}");
            assert_eq!(there(&delta, 4), (vec![1, 2, 3, 4], vec![]));
        }
        delta.run(&format!("{supersede} --skip-invalid"), 2);
        assert_eq!(there(&delta, 4), (vec![2, 4], vec![1, 3]));
        assert_eq!(delta.reported("rejected"), [2]);
    }
}

#[test]
fn the_journals_of_shards_are_superseded_each_for_its_records() {
    let earlier = bench(40);
    let shards = ["1/2", "2/2"].map(|shard| {
        earlier.run(&format!("run --shard {shard} --chunk-records 7"), 0);
        let journal = format!("{}.{}.journal", earlier.file.display(), shard.replace('/', "-of-"));
        let records: Vec<u64> =
            earlier.report(&format!("--shard {shard}")).into_iter().map(|(record, ..)| record).collect();
        (journal, records)
    });
    let [(one, of_one), (two, of_two)] = shards;
    let file = earlier.file.clone();
    let (folder, delta) = delta(earlier, &(1..=40).map(newer).collect::<String>());
    // The first alone: what the other has created stays.
    let ran = delta.run(&format!("run --supersede {one}"), 2);
    assert!(
        ran.stderr.contains(&format!("{} tokens of the earlier import are superseded", of_one.len())),
        "{ran:?}"
    );
    assert_eq!(there(&delta, 40), (of_two.clone(), of_one.clone()));
    // Both journals are right about what is left, and both may be named.
    delta.run(&format!("run --supersede {one} --supersede {two}"), 0);
    assert_eq!(there(&delta, 40), (vec![], (1..=40).collect()));
    let earlier = Bench { file, folder, simulator: delta.simulator };
    for (shard, records) in [("1/2", of_one), ("2/2", of_two)] {
        let report = earlier.report(&format!("--shard {shard}"));
        assert!(report.iter().all(|(_, _, state, _)| state == "deleted"), "{report:?}");
        let ran = earlier.run(&format!("status --shard {shard}"), 0);
        assert!(ran.stdout.contains(&format!("deleted {}, not there 0", records.len())), "{ran:?}");
    }
}

#[test]
fn the_journal_of_a_sample_is_superseded_for_its_records_alone() {
    let earlier = bench(20);
    earlier.run("run --sample 4", 0);
    let sample = format!("{}.sample-4.journal", earlier.file.display());
    std::thread::sleep(Duration::from_millis(3_500));
    // The others are another import's.
    earlier.run("run", 0);
    let (_folder, delta) = delta(earlier, &(1..=20).map(newer).collect::<String>());
    let ran = delta.run(&format!("run --supersede {sample}"), 2);
    assert!(ran.stderr.contains("4 tokens of the earlier import are superseded"), "{ran:?}");
    let (older, newer) = there(&delta, 20);
    assert_eq!(newer, [5, 10, 15, 20]);
    assert_eq!(older.len(), 16);
}

//! What goes on beside a run: a verification, metrics, and a look at who can read the file.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use authlete_simulator::{Fault, Operation, Simulator};
use serde_json::Value;

use crate::support::{Bench, access, line, lines};

/// A run whose sixth batch is not answered, once five have succeeded: it is left alone for a minute.
fn held(options: &str) -> (Bench, std::process::Child) {
    let bench = Bench::with(Simulator::builder().batch_delay(Duration::ZERO), "tokens.jsonl", &lines(16));
    bench.simulator.inject(Fault::delay_answer(Duration::from_secs(300)).on(Operation::CreateBatch).after(5));
    let mut run =
        bench.spawn(&format!("run --skip-dry-run --chunk-records 2 --concurrency 1 --timeout 5 {options}"));
    while created(&bench) < 10 {
        assert!(run.try_wait().unwrap().is_none(), "the run has ended");
        std::thread::sleep(Duration::from_millis(20));
    }
    (bench, run)
}

/// What the journal counts as created.
fn created(bench: &Bench) -> u64 {
    let ran = bench.ran("status --json");
    let event: Value = serde_json::from_str(ran.stdout.lines().next().unwrap_or("{}")).unwrap_or_default();
    event["summary"]["counts"]["created"].as_u64().unwrap_or_default()
}

#[test]
fn a_verification_beside_a_run_looks_at_what_the_run_has_settled() {
    let (bench, mut run) = held("");
    // What the run has yet to do is missed, unless only what it has done is asked for.
    bench.run("verify --all", 2);
    let ran = bench.run("verify --all --settled", 0);
    assert!(ran.stdout.contains("there 10,") && ran.stdout.contains("not moved yet 6"), "{ran:?}");
    assert!(ran.stderr.contains("a run is under way"), "{ran:?}");
    bench.delete_token(&access(3));
    let ran = bench.run("verify --all --settled", 2);
    assert!(ran.stdout.contains("there 9,") && ran.stdout.contains("missing 1"), "{ran:?}");
    assert!(run.try_wait().unwrap().is_none());
    // Without a run, what has not been moved is missed.
    run.kill().unwrap();
    run.wait().unwrap();
    let ran = bench.run("verify --sample 1", 2);
    assert!(!ran.stderr.contains("under way"), "{ran:?}");
}

fn metric(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(&format!("authlete_import_{name}")))?;
    Some(line.rsplit_once(' ').unwrap().1.to_owned())
}

#[test]
fn metrics_tell_where_an_import_stands_and_are_replaced_whole() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("import.prom");
    fs::write(&path, "old\n").unwrap();
    let mut old = File::open(&path).unwrap();
    let (bench, mut run) = held(&format!("--metrics {}", path.display()));
    let text = loop {
        let text = fs::read_to_string(&path).unwrap();
        if metric(&text, "records").is_some_and(|_| text.contains("state=\"created\"} 10\n")) {
            break text;
        }
        assert!(run.try_wait().unwrap().is_none(), "the run has ended");
        std::thread::sleep(Duration::from_millis(50));
    };
    let service = bench.simulator.service_id();
    assert!(
        text.contains(&format!(
            "authlete_import_records{{service=\"{service}\",shard=\"1/1\",state=\"waiting\"}} 4\n"
        )),
        "{text}"
    );
    assert_eq!(metric(&text, "running").as_deref(), Some("1"));
    assert_eq!(metric(&text, "stage_total").as_deref(), Some("16"));
    assert_eq!((metric(&text, "outage").as_deref(), metric(&text, "exit_code")), (Some("0"), None));
    // Each metric has its help and its type before it, and all of it is of this form.
    for line in text.lines() {
        assert!(
            line.starts_with("# HELP authlete_import_")
                || line.starts_with("# TYPE authlete_import_")
                || line.starts_with("authlete_import_"),
            "{line}"
        );
    }
    run.kill().unwrap();
    run.wait().unwrap();
    // Whoever reads the old file reads all of it.
    let mut whole = String::new();
    old.read_to_string(&mut whole).unwrap();
    assert_eq!(whole, "old\n");

    bench.run(&format!("run --settle 0.1 --timeout 1 --metrics {}", path.display()), 0);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("state=\"created\"} 16\n"), "{text}");
    assert_eq!(
        (metric(&text, "running").as_deref(), metric(&text, "exit_code").as_deref()),
        (Some("0"), Some("0"))
    );
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    bench.delete_token(&access(1));
    bench.run(&format!("verify --all --metrics {}", path.display()), 2);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("state=\"missing\"} 1\n"), "{text}");
    assert_eq!(metric(&text, "exit_code").as_deref(), Some("2"));
    bench.run(&format!("reconcile --metrics {}", path.display()), 2);

    // Neither the journal nor the input is written over, nor is anything that is no file.
    for other in [bench.journal(), bench.file.clone(), place.path().to_owned(), "/dev/null".into()] {
        let ran = bench.run(&format!("run --metrics {}", other.display()), 1);
        assert!(ran.stderr.contains("would overwrite") || ran.stderr.contains("must name a file"), "{ran:?}");
    }
}

#[test]
fn that_others_can_read_the_tokens_is_noted() {
    for (mode, said) in [(0o600, false), (0o400, false), (0o640, true), (0o644, true)] {
        let bench = Bench::new(&format!("{}\n", line(1)));
        fs::set_permissions(&bench.file, fs::Permissions::from_mode(mode)).unwrap();
        let note =
            format!("others than its owner can read the file, which holds live tokens (mode {mode:o})");
        assert_eq!(bench.run("check", 0).stdout.contains(&note), said, "{mode:o}");
        assert_eq!(bench.run("run", 0).stderr.contains(&note), said, "{mode:o}");
    }
}

#[test]
fn one_is_said_of_one() {
    let builder = Simulator::builder().batch_delay(Duration::ZERO).poison(access(2));
    let bench = Bench::with(builder, "tokens.jsonl", &lines(3));
    bench.run("run --skip-dry-run", 2);
    let ran = bench.run("run --retry-rejected --max-rejected 0", 1);
    assert!(ran.stderr.contains("1 record is sent again after a rejection or conflict"), "{ran:?}");
    assert!(ran.stderr.contains("the server has rejected 1 record, more than"), "{ran:?}");
    bench.delete_token(&access(1));
    bench.run("verify --all", 2);
    let ran = bench.run("run --repair", 2);
    assert!(ran.stderr.contains("1 record is moved again, 0 tokens have been replaced"), "{ran:?}");
}

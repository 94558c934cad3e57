//! Where it runs: any path, no dumps, and no option named that it has not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{Bench, Ran, access, line, lines};

#[cfg(unix)]
#[test]
fn paths_are_paths_whatever_they_look_like() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let names: [&[u8]; 7] = [
        b"tokens \xff\xfe.jsonl",
        b"-tokens.jsonl",
        b"file:tokens.jsonl",
        b"a b\nc.jsonl",
        b"--json",
        b":memory:",
        b"%00?x=#.jsonl",
    ];
    for name in names {
        let bench = Bench::new("");
        let folder = bench.path("folder");
        fs::create_dir(&folder).unwrap();
        let name = OsStr::from_bytes(name);
        fs::write(folder.join(name), lines(5)).unwrap();
        let run = |arguments: &[&OsStr]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_authlete-import"));
            command.current_dir(&folder).args(arguments);
            bench.environment(&mut command);
            Ran::of(command.output().unwrap())
        };
        let word = |word| OsStr::new(word);
        for command in ["check", "run", "verify", "report"] {
            let ran = run(&[word(command), word("--"), name]);
            assert_eq!(ran.code, Some(0), "{command} {name:?}: {ran:?}");
        }
        bench.assert_created(5, &[]);
        let journal = [name.as_bytes(), b".journal"].concat();
        assert!(folder.join(OsStr::from_bytes(&journal)).exists(), "{name:?}");

        // The same name for a journal and a report.
        let other = Bench::new(&lines(5));
        let mut command = Command::new(env!("CARGO_BIN_EXE_authlete-import"));
        let mut journal = OsStr::new("--journal=").to_owned();
        journal.push(name);
        fs::remove_file(folder.join(name)).unwrap();
        command.current_dir(&folder).arg("run").arg("--skip-dry-run").arg(journal).arg(&other.file);
        other.environment(&mut command);
        let ran = Ran::of(command.output().unwrap());
        assert_eq!(ran.code, Some(0), "{name:?}: {ran:?}");
        assert!(folder.join(name).exists(), "{name:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_dump_may_hold_the_tokens() {
    let bench = Bench::new(&lines(3));
    bench.simulator.inject(Fault::delay(Duration::from_secs(3)).on(Operation::CreateBatch));
    let mut child =
        bench.command("run --skip-dry-run").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while bench.ledger().requests_for(Operation::CreateBatch).is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Words that run a command, which stands behind them, with a temporary folder of 1 MiB. None where this machine lets no test
/// mount one.
#[cfg(target_os = "linux")]
fn in_little_space(folder: &Path) -> Option<Vec<String>> {
    let script = r#"mount -t tmpfs -o size=1m tmpfs "$0" && TMPDIR="$0" exec "$@""#;
    [&["--mount"][..], &["--mount", "--map-root-user"]].into_iter().find_map(|namespace| {
        let words = [&["unshare"], namespace, &["sh", "-c", script]].concat();
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        words.push(folder.display().to_string());
        let tried = Command::new("unshare").args(&words[1..]).arg("true").stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success()).then_some(words)
    })
}

#[cfg(target_os = "linux")]
#[test]
fn room_for_temporary_files_is_looked_for_before_it_is_taken() {
    // More values than are sorted in memory.
    let bench = Bench::new(&lines(90_000));
    let ran = bench.run("check", 0);
    assert!(ran.stdout.contains("took about 7 MB of temporary space"), "{ran:?}");
    let folder = tempfile::tempdir().unwrap();
    let Some(words) = in_little_space(folder.path()) else {
        eprintln!("SKIPPED: this machine lets no test mount a small folder");
        return;
    };
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg(env!("CARGO_BIN_EXE_authlete-import")).arg("run").arg(&bench.file);
    bench.environment(&mut command);
    let ran = Ran::of(command.output().unwrap());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let said = format!("about 7 MB of temporary space, and {} has 1 MB: let TMPDIR", folder.path().display());
    assert!(ran.stderr.contains(&said), "{ran:?}");
    assert_eq!(bench.ledger().request_count(), 0);
    assert!(!bench.journal().exists());
}

#[test]
fn a_report_under_a_key_names_tokens_as_only_its_holders_can() {
    let bench = Bench::new(&lines(2));
    bench.run("run --skip-dry-run", 0);
    let key = bench.path("key");
    fs::write(&key, "0123456789abcdef0123\n").unwrap();
    let report = bench.report(&format!("--key-file {}", key.display()));
    // printf %s canary-token-a-1 | openssl dgst -sha256 -hmac 0123456789abcdef0123
    assert_eq!(report[0].1, "122aae731cc6bf2f863e92047fa54aefd1b0bc067c1e7e014b8f89632b8db616");
    assert_ne!(report[0].1, bench.report("")[0].1);
    fs::write(&key, "short").unwrap();
    let ran = bench.run(&format!("report --key-file {}", key.display()), 1);
    assert!(ran.stderr.contains("at least 16 bytes"), "{ran:?}");
}

#[test]
fn rejected_records_come_out_as_they_went_in() {
    let bad = "canary-bad,PASSWORD,42,\"no \"\"\nsubject\"";
    let header = "sep=,\naccessToken,grantType,clientId,subject";
    let good = |number| format!("{},PASSWORD,42,user-{number}", access(number));
    let text = format!("{header}\n{}\n{bad}\n{}\n{}\n", good(1), good(2), good(2));
    let builder = Simulator::builder().batch_delay(Duration::ZERO).poison(access(1));
    let bench = Bench::with(builder, "tokens.csv", &text);
    let folder = tempfile::tempdir().unwrap();
    let rejects = folder.path().join("rejects.csv");
    bench.run(&format!("check --rejects {}", rejects.display()), 2);
    assert_eq!(fs::read_to_string(&rejects).unwrap(), format!("{header}\n{bad}\n{}\n", good(2)));
    bench.run(&format!("run --skip-dry-run --skip-invalid --rejects {}", rejects.display()), 2);
    let expected = format!("{header}\n{}\n{bad}\n{}\n", good(1), good(2));
    assert_eq!(fs::read_to_string(&rejects).unwrap(), expected);
    bench.run(&format!("report --output /dev/null --rejects {}", rejects.display()), 0);
    assert_eq!(fs::read_to_string(&rejects).unwrap(), expected);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&rejects).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let mended = fs::read_to_string(&rejects).unwrap().replace(bad, &good(3));
    let mended = mended.lines().filter(|line| *line != good(2)).collect::<Vec<_>>().join("\n") + "\n";
    let second = Bench::with(Simulator::builder(), "mended.csv", &mended);
    second.run("run", 0);
    second.assert_created(3, &[2]);
    for precious in [&bench.file, &bench.journal()] {
        let ran = bench.run(&format!("report --rejects {}", precious.display()), 1);
        assert!(ran.stderr.contains("would overwrite"), "{ran:?}");
    }
}

#[test]
fn a_rejected_record_without_a_text_is_named() {
    let long = format!("{{\"accessToken\":\"{}\"}}\n", "x".repeat(2 << 20));
    let good = |number| line(number) + "\n";
    // A comma without a record is one that is missing.
    let array = |text: &str| format!("[{}]", text.trim_end().replace('\n', ",\n") + ",");
    let text = good(1) + &long + "{}\n" + &good(2) + &long + &good(3);
    let csv: String = ["accessToken,grantType,clientId,subject", "canary-1-of-good-length,PASSWORD,42,john"]
        .into_iter()
        .map(|line| format!("{line}\n"))
        .collect();
    let wide = format!("canary-2,PASSWORD,42,\"{}\"\n", "x".repeat(2 << 20));
    for (name, text, left, kept) in [
        ("tokens.jsonl", text.clone(), "2 rejected records longer", "{}\n"),
        ("tokens.json", array(&text), "3 rejected records longer", "{}\n"),
        ("tokens.csv", csv.clone() + &wide, "1 rejected record longer", csv.lines().next().unwrap()),
    ] {
        let bench = Bench::with(Simulator::builder(), name, &text);
        let rejects = bench.path("rejects");
        let written = |ran: Ran| {
            let missing = if name == "tokens.csv" { ": 2\n" } else { ": 2, 5" };
            assert!(ran.stderr.contains(left) && ran.stderr.contains(missing), "{name}: {ran:?}");
            let text = fs::read_to_string(&rejects).unwrap();
            assert_eq!(text.trim_end(), kept.trim_end(), "{name}");
            let count = if name == "tokens.csv" { "0 rejected records" } else { "1 rejected record" };
            assert!(ran.stdout.contains(&format!("wrote {count} to ")), "{name}: {ran:?}");
        };
        written(bench.run(&format!("check --rejects {}", rejects.display()), 2));
        written(bench.run(&format!("run --skip-dry-run --skip-invalid --rejects {}", rejects.display()), 2));
    }
}

#[test]
fn where_rejects_cannot_be_written_is_said_before_anything_is_done() {
    let bench = Bench::new(&(lines(2) + "{}\n"));
    for place in ["missing/rejects.jsonl", "."] {
        let rejects = bench.path(place).display().to_string();
        for command in ["check", "run --skip-invalid"] {
            let ran = bench.run(&format!("{command} --rejects {rejects}"), 1);
            assert!(
                ran.stderr.contains(&format!("cannot write the rejected records to {rejects}: ")),
                "{ran:?}"
            );
            assert!(ran.stdout.is_empty() && ran.stderr.lines().count() == 1);
        }
    }
    assert!(bench.ledger().request_count() == 0 && !bench.journal().exists());
    bench.run("run --skip-invalid", 2);
    let report = bench.path("missing/report.csv");
    let ran = bench.run(&format!("report -o {}", report.display()), 1);
    assert!(ran.stderr.contains("cannot write the report to "), "{ran:?}");
}

#[test]
fn the_journal_of_another_file_names_that() {
    let mut bench = Bench::new(&lines(3));
    bench.run("run", 0);
    let (first, journal) = (bench.file.clone(), bench.journal());
    let folder = tempfile::tempdir().unwrap();
    bench.file = folder.path().join("other.jsonl");
    fs::write(&bench.file, lines(4)).unwrap();
    for command in ["run", "report", "status"] {
        let ran =
            Ran::of(bench.command(&format!("{command} --journal {}", journal.display())).output().unwrap());
        assert_eq!(ran.code, Some(1), "{ran:?}");
        let said = format!("the journal is of {}, and this is another file", first.display());
        assert!(ran.stderr.contains(&said), "{ran:?}");
    }
}

#[test]
fn a_sample_is_spread_over_the_file_and_has_a_journal_of_its_own() {
    let bench = Bench::new(&lines(1000));
    let ran = bench.run("run --sample 40 --chunk-records 15", 0);
    assert!(ran.stdout.contains("created 40,"), "{ran:?}");
    assert!(!bench.journal().exists());
    let journal = format!("--journal {}.sample-40.journal", bench.file.display());
    bench.run(&format!("verify --all {journal}"), 0);
    let report = bench.report(&journal);
    assert_eq!(report.len(), 40);
    let precious = format!("{}.sample-40.journal", bench.file.display());
    let ran = bench.run(&format!("run --rejects {precious}"), 1);
    assert!(ran.stderr.contains("would overwrite"), "{ran:?}");
    assert!(report.windows(2).all(|two| two[1].0 - two[0].0 == 25), "{report:?}");
    assert!(report.iter().all(|(number, ..)| bench.ledger().contains(&access(*number))));
    let ran = bench.run("run --sample 40", 0);
    assert!(ran.stdout.contains("created 40,"), "{ran:?}");
    assert_eq!(bench.ledger().created_count(), 40);
}

#[test]
fn so_many_invalid_records_are_left_out_and_no_more() {
    let bench = Bench::new(&format!("{}{{}}\n{{}}\n", lines(5)));
    let ran = bench.run("run --max-invalid 1", 1);
    assert!(ran.stderr.contains("and --max-invalid allows 1"), "{ran:?}");
    assert_eq!(bench.ledger().request_count(), 0);
    bench.run("run --max-invalid 2", 2);
    bench.assert_created(5, &[]);

    let builder = Simulator::builder().batch_delay(Duration::ZERO).poison(access(2));
    let bench = Bench::with(builder, "tokens.jsonl", &format!("{}{{}}\n", lines(5)));
    let ran = bench.run("run --max-invalid 1", 1);
    assert!(
        ran.stderr
            .contains("the dry run rejected 1 record, and nothing was created, and --max-invalid allows 1"),
        "{ran:?}"
    );
    bench.run("run --max-invalid 2", 2);
    bench.assert_created(5, &[2]);
}

#[test]
fn columns_and_values_are_mapped() {
    let text = format!(
        "token;created;app;user;perms\n{};yesterday;web;john;r w\n{};today;\"m;b\";jane;\n",
        access(1),
        access(2)
    );
    let bench = Bench::with(Simulator::builder(), "tokens.csv", &text);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let clients = write("clients.csv", "web,42\n\"m;b\",43\n");
    let scopes = write("scopes.csv", "r,read\nw,write\n");
    let types =
        "--map token=accessToken --map created=- --map app=clientId --map user=subject --map perms=scopes";
    let ran = bench.run(&format!("check --delimiter ; {types}"), 2);
    assert!(ran.stdout.contains("record 1: clientId must be a whole number"), "{ran:?}");
    let with_type =
        text.replace("created", "grantType").replace("yesterday", "code").replace("today", "code");
    fs::write(&bench.file, with_type).unwrap();
    let grants = write("grants.csv", "code,AUTHORIZATION_CODE\n");
    let options = format!(
        "--delimiter ; {} --map-values clientId={clients} --map-values scopes={scopes} --map-values grantType={grants}",
        types.replace(" --map created=-", "")
    );
    bench.run(&format!("run {options}"), 0);
    let token = |number| bench.ledger().token(&access(number)).unwrap();
    assert_eq!(token(1).subject.as_deref(), Some("john"));
    assert_eq!(token(1).scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["read", "write"]);
    let ran = bench.run(&format!("report {}", options.replace("clients.csv", "scopes.csv")), 1);
    assert!(ran.stderr.contains("--map"), "{ran:?}");

    write("scopes.csv", "r,read\n");
    let ran = bench.run(&format!("check {options}"), 2);
    assert!(ran.stdout.contains("record 1: scopes has a value that --map-values does not name"), "{ran:?}");
    for (map, said) in [
        ("--map token=acessToken", "names no known field"),
        ("--map token", "must be like COLUMN=FIELD"),
        ("--map nothing=subject", "--map names a column that is not in the file: nothing"),
        ("--map-values acr=/does/not/exist", "cannot read /does/not/exist of --map-values"),
        // Nobody can tell which of two is meant, nor which field is meant by one that is not there.
        ("--map token=-", "there is more than one --map for token"),
        (&format!("--map-values clientId={scopes}"), "there is more than one --map-values for clientId"),
        (
            &format!("--map-values clientIdentifier={clients}"),
            "--map-values names a field that no column holds: clientIdentifier",
        ),
    ] {
        let ran = bench.run(&format!("check {options} {map}"), 1);
        assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
    }
    assert!(bench.run("check --delimiter x", 1).stderr.contains("must be one of"));
    let ran = Bench::new(&lines(1)).run("check --format jsonl --delimiter ;", 1);
    assert!(ran.stderr.contains("--delimiter is for CSV"), "{ran:?}");
}

#[test]
fn members_and_values_of_json_are_mapped() {
    let folder = tempfile::tempdir().unwrap();
    let written = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let (clients, scopes) = (written("clients", "web,42\n7,43\n"), written("scopes", "r,read\nw,write\n"));
    let options = format!(
        "--map token=accessToken --map app=clientId --map made=- --map-values clientId={clients} --map-values scopes={scopes}"
    );
    let record = |number: u64, app: &str, more: &str| {
        format!(
            r#"{{"token":"{}","app":{app},"scopes":["r","w"],"made":[1,2],"grantType":"PASSWORD","subject":"user-{number}"{more}}}"#,
            access(number)
        )
    };
    let (one, two) = (record(1, "\"web\"", ""), record(2, "7", ""));
    let pretty = one.replace(',', ",\n ").replace('{', "{\n ");
    for text in [format!("{one}\n{two}\n"), format!("[{one},\n{two}]"), format!("{pretty}\n{two}\n")] {
        let bench = Bench::new(&text);
        bench.run(&format!("run {options}"), 0);
        bench.assert_created(2, &[]);
        for (number, client) in [(1, 42), (2, 43)] {
            let token = bench.ledger().token(&access(number)).unwrap();
            assert_eq!(token.client_id, Some(client), "{text}");
            assert_eq!(token.scopes.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["read", "write"]);
        }
        let ran = bench.run(&format!("verify --all {options}"), 0);
        assert!(ran.stdout.contains("there 2"), "{ran:?}");
        let ran = bench.run(&format!("report {}", options.replace("--map made=-", "")), 1);
        assert!(ran.stderr.contains("another --map"), "{ran:?}");
    }

    // What no record has is misspelt, or of another file; what is passed over may be absent.
    let identified = one.replace("\"app\":\"web\"", "\"clientIdentifier\":\"web\"");
    for (options, text, said) in [
        (format!("--map nope=subject {options}"), &one, "--map names a member that no record has: nope"),
        (format!("--map token=- {options}"), &one, "there is more than one --map for token"),
        (
            options.replace("--map app=clientId ", ""),
            &identified,
            "--map-values names a field that no record has: clientId",
        ),
    ] {
        let bench = Bench::new(&format!("{text}\n"));
        for command in ["check", "run"] {
            let ran = bench.run(&format!("{command} {options}"), 1);
            assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
        }
        assert!(bench.ledger().request_count() == 0 && !bench.journal().exists());
    }
    Bench::new(&format!("{one}\n")).run(&format!("check {options} --map nope=-"), 0);

    // What is wrong is not mapped away.
    let doubled = r#","authorizationDetails":{"elements":[{"type":"a","type":"b"}]}"#;
    for (text, said) in [
        (record(1, "\"other\"", ""), "clientId has a value that --map-values does not name"),
        (
            record(1, "7", "").replace("\"r\",", "\"r w\","),
            "scopes has a value that --map-values does not name",
        ),
        (record(1, "7", "").replace("[\"r\",\"w\"]", "\"r w\""), "scopes must be an array of strings"),
        (record(1, "7", r#","accessToken":"another-one-0123""#), "record has a field twice: accessToken"),
        (record(1, "7", r#","made_at":1"#), "record has a field that is not known: made_at"),
        (record(1, "7", doubled), "record has a field twice: type"),
        (record(1, "[7]", ""), "clientId must be a whole number"),
        (format!("[{}]", record(1, "7", "")).replace('[', "x["), "record is not a JSON object"),
    ] {
        let ran = Bench::new(&format!("{text}\n")).run(&format!("check {options}"), 2);
        assert!(ran.stdout.contains(said), "{said} is not in {ran:?}");
    }
}

/// The options that a command's help names.
fn options(command: &[&str]) -> BTreeSet<String> {
    let help =
        Command::new(env!("CARGO_BIN_EXE_authlete-import")).args(command).arg("--help").output().unwrap();
    named(&String::from_utf8(help.stdout).unwrap())
}

/// What looks like an option in a text.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_ascii_lowercase() && character != '-');
    let is_option = |word: &&str| {
        word.starts_with("--") && word.chars().nth(2).is_some_and(|letter| letter.is_ascii_lowercase())
    };
    words.filter(is_option).map(|word| word.trim_end_matches('-').to_owned()).collect()
}

#[test]
fn nothing_names_an_option_that_the_tool_has_not() {
    let commands = ["check", "run", "reconcile", "verify", "status", "report", "merge", "rollback", "delete"];
    let mut known = options(&[]);
    for command in commands {
        known.extend(options(&[command]));
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Those of others, in commands that the README shows.
    let others = [
        "--bins",
        "--examples",
        "--path",
        "--release",
        "--all-features",
        "--features",
        "--jobs",
        "--retries",
        "--joblog",
    ]
    .map(String::from);
    let mut files = vec![own.join("README.md")];
    let mut folders = vec![own.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    assert!(files.len() > 30);
    let readme = fs::read_to_string(&files[0]).unwrap();
    for file in files {
        for option in named(&fs::read_to_string(&file).unwrap()) {
            assert!(known.contains(&option) || others.contains(&option), "{} names {option}", file.display());
        }
    }
    // And the README tells of all there are.
    for option in known {
        assert!(
            ["--help", "--version"].contains(&option.as_str()) || named(&readme).contains(&option),
            "the README is silent on {option}"
        );
    }
}

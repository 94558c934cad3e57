//! What the file says is what is created, or it is said that it is not.

use std::fs;
use std::io::Write as _;

use authlete_simulator::Simulator;

use crate::support::{Bench, Ran, access, each, line, lines, now, refresh};

const HEADER: &str = "accessToken,grantType,clientId,subject";

fn csv(text: &str) -> Bench {
    Bench::with(Simulator::builder(), "tokens.csv", text)
}

fn row(number: u64) -> String {
    format!("{},PASSWORD,42,user-{number}", access(number))
}

/// What the check says of rows under [`HEADER`], which has problems.
fn said_of(rows: &str) -> String {
    csv(&format!("{HEADER}\n{rows}")).run("check", 2).stdout
}

#[test]
fn quotation_marks_are_where_rfc_4180_has_them() {
    for (rows, problem) in [
        (
            format!("{},PASSWORD,42,jo\"hn\n", access(1)),
            "subject has a quotation mark in a cell that does not begin with one, in line 2",
        ),
        (
            format!("{},PASSWORD,42,\"john\"ny\n", access(1)),
            "subject has text behind the closing quotation mark: the quotation mark opened in line 2 takes 1 line",
        ),
        (
            format!("{},PASSWORD,42,\"jo\\\"hn\"\n", access(1)),
            "subject has text behind the closing quotation mark",
        ),
        (
            format!("{},PASSWORD,42,\"john\n{}\n", access(1), row(2)),
            "subject has a quotation mark that is never closed: the quotation mark opened in line 2 takes 3 lines, to the end of the file",
        ),
        (
            format!("{},PASSWORD,42,\"john\n{},PASSWORD,42,bob\"\n", access(1), access(2)),
            "subject has a line break: the quotation mark opened in line 2 takes 2 lines",
        ),
        (format!("{},PASSWORD,42,\"jo\thn\"\n", access(1)), "subject has a control character"),
        (
            format!("{},PASSWORD,\"4\n2\",john\n", access(1)),
            "clientId has a line break: the quotation mark opened in line 2 takes 2 lines",
        ),
        (format!("{},PASSWORD,42,jo\rhn\n", access(1)), "subject has a line break"),
        (format!("{},PASSWORD,42,john ,\n", access(1)), "record has another number of fields"),
    ] {
        let said = said_of(&rows);
        assert!(said.contains(&format!("record 1: {problem}")), "{problem} is not in {said}");
    }
    let fine = format!("{HEADER}\r\n\"{}\",PASSWORD,42,\"a \"\"b\"\", c\"\r\n\r\n", access(1));
    let bench = csv(&fine);
    bench.run("run --skip-dry-run", 0);
    assert_eq!(bench.ledger().token(&access(1)).unwrap().subject.as_deref(), Some("a \"b\", c"));
}

#[test]
fn a_stray_quotation_mark_moves_nobody_s_token_to_somebody_else() {
    // The second row's mark is closed by that of the fifth.
    let rows = [row(1), row(2) + "\n\"", row(3), row(4), format!("\"{}", row(5)), row(6)].join("\n");
    let bench = csv(&format!("{HEADER}\n{rows}\n"));
    assert!(bench.run("check", 2).stdout.contains("takes 4 lines"));
    bench.run("run", 1);
    assert_eq!(bench.ledger().created_count(), 0);
    bench.run("run --skip-invalid", 2);
    for number in [1, 2, 6] {
        let token = bench.ledger().token(&access(number)).unwrap();
        assert_eq!(token.subject.as_deref(), Some(format!("user-{number}").as_str()));
    }
    assert_eq!(bench.ledger().created_count(), 3);
}

#[test]
fn a_cell_that_is_too_long_is_one_problem() {
    let long = format!("{},PASSWORD,42,\"{}\nx\"\n", access(2), "x".repeat(3 << 20));
    let bench = csv(&format!("{HEADER}\n{}\n{long}{}\n", row(1), row(3)));
    let ran = bench.run("check", 2);
    assert!(
        ran.stdout.contains(
            "record 2: record is longer than 1 MiB: the quotation mark opened in line 3 takes 2 lines"
        ),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("3 records, 1 problem"), "{ran:?}");
    bench.run("run --skip-invalid", 2);
    bench.assert_created(3, &[2]);
}

#[test]
fn a_file_that_is_cut_in_its_last_record_shows_it() {
    let mut text = format!("{HEADER}\n");
    for number in 1..=3 {
        text += &(row(number) + "\n");
    }
    // At every place within the last row.
    each(1..=row(3).len(), |cut| {
        let said = csv(&text[..text.len() - cut]).run("check", 2).stdout;
        assert!(said.contains("record 3: "), "{cut}: {said}");
    });
    // A quoted cell is whole where it is closed.
    let bench = csv(&format!("{HEADER}\n{},PASSWORD,42,\"john\"", access(1)));
    bench.run("check", 0);

    let text = lines(3);
    for cut in [2, 10, 100] {
        let said = Bench::new(&text[..text.len() - cut]).run("check", 2).stdout;
        assert!(said.contains("record 3: record is not a JSON object: the file ends within it"), "{said}");
    }
    Bench::new(text.trim_end()).run("check", 0);
    let array = format!("[{}]", text.trim_end().replace('\n', ",\n"));
    Bench::new(&array).run("check", 0);
    for cut in [1, 2, 10, 100] {
        let said = Bench::new(&array[..array.len() - cut]).run("check", 2).stdout;
        assert!(said.contains("the file ends"), "{said}");
    }
}

#[test]
fn values_that_nobody_can_present_or_should_are_problems() {
    let record = |member: &str, value: &str| {
        let others: String = [
            ("accessToken", "\"canary-of-good-length\""),
            ("subject", "\"canary-user\""),
            ("grantType", "\"PASSWORD\""),
            ("clientId", "42"),
        ]
        .iter()
        .filter(|(name, _)| *name != member)
        .map(|(name, value)| format!("\"{name}\":{value},"))
        .collect();
        format!("{{{others}\"{member}\":{value}}}\n")
    };
    let long = now() / 1000 * 1000;
    let cases: &[(&str, &str, &str)] = &[
        ("accessToken", "\"canary\u{e9}canary\"", "has a character that no token may have"),
        ("accessToken", "\"canary\\u007f\"", "has a control character"),
        ("accessToken", "\"a\"", "is one character"),
        ("refreshToken", "\"0\"", "is one character"),
        ("accessToken", "\"********\"", "is one character"),
        ("accessToken", "\"undefined\"", "is a word"),
        ("accessToken", "\"NULL\"", "is a word"),
        ("accessToken", "\"[REDACTED]\"", "is a word"),
        ("accessToken", "\"<access_token>\"", "is a word"),
        ("accessToken", "\"\\\\N\"", "is a word"),
        ("refreshToken", "\"\\\\N\"", "is a word"),
        ("accessToken", "\"NaT\"", "is a word"),
        ("accessToken", "\"NUL\"", "is a word"),
        ("subject", "\"\\\\N\"", "is the NULL of a database"),
        ("clientIdentifier", "\"\\\\N\"", "is the NULL of a database"),
        ("accessToken", "\"-.-.-\"", "is a word"),
        ("accessToken", "\"1.23457E+17\"", "is a number in a spreadsheet's notation"),
        ("refreshToken", "\"\\\"canary\\\"\"", "stands in quotation marks"),
        ("subject", "\"canary \"", "begins or ends with a space"),
        ("subject", "\"can\\u0007ary\"", "has a control character"),
        ("clientIdentifier", "\" canary\"", "begins or ends with a space"),
        ("scopes", "[\"read write\"]", "has a list written as one scope"),
        ("scopes", "[\"read,write\"]", "has a list written as one scope"),
        ("scopes", "[\"[read]\"]", "has a list written as one scope"),
        ("scopes", "[\"{read}\"]", "has a list written as one scope"),
        ("scopes", "[\"\"]", "has an empty scope"),
        ("scopes", "[\"re\\\"ad\"]", "has a character that no scope may have"),
        ("scopes", "[\"re\\\\ad\"]", "has a character that no scope may have"),
        ("resources", "[\"/relative\"]", "has an element that is no absolute URI"),
        ("resources", "[\"https://a/#b\"]", "has a URI with a fragment"),
        ("authTime", "1", "must be in seconds since 1970"),
        ("accessTokenDuration", "7258118400", "ends after the year 2200"),
        ("refreshTokenDuration", "9223372036854775807", "ends after the year 2200"),
        ("authTime", &format!("{long}"), "is after the year 2200: is it in seconds?"),
        ("authTime", &format!("{}", now() / 1000 + 200_000), "is yet to come"),
    ];
    for (member, value, problem) in cases {
        let said = Bench::new(&record(member, value)).run("check", 2).stdout;
        assert!(said.contains(&format!("record 1: {member} {problem}")), "{member} {value}: {said}");
    }
    for (member, value) in [
        ("accessToken", "\"canary ~!\\\"\""),
        ("subject", "\"a \\\"b\\\" c\""),
        ("scopes", "[\"urn:x:y\",\"a!#[]~\"]"),
        ("resources", "[\"urn:x\",\"https://a/b?c=%20\"]"),
        ("authTime", &format!("{}.0", now() / 1000)),
        ("accessTokenDuration", "4000000000"),
    ] {
        Bench::new(&record(member, value)).run("check", 0);
    }
}

#[test]
fn what_deserves_a_look_is_counted() {
    let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl";
    let text =
        [line(1).replace(&access(1), "canary-short"), line(2).replace(&access(2), jwt), line(3)].join("\n");
    let said = Bench::new(&(text + "\n")).run("check", 0).stdout;
    for note in
        ["note: 1 record has a token of fewer than 16 characters", "note: 1 record has a token that is a JWT"]
    {
        assert!(said.contains(note), "{note} is not in {said}");
    }
    assert!(!said.contains("WARNING"), "{said}");
}

fn arrives(bench: &Bench, count: u64, arguments: &str) {
    bench.run(&format!("run --skip-dry-run --chunk-records 7 {arguments}"), 0);
    bench.assert_created(count, &[]);
    let token = bench.ledger().token(&access(count)).unwrap();
    assert_eq!(token.subject.as_deref(), Some(format!("user-{count}").as_str()));
    assert_eq!(token.refresh_token.as_ref().map(ToString::to_string), Some(refresh(count)));
    bench.run(&format!("verify --all {arguments}"), 0);
    let report = bench.report(arguments);
    assert!(report.iter().all(|(_, _, state, _)| state == "created"), "{report:?}");
    assert_eq!(report.len() as u64, count);
}

fn named(name: &str, bytes: &[u8]) -> Bench {
    let bench = Bench::with(Simulator::builder(), name, "");
    fs::write(&bench.file, bytes).unwrap();
    bench
}

fn pretty(count: u64) -> Vec<String> {
    let parse = |number| serde_json::from_str::<serde_json::Value>(&line(number)).unwrap();
    (1..=count).map(|number| serde_json::to_string_pretty(&parse(number)).unwrap()).collect()
}

fn table(count: u64, separator: &str) -> String {
    let header = ["accessToken", "refreshToken", "grantType", "clientId", "subject", "scopes"];
    let rows = (1..=count).map(|number| {
        [&access(number), &refresh(number), "PASSWORD", "42.0", &format!("user-{number}"), "read write"]
            .join(separator)
    });
    let lines: Vec<String> = std::iter::once(header.join(separator)).chain(rows).collect();
    lines.join("\n") + "\n"
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_shape_of_an_export_arrives() {
    let (count, text) = (30, lines(30));
    let array = |values: &[String]| format!("\u{feff}[\n{}\n]\n", values.join(",\n"));
    let split = text.len() / 2;
    let packed_twice = [gzip(&text.as_bytes()[..split]), gzip(&text.as_bytes()[split..])].concat();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("tokens.json", array(&pretty(count)).into_bytes(), ""),
        ("tokens.json", format!("[{}]", text.trim_end().replace('\n', ",")).into_bytes(), ""),
        ("tokens.json", pretty(count).join("\n").into_bytes(), ""),
        ("tokens.jsonl.gz", gzip(text.as_bytes()), ""),
        ("tokens.jsonl.gz", packed_twice, ""),
        ("tokens.export", gzip(table(count, ",").as_bytes()), "--format csv"),
        ("tokens.csv.gz", gzip(&utf16(&table(count, ","), u16::to_le_bytes)), ""),
        ("tokens.jsonl", utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), ""),
        ("tokens.jsonl", utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), ""),
        ("tokens.jsonl", utf16(&text, u16::to_be_bytes), ""),
        ("tokens.csv", table(count, ";").into_bytes(), "--delimiter ;"),
        ("tokens.txt", table(count, "|").into_bytes(), "--delimiter |"),
        ("tokens.csv", table(count, "\t").into_bytes(), "--delimiter tab"),
        ("tokens.tsv", table(count, "\t").into_bytes(), ""),
        ("tokens.csv", format!("sep=;\r\n{}", table(count, ";")).into_bytes(), ""),
        ("tokens.csv", format!("\u{feff}\"sep=\t\"\n{}", table(count, "\t")).into_bytes(), ""),
    ];
    each(cases, |(name, bytes, arguments)| arrives(&named(name, &bytes), count, arguments));
}

#[test]
fn a_packed_file_is_read_again_where_batches_fail() {
    let builder =
        Simulator::builder().batch_delay(std::time::Duration::ZERO).poison(access(5)).poison(access(41));
    let bench = Bench::with(builder, "tokens.jsonl.gz", "");
    fs::write(&bench.file, gzip(lines(50).as_bytes())).unwrap();
    bench.run("run --skip-dry-run --chunk-records 10", 2);
    bench.assert_created(50, &[5, 41]);
}

#[test]
fn booleans_and_whole_numbers_are_read_as_exporters_write_them() {
    let header = "accessToken,grantType,clientId,subject,accessTokenPersistent";
    let yes = ["TRUE", "True", "true", "t", "1", "yes", "1.0"];
    let no = ["FALSE", "False", "f", "0", "no"];
    let mut text = format!("{header}\n");
    for (number, flag) in (1..).zip(yes.iter().chain(&no)) {
        text += &format!("{},PASSWORD,42.00,s,{flag}\n", access(number));
    }
    let bench = csv(&text);
    bench.run("run --skip-dry-run", 0);
    let persistent =
        |number| bench.ledger().token(&access(number)).unwrap().access_token_expires_at.is_none();
    assert!((1..=7).all(persistent) && !(8..=12).any(persistent));
    for (clients, problem) in
        [("42.5", "must be a whole number"), ("2.64782E+13", "digits are lost"), ("1,5", "another number")]
    {
        let said = said_of(&format!("{},PASSWORD,{clients},s\n", access(1)));
        assert!(said.contains(problem), "{said}");
    }
    for (flag, code) in [
        ("\"clientId\":42.0", 0),
        ("\"clientId\":42.5", 2),
        ("\"clientId\":1e300", 2),
        // As data warehouses write whole numbers.
        ("\"clientId\":\"42\"", 0),
        ("\"clientId\":\"forty-two\"", 2),
    ] {
        Bench::new(&(line(1).replace("\"clientId\":42", flag) + "\n")).run("check", code);
    }
}

#[test]
fn objects_are_told_apart_over_any_number_of_lines() {
    let [one, two, three] = [1, 2, 3].map(line);
    let leading = |record: &str| record.replace(",\"", "\n,\"");
    for text in [
        format!("{one}{two}\n{three}\n"),
        format!("{one} {two} {three}"),
        [&one, &two, &three].map(|record| leading(record)).join("\n"),
        [&one, &two, &three].map(|record| record.replace(':', "\n:")).join("\n").replace("\n:", "\n :"),
    ] {
        let bench = Bench::new(&text);
        bench.run("run", 0);
        bench.assert_created(3, &[]);
    }
    // One line that is cut is one problem.
    let bench = Bench::new(&format!("{}\n{two}\n{three}\n", &one[..one.len() - 1]));
    assert!(bench.run("check", 2).stdout.contains("3 records, 1 problem"));
    let bench = Bench::new(&format!("{}\n{two}\n{three}\n", &one[..40]));
    assert!(bench.run("check", 2).stdout.contains("3 records, 1 problem"));
}

#[test]
fn what_cannot_be_read_is_named_before_there_is_a_journal() {
    let cut = gzip(lines(100).as_bytes());
    for (name, bytes, said) in [
        ("tokens.csv", table(3, ";").into_bytes(), "say --delimiter ';'"),
        ("tokens.csv", table(3, "\t").into_bytes(), "say --delimiter tab"),
        ("tokens.tsv", table(3, ",").into_bytes(), "say --delimiter ','"),
        (
            "tokens.csv",
            table(3, ",").replace("subject", "user_name").into_bytes(),
            "column 5 of the CSV header, user_name, is no known field: see --map",
        ),
        ("tokens.csv", table(3, ",").replace('\n', "\r").into_bytes(), "carriage returns alone"),
        ("tokens.xlsx", b"PK\x03\x04canary".to_vec(), "a spreadsheet"),
        ("tokens.zst", b"\x28\xb5\x2f\xfdcanary".to_vec(), "zstd"),
        ("tokens.jsonl.gz", b"\x1f\x8bcanary".to_vec(), "the gzip file"),
        ("tokens.jsonl.gz", cut[..cut.len() - 20].to_vec(), "the gzip file is cut"),
        (
            "tokens.jsonl.gz",
            [&cut[..], b"canary"].concat(),
            "has something behind its content that is not gzip",
        ),
        (
            "tokens.jsonl.gz",
            [&cut[..], &[0; 512]].concat(),
            "has something behind its content that is not gzip",
        ),
    ] {
        let bench = named(name, &bytes);
        for command in ["check", "run"] {
            let ran = bench.run(command, 1);
            assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
        }
        assert!(!bench.journal().exists() || name.ends_with("gz"), "{name}");
        assert_eq!(bench.ledger().request_count(), 0);
    }
}

#[cfg(unix)]
#[test]
fn standard_input_and_pipes_are_refused_in_words() {
    let bench = Bench::new("");
    let mut mkfifo = std::process::Command::new("mkfifo");
    assert!(mkfifo.arg(bench.path("pipe")).status().unwrap().success());
    for (path, said) in [
        (bench.path("pipe"), "it is no regular file"),
        ("/dev/stdin".into(), "it is no regular file"),
        ("-".into(), "write what comes from standard input to a file first"),
        (bench.path(""), "it is a folder"),
    ] {
        for command in ["check", "run"] {
            let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_authlete-import"));
            run.arg(command).arg("--").arg(&path);
            bench.environment(&mut run);
            run.stdin(std::process::Stdio::piped());
            let ran = Ran::of(run.output().unwrap());
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
        }
    }
    assert!(!bench.path("pipe.journal").exists());
    assert!(!std::path::Path::new("-.journal").exists());
}

#[test]
fn a_file_without_records_is_noted() {
    for (name, text) in [
        ("tokens.jsonl", ""),
        ("tokens.jsonl", "\n\n"),
        ("tokens.csv", ""),
        ("tokens.csv", "accessToken,subject\n"),
        ("tokens.json", "[]"),
    ] {
        let bench = named(name, text.as_bytes());
        let ran = bench.run("check", 0);
        assert!(ran.stdout.contains("note: the file holds no records"), "{ran:?}");
        let ran = bench.run("run", 0);
        assert!(ran.stderr.contains("note: the file holds no records"), "{ran:?}");
        assert_eq!(bench.ledger().created_count(), 0);
    }
}

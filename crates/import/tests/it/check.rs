//! Bad input, in both formats: named by record and field, and never repeated.

use authlete_simulator::{Fault, Operation, Simulator};

use crate::support::{Bench, CANARY, access, each, line, lines, now};

fn record(members: &str) -> String {
    format!(
        r#"{{"grantType":"PASSWORD","clientId":42,"subject":"canary-user","accessToken":"{}"{members}}}"#,
        access(1)
    )
}

/// What the check says of one line.
fn said_of(line: &str) -> String {
    let bench = Bench::new(&format!("{line}\n"));
    let ran = bench.run("check", 2);
    assert!(bench.ledger().request_count() == 0 && ran.stderr.is_empty(), "{ran:?}");
    ran.stdout
}

#[test]
fn every_rule_names_record_and_field() {
    let nearly = now() + 60_000;
    for (line, problem) in [
        ("canary", "record is not a JSON object"),
        ("[\"canary\"]", "record is not a JSON object"),
        ("{\"accessToken\":\"canary", "record is not a JSON object"),
        ("{}", "grantType is missing"),
        ("{}", "accessToken is missing"),
        ("{}", "subject is missing"),
        ("{}", "clientId is missing, and so is clientIdentifier"),
        (&record(",\"nickname\":1"), "record has a field that is not known: nickname"),
        (&record(&format!(",\"{CANARY}0123456789\":1")), "record has a field that is not known"),
        (&record(",\"acr\":\"a\",\"acr\":\"b\""), "record has a field twice: acr"),
        (&record(",\"scopes\":\"canary\""), "scopes must be an array of strings"),
        (&record(",\"authTime\":\"canary\""), "authTime must be a whole number"),
        (&record(",\"accessTokenDuration\":0.4"), "accessTokenDuration must be a whole number"),
        (&record(",\"accessTokenDuration\":0"), "accessTokenDuration is 0"),
        (&record(",\"accessTokenDuration\":-1"), "accessTokenDuration is negative"),
        (&record(",\"refreshTokenDuration\":0"), "refreshTokenDuration is 0"),
        (&record(",\"authTime\":-1"), "authTime is negative"),
        (&record(",\"accessTokenPersistent\":\"canary\""), "accessTokenPersistent must be true or false"),
        (&record(",\"properties\":[\"canary\"]"), "properties must be an array of objects"),
        (&record(",\"authorizationDetails\":[]"), "authorizationDetails must be an object"),
        (
            &record(",\"authorizationDetails\":{\"elements\":[{}]}"),
            "authorizationDetails has an element without",
        ),
        (
            &record(",\"authorizationDetails\":{\"elements\":[{\"type\":\"a\",\"nickname\":1}]}"),
            "authorizationDetails must be an object with elements of type, locations, actions, dataTypes, identifier, \
             privileges, and otherFields for any others, as JSON text: nickname",
        ),
        (
            &record(",\"authorizationDetails\":{\"elements\":[{\"type\":\"a\",\"datatypes\":[]}]}"),
            "authorizationDetails must be",
        ),
        (&record(",\"properties\":[{\"key\":\"canary\"}]"), "properties must be an array of objects"),
        (
            &record(",\"properties\":[{\"key\":\"a\",\"value\":\"b\",\"hiden\":true}]"),
            "properties must be an array of objects with key, value and perhaps hidden: hiden",
        ),
        (&record(&format!(",\"expiresAt\":{}000", now() + 60_000)), "expiresAt is after the year 2200"),
        (&record(",\"properties\":[[\"canary\",\"b\"]]"), "properties must be an array of objects"),
        (
            &record(",\"authorizationDetails\":{\"elements\":[[\"canary\"]]}"),
            "authorizationDetails must be an object",
        ),
        (&record(",\"refreshToken\":\" canary\""), "refreshToken begins or ends with a space"),
        (&record(",\"jwtAtClaims\":\"canary\""), "jwtAtClaims is not the text of a JSON object"),
        (&record(",\"certificateThumbprint\":\"canary\""), "certificateThumbprint is not the base64url"),
        (&record(",\"dpopKeyThumbprint\":\"canary\""), "dpopKeyThumbprint is not the base64url"),
        (&record(",\"refreshToken\":\"\""), "refreshToken is empty"),
        (&record(&format!(",\"expiresAt\":{}", now() / 1000)), "expiresAt must be in milliseconds"),
        (
            &record(&format!(",\"expiresAt\":{nearly},\"accessTokenDuration\":1")),
            "expiresAt stands beside a duration",
        ),
        (&record("").replace("PASSWORD", "REFRESH_TOKEN"), "grantType must not be REFRESH_TOKEN"),
        (&record("").replace("PASSWORD", "canary"), "grantType is not known"),
        (&record("").replace("42", "0"), "clientId must be positive"),
        (&record("").replace("canary-user", "j\u{f6}hn"), "subject is not ASCII"),
        (&record("").replace("canary-user", &"x".repeat(101)), "subject is longer than 100 characters"),
        (&record("").replace(&access(1), "a\\u0000b"), "accessToken has a control character"),
    ] {
        let said = said_of(line);
        assert!(said.contains(&format!("record 1: {problem}")), "{problem} is not in {said}");
    }
}

#[test]
fn a_record_that_has_expired_is_no_problem_unless_strictly() {
    let expired = record(&format!(",\"expiresAt\":{}", now() - 1000));
    // A lifetime that rounds to zero is no lifetime.
    let nearly = record(&format!(",\"expiresAt\":{}", now() + 900)).replace(&access(1), &access(2));
    let bench = Bench::new(&format!("{expired}\n{nearly}\n{}\n", line(3)));
    let ran = bench.run("check", 0);
    assert!(ran.stdout.contains("note: 2 records have expired"), "{ran:?}");
    assert!(ran.stdout.contains("3 records, 0 problems"), "{ran:?}");
    let ran = bench.run("check --strict", 2);
    for number in [1, 2] {
        let problem = format!("record {number}: expiresAt has passed, or is less than a second ahead");
        assert!(ran.stdout.contains(&problem), "{ran:?}");
    }
    let ran = bench.run("run --strict", 1);
    assert!(ran.stderr.contains("the check found 2 problems, and nothing was sent"), "{ran:?}");
    assert_eq!(bench.ledger().request_count(), 0);

    let ran = bench.run("run", 0);
    assert!(
        ran.stdout.contains("created 1, already there 0, rejected 0, unknown 0, waiting 0, expired 2"),
        "{ran:?}"
    );
    bench.assert_created(3, &[1, 2]);
    assert_eq!(bench.reported("expired"), [1, 2]);
    bench.run("run --strict", 2);
}

#[test]
fn what_the_rules_exempt_is_let_through() {
    let text = [
        r#"{"grantType":"CLIENT_CREDENTIALS","clientId":1,"accessToken":"canary-1","subject":"jöhn"}"#,
        r#"{"grantType":"CLIENT_CREDENTIALS","clientIdentifier":"app","accessToken":"canary-2"}"#,
        r#"{"grantType":"JWT_BEARER","clientId":1,"accessToken":"canary-3","subject":null}"#,
        r#"{"grantType":"PASSWORD","clientId":1,"accessToken":"canary-4","subject":"x","accessTokenPersistent":true,"expiresAt":253402300799000}"#,
        "",
        "  ",
    ]
    .join("\r\n");
    let bench = Bench::new(&format!("\u{feff}{text}"));
    let ran = bench.run("check", 0);
    assert!(ran.stdout.contains("4 records, 0 problems"), "{ran:?}");
    assert!(ran.stdout.contains("note: 1 record never expires"), "{ran:?}");
}

#[test]
fn duplicates_are_named_with_the_first_of_them() {
    let mut text = lines(5000);
    text += &(line(17) + "\n");
    text += &(line(6000).replace(&crate::support::refresh(6000), &crate::support::refresh(4000)) + "\n");
    let bench = Bench::new(&text);
    let ran = bench.run("check", 2);
    assert!(ran.stdout.contains("record 5001: accessToken is the same as in record 17"), "{ran:?}");
    assert!(ran.stdout.contains("record 5001: refreshToken is the same as in record 17"), "{ran:?}");
    assert!(ran.stdout.contains("record 5002: refreshToken is the same as in record 4000"), "{ran:?}");
    assert!(ran.stdout.contains("5002 records, 3 problems"), "{ran:?}");

    let ran = bench.run("run", 1);
    assert!(ran.stderr.contains("the check found 3 problems, and nothing was sent"), "{ran:?}");
    assert_eq!(bench.ledger().request_count(), 0);
    bench.run("run --skip-invalid", 2);
    bench.assert_created(5000, &[]);
    let report = bench.report("");
    for field in ["accessToken", "refreshToken"] {
        assert!(
            report[5000].3.contains(&format!("{field} is the same as in record 17")),
            "{}",
            report[5000].3
        );
    }
    assert_eq!(report.iter().filter(|(_, _, state, _)| state == "created").count(), 5000);
}

#[test]
fn a_line_without_end_is_one_bad_record() {
    let text = format!("{}\n{{\"accessToken\":\"{}\n{}\n", line(1), "x".repeat(3 << 20), line(2));
    let bench = Bench::new(&text);
    let ran = bench.run("check", 2);
    assert!(ran.stdout.contains("record 2: record is longer than 1 MiB"), "{ran:?}");
    assert!(ran.stdout.contains("3 records, 1 problem"), "{ran:?}");
    bench.run("run --skip-invalid", 2);
    bench.assert_created(2, &[]);
}

#[test]
fn problems_are_limited_for_people_and_objects_for_machines() {
    let bench = Bench::new(&"{}\n".repeat(50));
    let ran = bench.run("check --limit 10", 2);
    assert_eq!(ran.stdout.lines().count(), 12);
    assert!(ran.stdout.contains("and 190 problems more"), "{ran:?}");
    let ran = bench.run("check --limit 0 --json", 2);
    let problems: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|event: &serde_json::Value| event["event"] == "problem")
        .collect();
    assert_eq!(problems.len(), 200);
    assert_eq!(problems[0]["record"], 1);
    assert_eq!(problems[0]["field"], "grantType");
}

fn csv(text: &str) -> Bench {
    Bench::with(Simulator::builder(), "tokens.csv", text)
}

#[test]
fn bad_csv_is_named_by_record_and_field() {
    let bench = csv("accessToken,grantType,clientId,subject,scopes,authTime,properties\n\
         canary-1,PASSWORD,42,john,read write,,\n\
         canary-2,PASSWORD,forty-two,john,,,\n\
         canary-3,PASSWORD,42\n\
         canary-4,PASSWORD,42,john,,soon,\n\
         canary-5,PASSWORD,42,john,,,\"1,\"\"accessToken\"\":\"\"x\"\"\"\n\
         ,PASSWORD,42,john,,,\n\
         canary-1,PASSWORD,42,john,,,\n");
    let ran = bench.run("check", 2);
    for problem in [
        "record 2: clientId must be a whole number",
        "record 3: record has another number of fields than the header",
        "record 4: authTime must be a whole number",
        "record 5: properties must be JSON",
        "record 6: accessToken is missing",
        "record 7: accessToken is the same as in record 1",
        "7 records, 6 problems",
    ] {
        assert!(ran.stdout.contains(problem), "{problem} is not in {ran:?}");
    }
    bench.run("run --skip-invalid", 2);
    assert_eq!(bench.ledger().token_count(), 1);
    assert_eq!(bench.reported("rejected"), [2, 3, 4, 5, 6, 7]);
}

#[test]
fn csv_that_cannot_be_read_stops_the_tool() {
    for (text, problem) in [
        ("canary-1,PASSWORD\n", "column 1 of the CSV header is no known field"),
        ("accessToken,accessToken\n", "column accessToken appears twice in the CSV header"),
    ] {
        let bench = csv(text);
        for command in ["check", "run"] {
            let ran = bench.run(command, 1);
            assert!(ran.stderr.contains(problem), "{problem} is not in {ran:?}");
        }
        assert_eq!(bench.ledger().request_count(), 0);
    }
}

#[test]
fn what_is_not_utf_8_is_named() {
    let bench = csv("");
    std::fs::write(&bench.file, b"accessToken,subject\ncanary,\xff\n").unwrap();
    let ran = bench.run("check", 2);
    assert!(ran.stdout.contains("record 1: subject is not UTF-8"), "{ran:?}");
}

#[test]
fn a_number_is_taken_or_refused_however_large() {
    each(
        [
            ("--chunk-records 18446744073709551615", false),
            ("--chunk-records 1000001", false),
            ("--chunk-records 1000000", true),
            ("--chunk-bytes 18446744073709551615", false),
            ("--chunk-bytes 1073741824", true),
            ("--sample 18446744073709551615", true),
            ("--max-rejected 18446744073709551615", true),
            ("--max-invalid 18446744073709551615", true),
            ("--settle 1e19", true),
            ("--timeout 1e19", true),
            ("--grace 1e19", true),
            ("--batch-timeout 1e19", true),
            ("--retry-for 1e19h", true),
            ("--expiry-tolerance 1e19", true),
            ("--rate 1e-9", false),
            ("--rate 1e9", false),
        ],
        |(option, is_taken)| {
            let bench = Bench::new(&lines(5));
            // One batch fails, so that tokens are looked up, and a question has to be asked again.
            bench.simulator.fail_next_batch(2);
            bench.simulator.inject(Fault::status(503).on(Operation::BatchStatus).after(1));
            let ran = bench.run(&format!("run --skip-dry-run {option}"), if is_taken { 0 } else { 1 });
            assert!(is_taken || ran.stderr.contains("invalid value"), "{ran:?}");
            bench.assert_created(if is_taken { 5 } else { 0 }, &[]);
        },
    );
}

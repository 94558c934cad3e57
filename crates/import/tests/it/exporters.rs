//! What exporters do to text and numbers is read for what it means, refused with its reason, or noted; it never passes for the
//! user's.

use std::fmt::Write as _;

use authlete_simulator::Simulator;

use crate::support::{Bench, Ran, access, each, line, lines, now, refresh};

fn named(name: &str, text: &str) -> Bench {
    Bench::with(Simulator::builder(), name, text)
}

/// One record with these members instead of its own.
fn record(members: &[(&str, &str)]) -> String {
    let (token, expires) = (format!("\"{}\"", access(1)), (now() + 86_400_000).to_string());
    let own = [
        ("grantType", "\"PASSWORD\""),
        ("clientId", "42"),
        ("subject", "\"john\""),
        ("accessToken", &token),
        ("expiresAt", &expires),
    ];
    let others = own.into_iter().filter(|(name, _)| members.iter().all(|(member, _)| member != name));
    let members: Vec<String> =
        others.chain(members.iter().copied()).map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}\n", members.join(","))
}

/// The same as CSV: a header and a row of cells that are not quoted.
fn row(members: &[(&str, &str)]) -> String {
    let own =
        [("grantType", "PASSWORD"), ("clientId", "42"), ("subject", "john"), ("accessToken", &access(1))];
    let others = own.into_iter().filter(|(name, _)| members.iter().all(|(member, _)| member != name));
    let (names, cells): (Vec<&str>, Vec<&str>) = others.chain(members.iter().copied()).unzip();
    format!("{}\n{}\n", names.join(","), cells.join(","))
}

/// Neither check nor run lets it pass, both name the record, and nothing is sent.
fn refused(bench: &Bench, options: &str, said: &str) {
    let ran = bench.run(&format!("check {options}"), 2);
    assert!(ran.stdout.contains(&format!("record 1: {said}")), "{said} is not in {ran:?}");
    bench.run(&format!("run {options}"), 1);
    assert_eq!(bench.ledger().request_count(), 0);
}

#[test]
fn a_number_that_lost_digits_or_is_a_text_is_refused_alike_in_both_formats() {
    each(
        [
            ("clientId", "2.64782e+13", "in scientific notation digits are lost"),
            ("expiresAt", "1.92499e+12", "in scientific notation digits are lost"),
            ("accessTokenDuration", "3.6e3", "in scientific notation digits are lost"),
            ("clientId", "9007199254740992.0", "was a float, and has lost digits"),
            ("clientId", "42.5", "it has a fraction"),
            ("clientId", "99999999999999999999", "must be a whole number of 64 bits"),
        ],
        |(field, number, why)| {
            refused(&Bench::new(&record(&[(field, number)])), "", &format!("{field} must be a whole number"));
            for bench in [
                Bench::new(&record(&[(field, number)])),
                Bench::new(&record(&[(field, &format!("\"{number}\""))])),
                named("tokens.csv", &row(&[(field, number)])),
            ] {
                let ran = bench.run("check", 2);
                assert!(ran.stdout.contains(why), "{why} is not in {ran:?}");
            }
        },
    );
    each(
        [
            ("007", "it begins with a zero"),
            ("+7", "it begins with a plus sign"),
            (" 7", "there is space around it"),
            ("7 ", "there is space around it"),
            ("1'000", "its digits are in groups"),
            ("NaN", "it is a word for a missing value"),
            ("\\N", "it is a word for a missing value"),
            ("2030-01-02", "it is a date"),
        ],
        |(cell, why)| {
            let said = format!("clientId must be a whole number: {why}");
            refused(&named("tokens.csv", &row(&[("clientId", cell)])), "", &said);
        },
    );
}

#[test]
fn numbers_and_dates_of_dumps_are_read() {
    let (at, later) = (now() / 1000 * 1000 + 86_400_000, now() / 1000 - 60);
    let number = |number: u64| format!("{{\"$numberLong\":\"{number}\"}}");
    let bench = Bench::new(&record(&[
        ("clientId", &number(26_478_243_745_571)),
        ("expiresAt", &format!("{{\"$date\":{}}}", number(at))),
        ("authTime", &format!("\"{later}\"")),
        ("refreshToken", &format!("\"{}\"", refresh(1))),
        ("refreshTokenExpiresAt", "{\"$date\":\"2100-01-01T00:00:00Z\"}"),
    ]));
    bench.run("run", 0);
    let token = bench.ledger().token(&access(1)).unwrap();
    assert_eq!(token.client_id, Some(26_478_243_745_571));
    let left = token.access_token_expires_at.unwrap().abs_diff(i64::try_from(at).unwrap());
    assert!(left < 60_000, "{left}");
}

#[test]
fn text_that_an_exporter_has_changed_is_refused_until_it_is_said_to_be_meant() {
    each(
        [
            ("CORP\\\\\\\\alice", "has two backslashes in a row"),
            ("john%40example.com", "has percent-encoding"),
            ("O&#39;Brien", "has a character reference of HTML"),
            ("undefined", "is a word for a missing value"),
            ("None", "is a word for a missing value"),
            ("[object Object]", "is a word for a missing value"),
            ("12345.0", "is a whole number with a decimal point"),
            ("1.23457e+17", "is a number in a spreadsheet's notation"),
            ("2-Mar", "is a date"),
            ("'00123", "begins with an apostrophe"),
            ("b'john'", "is written as a program prints a value"),
            ("j\\\\u00f6hn", "has an escape of JSON"),
        ],
        |(subject, said)| {
            let bench = Bench::new(&record(&[("subject", &format!("\"{subject}\""))]));
            refused(&bench, "", &format!("subject {said}"));
            bench.run("run --literal subject", 0);
            let meant: String = serde_json::from_str(&format!("\"{subject}\"")).unwrap();
            assert_eq!(bench.ledger().token(&access(1)).unwrap().subject.as_deref(), Some(meant.as_str()));
        },
    );
    // Every field is asked, in every format.
    for (field, value, said) in [
        ("clientIdentifier", "caf\u{fffd}", "has the character that stands for what could not be read"),
        ("acr", "\u{201c}gold\u{201d}", "has typographic quotation marks"),
        ("sessionId", "\u{feff}abc", "has a character that cannot be seen"),
        ("sessionId", "j\u{c3}\u{b6}hn", "has UTF-8 that was read as another encoding"),
        ("refreshToken", "abcdefghijklmnop%3D%3D", "has percent-encoding"),
        ("refreshToken", "Bearer abcdefghijklmnop", "begins with the word Bearer"),
        ("refreshToken", "b'abcdefghijklmnop'", "is written as a program prints a value"),
    ] {
        refused(&Bench::new(&record(&[(field, &format!("\"{value}\""))])), "", &format!("{field} {said}"));
        refused(&named("tokens.csv", &row(&[(field, value)])), "", &format!("{field} {said}"));
    }
    refused(&Bench::new(&record(&[("scopes", "[\"read\",\"undefined\"]")])), "", "scopes is a word");
    refused(&named("tokens.csv", &row(&[("scopes", "read None")])), "", "scopes is a word");
    // What is a URI may be encoded, and names are names.
    for subject in ["https://idp.example/users/a%20b", "AT&T", "100%", "CORP\\alice", "00123"] {
        let subject = serde_json::to_string(subject).unwrap();
        Bench::new(&record(&[("subject", &subject)])).run("check", 0);
    }
}

#[test]
fn what_is_nearly_json_says_why_it_is_none() {
    for (line, said) in [
        (record(&[("subject", "NaN")]), "a bare word such as NaN"),
        (record(&[("subject", "None")]), "a bare word such as NaN"),
        (record(&[]).replace('"', "'"), "quotation marks of another language"),
        (record(&[]).replace('"', "\\\""), "quotation marks are behind backslashes"),
        (record(&[("clientId", "007")]), "a number that JSON does not know"),
        (record(&[("clientId", "NumberLong(42)")]), "the notation of a document store's shell"),
        (format!("{}\u{feff}{}", line(2) + "\n", record(&[])), "begins with a byte order mark"),
    ] {
        let ran = Bench::new(&line).run("check", 2);
        assert!(ran.stdout.contains("record is not a JSON object: ") && ran.stdout.contains(said), "{ran:?}");
    }
    let ran = Bench::new(&record(&[("first_name", "1"), ("last_name", "2")])).run("check", 2);
    assert!(ran.stdout.contains("record has fields that are not known: first_name, last_name"), "{ran:?}");
}

fn subject_of(bench: &Bench, number: u64) -> Option<String> {
    bench.ledger().token(&access(number)).unwrap().subject.as_deref().map(str::to_owned)
}

#[test]
fn the_text_formats_of_databases_are_read_for_what_they_mean() {
    let header = "accessToken\tgrantType\tclientId\tsubject\trefreshToken\n";
    let rows = |null: &str, quoted: &str| {
        let [one, two] = [1, 2].map(access);
        format!(
            "{header}{one}\tPASSWORD\t42\tCORP\\\\alice\t{null}\n{two}\tPASSWORD\t42\t{quoted}\t{}\n",
            refresh(2)
        )
    };
    for (dialect, null, quoted) in
        [("postgresql", "\\N", "a \"b\" c"), ("mysql", "\\N", "\"b\" c"), ("mysql-batch", "NULL", "\"b\"\"")]
    {
        let bench = named("tokens.tsv", &rows(null, quoted));
        let options = format!("--escape {dialect} --literal subject");
        bench.run(&format!("run {options}"), 0);
        assert_eq!(subject_of(&bench, 1).as_deref(), Some("CORP\\alice"), "{dialect}");
        assert_eq!(subject_of(&bench, 2).as_deref(), Some(quoted), "{dialect}");
        assert!(bench.ledger().token(&access(1)).unwrap().refresh_token.is_none());
        bench.run(&format!("verify --all {options}"), 0);
        // It is one way to read the file, and the journal is of no other.
        let ran = bench.run("report", 1);
        assert!(ran.stderr.contains("--escape"), "{ran:?}");
    }
    // Without the dialect, or with a wrong one, it is refused.
    let text = format!("{header}{}\tPASSWORD\t42\tCORP\\\\alice\t\n", access(1));
    refused(&named("tokens.tsv", &text), "", "subject has two backslashes in a row");
    let text = text.replace("\\\\", "\\");
    refused(&named("tokens.tsv", &text), "--escape postgresql", "subject has a backslash that the dialect");
    // Separators and line breaks behind a backslash belong to the cell.
    let text = format!("{}{}|PASSWORD|42|a\\|b|\\N\n", header.replace('\t', "|"), access(1));
    let bench = named("tokens.txt", &text);
    bench.run("run --escape postgresql --delimiter |", 0);
    assert_eq!(subject_of(&bench, 1).as_deref(), Some("a|b"));
    let text = format!("{header}{}\tPASSWORD\t42\ta\\\nb\t\\N\n", access(1));
    refused(&named("tokens.tsv", &text), "--escape mysql", "subject has a line break");
    // JSON that went through COPY: backslashes of JSON are doubled.
    let json = record(&[("subject", "\"CORP\\\\alice \\\"a\\\"\"")]);
    let bench = Bench::new(&json.replace('\\', "\\\\"));
    bench.run("run --escape postgresql", 0);
    assert_eq!(subject_of(&bench, 1).as_deref(), Some("CORP\\alice \"a\""));
}

#[test]
fn fields_that_contradict_each_other_are_refused() {
    for (id, identifier, code) in
        [("5", "6", 2), ("5", "5", 0), ("5", "shop", 0), ("5", "05", 2), ("5", "", 0)]
    {
        let members = [("clientId", id), ("clientIdentifier", &format!("\"{identifier}\""))];
        let bench = Bench::new(&record(&members));
        let ran = bench.run("check", code);
        let said = "clientIdentifier is another number than clientId";
        assert_eq!(ran.stdout.contains(said), code == 2, "{id} {identifier}: {ran:?}");
    }
    let same = format!("\"{}\"", access(1));
    refused(
        &Bench::new(&record(&[("refreshToken", &same)])),
        "",
        "refreshToken is the same as accessToken: is one column taken for both?",
    );
    // Also where they stand in different records.
    let text = [line(1), line(2).replace(&refresh(2), &access(1)), line(3)].join("\n") + "\n";
    let bench = Bench::new(&text);
    let ran = bench.run("check", 2);
    assert!(ran.stdout.contains("record 2: refreshToken is the accessToken of record 1"), "{ran:?}");
    bench.run("run --skip-invalid", 2);
    bench.assert_created(3, &[2]);
}

/// A file with so many records, of which these have such a token.
fn with_tokens(count: u64, token: impl Fn(u64) -> Option<String>) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        let line = line(number);
        let line = token(number).map_or(line.clone(), |token| line.replace(&access(number), &token));
        writeln!(text, "{line}").unwrap();
        text
    })
}

fn warned(ran: &Ran) -> bool {
    ran.stdout.contains("WARNING: in accessToken") && ran.stdout.contains("--these-are-tokens")
}

#[test]
fn a_share_of_hashes_stops_the_run_until_it_is_said_that_these_are_tokens() {
    let hex = |number: u64| format!("{:064x}", u128::from(number) * 0x9e37_79b9_7f4a_7c15);
    let uuid = |number: u64| format!("{number:08x}-0000-4000-8000-{:012x}", number * 7919);
    let base64 = |number: u64| format!("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG{number:06}=");
    let bcrypt = |number: u64| format!("$2b$12$abcdefghijklmnop{number:06}");
    // One odd value does not silence it.
    let cases: [(&str, String); 5] = [
        ("all but one", with_tokens(2000, |number| (number != 1000).then(|| hex(number)))),
        ("uuids", with_tokens(50, |number| Some(uuid(number)))),
        ("base64", with_tokens(50, |number| Some(base64(number)))),
        ("bcrypt", with_tokens(50, |number| Some(bcrypt(number)))),
        ("one in fifty", with_tokens(100, |number| (number % 50 == 0).then(|| hex(number)))),
    ];
    each(cases, |(name, text)| {
        let bench = Bench::new(&text);
        assert!(warned(&bench.run("check", 0)), "{name}");
        assert!(warned(&bench.run("check --strict", 2)), "{name}");
        let ran = bench.run("run --skip-dry-run", 1);
        assert!(ran.stderr.contains("nothing was sent: in accessToken"), "{name}: {ran:?}");
        assert!(bench.ledger().request_count() == 0 && !bench.journal().exists(), "{name}");
        bench.run("verify", 1);
        let ran = bench.run("check --strict --these-are-tokens", 0);
        assert!(!ran.stdout.contains("WARNING"), "{name}: {ran:?}");
        bench.run("run --skip-dry-run --these-are-tokens", 0);
        // The journal knows it from then on.
        let ran = bench.run("verify --all", 0);
        assert!(ran.stderr.contains("--these-are-tokens says"), "{name}: {ran:?}");
        assert_eq!(bench.ledger().created_count(), text.lines().count(), "{name}");
    });
    // A few that happen to look like that are none.
    let bench = Bench::new(&with_tokens(2000, |number| (number == 7).then(|| hex(number))));
    assert!(!warned(&bench.run("check --strict", 0)));
    // Refresh tokens are looked at as well.
    let text = lines(10).replace(&format!("\"{}", crate::support::CANARY), "\"");
    let text: String = text.lines().zip(1..).fold(String::new(), |text, (line, number)| {
        text + &line.replace(&format!("\"r-{number}\""), &format!("\"{}\"", uuid(number))) + "\n"
    });
    let ran = Bench::new(&text).run("check --strict", 2);
    assert!(ran.stdout.contains("WARNING: in refreshToken 10 values of 10 look like hashes"), "{ran:?}");
}

#[test]
fn what_may_be_changed_is_counted() {
    let text = [
        record(&[("subject", "\"12345678901234500\"")]),
        record(&[("subject", "\"none\"")]).replace(&access(1), &access(2)),
        record(&[("properties", "[{\"key\":\"a\",\"value\":\"x%20y\"}]")]).replace(&access(1), &access(3)),
        record(&[("clientId", "1234567890123450")]).replace(&access(1), &access(4)),
    ]
    .concat();
    let ran = Bench::new(&text).run("check", 0);
    for note in [
        "2 records have a number of more than 15 digits that ends in zeros",
        "1 record has a subject that looks like a missing one",
        "1 record has a property that looks as if an exporter had changed it",
    ] {
        assert!(ran.stdout.contains(note), "{note} is not in {ran:?}");
    }
}

#[test]
fn a_deletion_of_what_no_server_knows_is_refused() {
    for (token, said, option) in [
        ("abcdefghijklmnop%3D%3D", "accessToken of record 1 has percent-encoding", "--literal accessToken"),
        ("d41d8cd98f00b204e9800998ecf8427e", "looks like a hash", "--these-are-tokens"),
    ] {
        let bench = Bench::new(&format!("{{\"accessToken\":\"{token}\"}}\n"));
        let ran = bench.run("delete --yes 1", 1);
        assert!(ran.stderr.contains("nothing was deleted") && ran.stderr.contains(said), "{ran:?}");
        assert!(bench.ledger().request_count() == 0 && !bench.path("tokens.jsonl.journal.deletion").exists());
        let ran = bench.run(&format!("delete --yes 1 {option}"), 0);
        assert!(ran.stdout.contains("deleted 0, not there 1"), "{ran:?}");
    }
}

//! Random exports come out as they went in; and whatever happens to one byte of a file, its records are either exactly what a
//! second reader finds in it, or a problem.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use authlete_simulator::Simulator;
use serde_json::Value;

use crate::support::{Bench, CANARY, Random, each};

/// What a record is for these tests: a token, a refresh token if any, a subject and scopes.
type Record = (Option<String>, String, Vec<String>);
type Records = BTreeMap<String, Record>;

fn text(random: &mut Random, alphabet: &[u8], length: u64) -> String {
    (0..length).map(|_| char::from(alphabet[random.below(alphabet.len() as u64) as usize])).collect()
}

/// Records with any character that their fields allow.
fn records(random: &mut Random, count: u64) -> Records {
    let vschar: Vec<u8> = (b' '..=b'~').collect();
    let nqchar: Vec<u8> = vschar.iter().copied().filter(|byte| !b" \"\\,;|[]{}".contains(byte)).collect();
    let token = |random: &mut Random, kind, number| {
        let length = random.below(30);
        format!("{CANARY}{kind}{number}-{}.", text(random, &vschar, length))
    };
    let record = |number| {
        let refresh = (random.below(2) == 0).then(|| token(random, 'r', number));
        let subject = format!("s{}.", text(random, &vschar, number % 40));
        let scopes =
            (0..random.below(3)).map(|scope| format!("{scope}{}", text(random, &nqchar, 8))).collect();
        (token(random, 'a', number), (refresh, subject, scopes))
    };
    (1..=count).map(record).collect()
}

fn json(token: &str, (refresh, subject, scopes): &Record) -> Value {
    let mut value = serde_json::json!({
        "grantType": "PASSWORD", "clientId": 42, "accessToken": token, "subject": subject, "scopes": scopes,
    });
    if let Some(refresh) = refresh {
        value["refreshToken"] = refresh.as_str().into();
    }
    value
}

fn as_lines(records: &Records) -> String {
    records.iter().map(|(token, record)| json(token, record).to_string() + "\n").collect()
}

fn as_array(records: &Records) -> String {
    let values: Vec<Value> = records.iter().map(|(token, record)| json(token, record)).collect();
    serde_json::to_string_pretty(&values).unwrap()
}

fn as_csv(records: &Records, delimiter: u8, style: csv::QuoteStyle) -> String {
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).quote_style(style).from_writer(Vec::new());
    writer
        .write_record(["subject", "accessToken", "refreshToken", "grantType", "scopes", "clientId"])
        .unwrap();
    for (token, (refresh, subject, scopes)) in records {
        let refresh = refresh.as_deref().unwrap_or_default();
        writer.write_record([subject, token, refresh, "PASSWORD", &scopes.join(" "), "42"]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// What has been created.
fn created(bench: &Bench) -> Records {
    let mut found = Records::new();
    bench.ledger().for_each_token(|token| {
        let scopes = token.scopes.iter().map(ToString::to_string).collect();
        let refresh = token.refresh_token.as_ref().map(ToString::to_string);
        let subject = token.subject.as_ref().map(ToString::to_string).unwrap_or_default();
        found.insert(token.access_token.to_string(), (refresh, subject, scopes));
    });
    found
}

#[test]
fn random_exports_arrive_as_they_are() {
    each(1..=12, |seed| {
        let mut random = Random::new(seed);
        let records = records(&mut random, 150);
        let (name, text, arguments) = match seed % 6 {
            0 => ("tokens.jsonl", as_lines(&records), ""),
            1 => ("tokens.json", as_array(&records), ""),
            2 => ("tokens.csv", as_csv(&records, b',', csv::QuoteStyle::Necessary), ""),
            3 => ("tokens.csv", as_csv(&records, b';', csv::QuoteStyle::Always), "--delimiter ;"),
            4 => ("tokens.tsv", as_csv(&records, b'\t', csv::QuoteStyle::NonNumeric), ""),
            _ => ("tokens.csv", as_csv(&records, b'|', csv::QuoteStyle::Necessary), "--delimiter |"),
        };
        let bench = Bench::with(Simulator::builder(), name, &text);
        // Any text is allowed, also one that looks as if an exporter had changed it.
        let literal = "--literal subject --literal accessToken --literal refreshToken --literal scopes";
        bench.run(&format!("run --skip-dry-run --chunk-records 31 {literal} {arguments}"), 0);
        assert!(created(&bench) == records, "seed {seed}");
    });
}

/// Reads a file as any strict reader of its format would. `None` if it is none.
fn read(path: &PathBuf, is_csv: bool) -> Option<Vec<Value>> {
    let bytes = fs::read(path).ok()?;
    if !is_csv {
        return String::from_utf8(bytes)
            .ok()?
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(line).ok())
            .collect();
    }
    let mut rows = rows(&bytes)?.into_iter();
    let header = rows.next()?;
    rows.map(|row| {
        let mut value = serde_json::Map::new();
        for (name, cell) in header.iter().zip(&row) {
            let cell = String::from_utf8(cell.clone()).ok()?;
            if !cell.is_empty() {
                value.insert(String::from_utf8(name.clone()).ok()?, cell.into());
            }
        }
        (row.len() == header.len()).then_some(Value::Object(value))
    })
    .collect()
}

/// The grammar of RFC 4180, character by character, as a reader of its own.
fn rows(text: &[u8]) -> Option<Vec<Vec<Vec<u8>>>> {
    let (mut rows, mut row, mut at) = (Vec::new(), Vec::new(), 0);
    while at < text.len() {
        let mut cell = Vec::new();
        if text[at] == b'"' {
            at += 1;
            loop {
                match (text.get(at)?, text.get(at + 1)) {
                    (b'"', Some(b'"')) => {
                        cell.push(b'"');
                        at += 2;
                    }
                    (b'"', _) => break at += 1,
                    (&byte, _) => {
                        cell.push(byte);
                        at += 1;
                    }
                }
            }
        } else {
            while !matches!(text.get(at)?, b',' | b'\n' | b'"') {
                cell.push(text[at]);
                at += 1;
            }
            if text.get(at) == Some(&b'\n') && cell.last() == Some(&b'\r') {
                cell.pop();
            }
        }
        row.push(cell);
        match (text.get(at), text.get(at + 1)) {
            (Some(b','), _) => at += 1,
            (Some(b'\n'), _) => {
                at += 1;
                rows.push(std::mem::take(&mut row));
            }
            (Some(b'\r'), Some(b'\n')) => {
                at += 2;
                rows.push(std::mem::take(&mut row));
            }
            _ => return None,
        }
    }
    row.is_empty().then_some(rows)
}

#[test]
fn one_byte_that_is_changed_makes_a_problem_or_another_record_and_never_a_wrong_one() {
    each([("tokens.csv", 1), ("tokens.csv", 2), ("tokens.jsonl", 3), ("tokens.jsonl", 4)], |(name, seed)| {
        let mut random = Random::new(seed);
        let records = records(&mut random, 4);
        let is_csv = name == "tokens.csv";
        let text =
            if is_csv { as_csv(&records, b',', csv::QuoteStyle::Necessary) } else { as_lines(&records) };
        for round in 0..60 {
            let mut bytes = text.clone().into_bytes();
            let at = random.below(bytes.len() as u64) as usize;
            let new = match round % 3 {
                0 => b"\"\n\r,\\ \0;{}"[random.below(10) as usize],
                _ => random.below(256) as u8,
            };
            match round % 4 {
                0 => bytes.insert(at, new),
                1 => drop(bytes.remove(at)),
                _ => bytes[at] = new,
            }
            let bench = Bench::with(Simulator::builder(), name, "");
            fs::write(&bench.file, &bytes).unwrap();
            let output = bench.command("run --skip-dry-run").output().unwrap();
            let created = created(&bench);
            if output.status.code() != Some(0) {
                assert!(
                    created.is_empty(),
                    "seed {seed}, round {round}: a problem, and yet something was created"
                );
                continue;
            }
            // What was taken for good is what the file says, by another reader.
            let said =
                read(&bench.file, is_csv).unwrap_or_else(|| panic!("seed {seed}, round {round}: no {name}"));
            assert_eq!(said.len(), created.len(), "seed {seed}, round {round}");
            for value in said {
                let text = |member: &str| value[member].as_str().map(str::to_owned);
                let (refresh, subject, scopes) = &created[&text("accessToken").unwrap()];
                assert_eq!((refresh, Some(subject)), (&text("refreshToken"), text("subject").as_ref()));
                let said: Vec<String> = match &value["scopes"] {
                    Value::Array(scopes) => {
                        scopes.iter().map(|scope| scope.as_str().unwrap().to_owned()).collect()
                    }
                    scopes => scopes
                        .as_str()
                        .unwrap_or_default()
                        .split(' ')
                        .filter(|scope| !scope.is_empty())
                        .map(str::to_owned)
                        .collect(),
                };
                assert_eq!(scopes, &said);
            }
        }
    });
}

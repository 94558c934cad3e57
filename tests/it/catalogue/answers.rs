//! What becomes of each operation's answer, and of each model.

use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteCore, AuthleteError};
use bytes::Bytes;

use super::digest::{Digest, camel_case};
use super::generate::{Fill, Generator, kept};
use super::json::Json;
use super::line::{Line, answer_schema};
use super::rows::{ROWS, Row};
use super::types::{ENUMS, MODELS, Shown};
use crate::fake::{Fake, ok};

/// What the operation returns for this body, by the function and by the method alike.
async fn decoded(row: &Row, body: &str) -> Shown {
    let answer = body.to_owned();
    let fake = Fake::new(move |_| ok(answer.clone()));
    let core = fake.core().build().unwrap();
    let request = Line::of(row).least().text();
    let value = (row.call)(&core, &request, None)
        .await
        .unwrap_or_else(|error| panic!("{}: {error} at {:?}, {body}", row.function, error.json_path()));
    assert_eq!((row.call_method)(&core, &request, None).await.unwrap(), value, "{}", row.function);
    value
}

/// Fails unless the answer is read as what it says, of which nothing is lost in writing it.
async fn check(row: &Row, sent: &Json) {
    let shown = decoded(row, &sent.text()).await;
    let again: serde_json::Value = serde_json::from_str(&shown.json).unwrap();
    assert_eq!(again, kept(sent).value(), "{}", row.function);
}

/// The operations whose answer has a schema.
fn answering() -> impl Iterator<Item = (&'static Row, String)> {
    ROWS.iter().filter_map(|row| Some((row, answer_schema(row)?)))
}

fn every(schema: &str, seed: u64, change: impl FnOnce(&mut Generator<'_>)) -> Json {
    let mut generator = Generator::new(Fill::Every, seed);
    change(&mut generator);
    generator.schema(schema)
}

/// All members of all objects, each null.
fn nulls(value: &Json, depth: usize) -> Json {
    match value {
        Json::Object(members) if depth > 0 => Json::Object(
            members.iter().map(|(name, value)| (name.clone(), nulls(value, depth - 1))).collect(),
        ),
        Json::List(items) if depth > 0 => Json::List(items.iter().map(|item| nulls(item, depth)).collect()),
        Json::Text(_) if depth > 0 => value.clone(),
        _ => Json::Null,
    }
}

#[tokio::test]
async fn every_property_lands_in_its_field() {
    for (row, schema) in answering() {
        for seed in 0..3 {
            check(row, &every(&schema, seed, |_| {})).await;
        }
    }
}

#[tokio::test]
async fn null_is_nothing() {
    for (row, schema) in answering() {
        let full = every(&schema, 0, |_| {});
        let empty = decoded(row, "{}").await;
        assert_eq!(empty.json, "{}", "{}", row.function);
        assert_eq!(decoded(row, &nulls(&full, 1).text()).await, empty, "{}", row.function);
        // The same one level down, where that is an object without required members.
        for (name, value) in full.members() {
            if let Json::Object(members) = value {
                let inner = nulls(value, 1);
                let outer = Json::Object(vec![(name.clone(), inner)]);
                let nothing = Json::Object(vec![(name.clone(), Json::Object(Vec::new()))]);
                assert!(!members.is_empty());
                if !has_required(&schema, name) && !is_map(&schema, name) {
                    assert_eq!(
                        decoded(row, &outer.text()).await,
                        decoded(row, &nothing.text()).await,
                        "{}",
                        row.function
                    );
                }
            }
        }
    }
}

fn kind(schema: &str, property: &str) -> super::digest::Kind {
    let schema = Digest::get().schema(schema).unwrap();
    schema.properties.iter().find(|candidate| candidate.name == property).unwrap().kind.clone()
}

fn has_required(schema: &str, property: &str) -> bool {
    match kind(schema, property) {
        super::digest::Kind::Named(name) => {
            Digest::get().schema(&name).unwrap().properties.iter().any(|property| property.required)
        }
        _ => false,
    }
}

fn is_map(schema: &str, property: &str) -> bool {
    matches!(kind(schema, property), super::digest::Kind::Map(_))
}

#[tokio::test]
async fn what_is_newer_than_this_version_does_no_harm() {
    for (row, schema) in answering() {
        for seed in 0..2 {
            check(row, &every(&schema, seed, |generator| generator.unknown = true)).await;
            let novel = every(&schema, seed, |generator| {
                generator.unknown = true;
                generator.novel_enums = true;
            });
            check(row, &novel).await;
        }
    }
}

/// Any properties in any order, with any values: what the schemas of the successes allow.
#[tokio::test]
async fn answers_of_the_description_are_read() {
    for (number, (row, schema)) in answering().enumerate() {
        for seed in 0..12 {
            let mut generator = Generator::new(Fill::Any, seed * 1000 + number as u64);
            generator.unknown = seed % 3 == 0;
            generator.novel_enums = seed % 4 == 0;
            check(row, &generator.schema(&schema)).await;
        }
    }
}

#[tokio::test]
async fn answers_without_a_schema_are_what_came() {
    for row in ROWS.iter().filter(|row| answer_schema(row).is_none()) {
        match row.response {
            "()" => {
                assert_eq!(decoded(row, "").await.json, "null", "{}", row.function);
                assert_eq!(decoded(row, "{}").await.json, "null", "{}", row.function);
            }
            "String" => assert_eq!(decoded(row, "up ✓\n").await.json, "\"up ✓\\n\"", "{}", row.function),
            "RawJson" => {
                let text = r#"{"issuer":"https://as.example","":[1,null,1.5,"é\u0000"],"z":{},"a":2}"#;
                let shown = decoded(row, text).await;
                assert_eq!(shown.json, text, "{}", row.function);
                assert!(!shown.debug.contains("as.example"), "{}", shown.debug);
            }
            "StringMap" => {
                let text = r#"{"":"","a":"1","é":"\"\\"}"#;
                assert_eq!(decoded(row, text).await.json, text, "{}", row.function);
            }
            other => panic!("{}: {other}", row.function),
        }
    }
}

/// What a call leaves allocated whose answer is this text, which is refused.
fn left_by(row: &Row, text: String) -> i64 {
    let body = Bytes::from(text);
    let transport = transport_fn(move |_| {
        let body = body.clone();
        async { Ok(http::Response::new(ResponseBody::from(body))) }
    });
    let core = AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build().unwrap();
    let request = Line::of(row).least().text();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let call = || {
        let error = runtime.block_on((row.call)(&core, &request, None)).unwrap_err();
        assert!(matches!(error, AuthleteError::ResponseValidation { .. }), "{}: {error}", row.function);
    };
    // What the first call sets up stays.
    call();
    allocation_counter::measure(call).bytes_current
}

#[test]
fn a_refused_answer_leaves_nothing_behind() {
    for (row, schema) in answering() {
        let full = every(&schema, 0, |generator| generator.unknown = true).text();
        let unfinished = full.strip_suffix('}').unwrap();
        for text in [unfinished.to_owned(), format!("{unfinished},\"\":}}"), format!("{full}]")] {
            assert_eq!(left_by(row, text), 0, "{}", row.function);
        }
    }
}

/// Models also stand where no answer has them: in requests, in each other, in files.
#[test]
fn every_model_comes_out_as_it_went_in() {
    for model in MODELS {
        let schema = model.schema();
        for seed in 0..6 {
            let fill = [Fill::Every, Fill::Any, Fill::Required][seed as usize % 3];
            let mut generator = Generator::new(fill, seed);
            generator.unknown = seed % 2 == 0;
            generator.novel_enums = seed > 2;
            let value = generator.schema(&schema);
            let shown = (model.read)(&value.text()).unwrap_or_else(|error| panic!("{schema}: {error}"));
            let again: serde_json::Value = serde_json::from_str(&shown.json).unwrap();
            assert_eq!(again, kept(&value).value(), "{schema}");
            if fill == Fill::Every && seed % 2 == 1 {
                // In the order of the declaration, it is the same text.
                assert_eq!(shown.json, value.text(), "{schema}");
            }
        }
    }
}

#[test]
fn every_model_has_the_fields_of_the_digest_in_their_order() {
    for model in MODELS {
        let schema = Digest::get().schema(&model.schema()).unwrap();
        let least = Generator::new(Fill::Required, 0).schema(&schema.name);
        let shown = (model.read)(&least.text()).unwrap();
        // `Debug` names every field, set or not. That of an error's body is its own.
        if schema.name == "result" {
            continue;
        }
        let fields: Vec<_> = shown
            .debug
            .lines()
            .filter_map(|line| line.strip_prefix("    ")?.split_once(':'))
            .filter(|(name, _)| !name.starts_with(' ') && !name.ends_with('}'))
            .map(|(name, _)| camel_case(name.trim_end_matches('_')))
            .collect();
        let mut expected: Vec<_> = schema.properties.iter().map(|property| property.name.clone()).collect();
        if schema.keeps {
            expected.push("unknown".to_owned());
        }
        assert_eq!(fields, expected, "{}", schema.name);
    }
}

#[test]
fn every_enum_has_its_values_and_keeps_any_other() {
    for kind in ENUMS {
        let name = kind.schema();
        for spellings in &Digest::get().enums[&name] {
            for spelling in spellings {
                let shown = (kind.read)(&format!("\"{spelling}\"")).unwrap();
                assert_eq!(shown.json, format!("\"{}\"", spellings[0]), "{name}");
                assert!(!shown.debug.contains("Unrecognized"), "{name}: {spelling}");
            }
            let swap = |letter: char| match letter.is_ascii_uppercase() {
                true => letter.to_ascii_lowercase(),
                false => letter.to_ascii_uppercase(),
            };
            let other_case = spellings[0].chars().map(swap).collect();
            for other in [other_case, format!("{} ", spellings[0]), format!("{}_2", spellings[0])] {
                let shown = (kind.read)(&format!("\"{other}\"")).unwrap();
                assert_eq!(shown.json, format!("\"{other}\""), "{name}");
                assert!(shown.debug.contains("Unrecognized"), "{name}: {other}");
            }
        }
        for other in ["", "Unrecognized", "é\u{0}\""] {
            let text = serde_json::to_string(other).unwrap();
            assert_eq!((kind.read)(&text).unwrap().json, text, "{name}");
        }
        for wrong in ["null", "1", "[]", "{}"] {
            (kind.read)(wrong).unwrap_err();
        }
    }
}

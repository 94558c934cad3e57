//! Nothing is forgotten: the table against the models, the API description and the facts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::harness::ENDPOINTS;
use super::table::{CARRIES, ROWS, Row, Sends, nonces};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn sources(name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

/// `Name` and the rest, of each `pub KIND Name…`.
fn declared<'a>(source: &'a str, kind: &str) -> Vec<(&'a str, &'a str)> {
    let start = format!("pub {kind} ");
    let lines = source.lines().filter_map(|line| line.trim_start().strip_prefix(start.as_str()));
    lines
        .map(|line| {
            line.split_at(line.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line.len()))
        })
        .collect()
}

/// Response types with an action that no client waits for.
const NO_FUNCTION: [(&str, &str); 6] = [
    ("TokenCreateResponse", "auth/token/create"),
    ("TokenUpdateResponse", "auth/token/update"),
    ("HskCreateResponse", "hsk/create"),
    ("HskGetResponse", "hsk/get/{handle}"),
    ("HskDeleteResponse", "hsk/delete/{handle}"),
    ("HskGetListResponse", "hsk/get/list"),
];

/// The API of each response type that has an action.
fn apis() -> BTreeMap<&'static str, &'static str> {
    ENDPOINTS.iter().map(|endpoint| (endpoint.answer, endpoint.api)).chain(NO_FUNCTION).collect()
}

fn actions_of(api: &str) -> BTreeSet<&'static str> {
    ROWS.iter().filter(|row| row.0 == api).map(|row| row.1).collect()
}

#[test]
fn every_response_type_with_an_action_is_in_the_table() {
    let mut found = BTreeSet::new();
    for source in sources("models") {
        for (name, _) in declared(&source, "struct") {
            if name.ends_with("Response") && source.contains(&format!("action: {name}Action,")) {
                found.insert(name.to_owned());
            }
        }
    }
    assert_eq!(found, apis().keys().map(|name| (*name).to_owned()).collect());
    assert_eq!(found.len(), 48);
}

#[test]
fn every_action_of_the_models_has_a_row() {
    for endpoint in ENDPOINTS {
        let known: BTreeSet<&str> = (endpoint.known)().into_iter().collect();
        assert_eq!(known, actions_of(endpoint.api), "{}", endpoint.api);
    }
    let mut rows = BTreeSet::new();
    assert!(ROWS.iter().all(|(api, action, _)| rows.insert((api, action))), "a row twice");
}

#[test]
fn there_is_a_function_for_each_endpoint_and_none_for_the_rest() {
    let mut functions = BTreeSet::new();
    for entry in fs::read_dir(folder("src/endpoint")).unwrap() {
        let path = entry.unwrap().path();
        let Some(module) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".rs") else { continue };
        let source = fs::read_to_string(&path).unwrap();
        let free = source.lines().filter_map(|line| line.strip_prefix("pub fn respond"));
        functions
            .extend(free.map(|line| format!("{module}::respond{}", line.split(['(', '<']).next().unwrap())));
        for (answer, _) in NO_FUNCTION {
            assert!(!source.contains(answer), "{answer}");
        }
    }
    let documents = ["discovery::respond", "jwks::respond"];
    let expected = ENDPOINTS.iter().map(|endpoint| endpoint.function).chain(documents);
    assert_eq!(functions, expected.map(str::to_owned).collect());
    for (api, action, row) in ROWS {
        let has_function = ENDPOINTS.iter().any(|endpoint| endpoint.api == *api);
        assert_eq!(has_function, !matches!(row, Row::NoFunction | Row::Apart), "{api} {action}");
    }
}

fn beside(name: &str) -> Option<String> {
    let path = folder("../shared/facts").join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {name} beside the project");
        return None;
    }
    Some(fs::read_to_string(path).unwrap())
}

#[test]
fn every_action_of_the_description_has_a_row() {
    let Some(text) = beside("authlete-openapi-3.0.16.json") else { return };
    let description: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schemas = description["components"]["schemas"].as_object().unwrap();
    let apis = apis();
    let mut count = 0;
    for (name, schema) in schemas {
        let Some(actions) = schema["properties"]["action"]["enum"].as_array() else { continue };
        if !name.ends_with("_response") {
            continue;
        }
        let of_model = |answer: &&str| answer.to_lowercase() == name.replace('_', "");
        let answer = apis.keys().find(|answer| of_model(answer)).unwrap_or_else(|| panic!("{name}"));
        let rows = actions_of(apis[answer]);
        for action in actions {
            assert!(rows.contains(action.as_str().unwrap()), "{name} {action}");
            count += 1;
        }
    }
    assert!(count > 180, "{count}");
}

/// The columns of one line.
fn columns(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                fields.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            character => fields.last_mut().unwrap().push(character),
        }
    }
    fields
}

#[test]
fn the_table_says_what_the_facts_say() {
    let Some(text) = beside("action-http-map.csv") else { return };
    let lines: Vec<_> = text.lines().skip(1).map(columns).collect();
    assert_eq!(lines.len(), ROWS.len());
    for (line, &(api, action, row)) in lines.iter().zip(ROWS) {
        let [_, of, called, status, media_type, source, challenge, location, more, common, ..] = &line[..]
        else {
            panic!("{line:?}")
        };
        let of = of.trim_start_matches('/').split('[').next().unwrap();
        assert_eq!((of, called.as_str()), (api, action));
        let is = |has: &str, expected: &str| assert_eq!(has, expected, "{api} {action}");
        let content = |expected: u16, of_type: &str| {
            is(status, &expected.to_string());
            is(media_type, of_type);
            assert!(
                source.starts_with("responseContent") || source == "info.credentialOffer",
                "{api} {action}"
            );
        };
        const JSON: &str = "application/json;charset=UTF-8";
        match row {
            Row::Json(status) => content(status, JSON),
            Row::BareJson(status) => content(status, "application/json"),
            Row::Html(status) => content(status, "text/html;charset=UTF-8"),
            Row::Body(status, media_type) => content(status, media_type),
            Row::Script => content(200, "application/javascript;charset=UTF-8 if responseContent, else none"),
            Row::Challenge(expected) => {
                is(status, &expected.to_string());
                is(&format!("{media_type}{source}{challenge}"), "noneresponseContent");
            }
            Row::Basic(expected) | Row::Bearer(expected) => {
                content(401, JSON);
                is(challenge, expected);
            }
            Row::Redirect => {
                is(status, "302");
                is(location, "responseContent");
            }
            Row::Fixed(expected, json) => {
                is(status, &expected.to_string());
                let words = if json == "{}" { "an empty JSON object" } else { "fixed server_error JSON" };
                assert!(words.starts_with(source.as_str()), "{api} {action}");
            }
            Row::Empty(expected) => {
                is(status, &expected.to_string());
                is(media_type, "");
                assert!(matches!(source.as_str(), "none" | ""), "{api} {action}");
            }
            Row::State(_) => is(status, "app"),
            Row::StateElse(_, json) => {
                is(status, "app/400");
                let error = json.split('"').nth(3).unwrap();
                assert!(source.contains(error), "{api} {action}");
            }
            Row::NoFunction => assert!(status.starts_with("app"), "{api} {action}"),
            Row::Apart => {}
        }
        // Rows about responses say it of all but a few, which are 500s. Those are not stored here either.
        let is_response = !matches!(row, Row::State(_) | Row::StateElse(..) | Row::NoFunction);
        assert!(!is_response || common.starts_with("Cache-Control: no-store") || status == "500", "{api}");

        let (dpop, attestation) = (more.contains("DPoP-Nonce"), more.contains("Attestation"));
        if is_response && !matches!(row, Row::Apart) {
            let carried = more.contains("passed") || more.contains("preceding");
            assert_eq!(CARRIES.contains(&api), carried || api == "auth/userinfo/issue", "{api}");
            if !CARRIES.contains(&api) {
                let sends = (
                    matches!(nonces(api), Sends::Dpop | Sends::Both),
                    matches!(nonces(api), Sends::Attestation | Sends::Both),
                );
                assert_eq!(sends, (dpop, attestation), "{api} {action}");
            }
        }
    }
}

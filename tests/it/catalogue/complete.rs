//! Whether the rows are all there is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::digest::{Digest, camel_case};
use super::line::{Line, answer_schema};
use super::rows::{ROWS, Row};
use super::types::{ENUMS, MODELS};

fn source(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What a module's `pub use` lines name.
fn exports(path: &str) -> BTreeSet<String> {
    let source = source(path);
    let uses = source.split("pub use ").skip(1).map(|rest| rest.split_once(';').unwrap().0);
    let names = uses.flat_map(|path| {
        let names = path.split_once("::").unwrap().1;
        names.trim_matches(['{', '}']).split(',').map(str::trim).map(str::to_owned).collect::<Vec<_>>()
    });
    names.filter(|name| !name.is_empty()).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_function_has_a_row() {
    let mut functions = exports("funcs/mod.rs");
    // These are no operations: each repeats one.
    for repeats in ["token_operations_wait_for_batch", "token_management_revoke_all"] {
        assert!(functions.remove(repeats));
    }
    assert_eq!(functions, set(ROWS.iter().map(|row| row.function)));
    assert_eq!(functions.len(), 94);
    assert_eq!(exports("models/operations/mod.rs"), set(ROWS.iter().map(|row| row.request)));
}

#[test]
fn the_page_of_functions_links_every_one() {
    let source = source("funcs/mod.rs");
    let (by_task, _) = source.split_once("# By specification").unwrap();
    let is_missing = |name: &String| !by_task.contains(&format!("[`{name}`]"));
    let missing: Vec<_> = exports("funcs/mod.rs").into_iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "the page of funcs/mod.rs does not link {missing:?}");
}

#[test]
fn no_two_functions_have_the_same_summary() {
    let mut summaries = BTreeMap::new();
    for name in exports("funcs/mod.rs") {
        let summary = summary(&name);
        assert!(!summary.is_empty(), "{name} has no summary");
        if let Some(other) = summaries.insert(summary, name.clone()) {
            panic!("{name} and {other} have the same summary");
        }
    }
}

/// The first paragraph of a function's documentation.
fn summary(function: &str) -> String {
    let source = source(&format!("funcs/{function}.rs"));
    let (before, _) = source.split_once(&format!("\npub async fn {function}(")).unwrap();
    let is_documentation = |line: &&str| line.starts_with("///") || line.starts_with("#[");
    let lines: Vec<_> = before.lines().rev().take_while(is_documentation).collect();
    let texts = lines.iter().rev().map_while(|line| line.strip_prefix("/// "));
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_method_has_a_row() {
    let source = source("src/methods/groups.rs");
    let table = source.split_once("\ngroups! {").unwrap().1;
    let methods: BTreeSet<_> = table
        .split("    }\n")
        .filter_map(|group| {
            let name = group.lines().find_map(|line| line.strip_suffix(" {"))?;
            let name = name.split_once(':').unwrap().0.trim();
            let methods = group.split(" {\n").nth(1)?.split(';').filter_map(|row| row.split_once('('));
            Some(methods.map(move |(method, _)| format!("{name}.{}", method.trim())).collect::<Vec<_>>())
        })
        .flatten()
        .collect();
    assert_eq!(methods, set(ROWS.iter().map(|row| row.face)));
    assert_eq!(methods.len(), 94);
}

#[test]
fn every_model_and_enum_is_listed() {
    let digest = Digest::get();
    let schemas = set(digest.schemas.iter().map(|schema| schema.name.as_str()));
    assert_eq!(schemas, MODELS.iter().map(|model| model.schema()).collect());
    assert_eq!(digest.schemas.len(), MODELS.len());
    let enums = set(digest.enums.keys().map(String::as_str));
    assert_eq!(enums, ENUMS.iter().map(|kind| kind.schema()).collect());

    let mut exported = exports("models/mod.rs");
    for no_schema in [
        "ClaimsForTx",
        "ClientGrantedScopesGetResponse",
        "RawJson",
        "Secret",
        "ServerText",
        "StringMap",
        "TicketContext",
        "UnknownMembers",
        "Unrecognized",
    ] {
        assert!(exported.remove(no_schema), "{no_schema}");
    }
    let listed = MODELS.iter().chain(ENUMS).map(|listed| listed.rust_name);
    assert_eq!(exported, set(listed.filter(|name| *name != "errors::ResultError")));
}

/// The 3.0.16 of the description, as it was counted.
#[test]
fn no_schema_and_no_property_is_missing() {
    let digest = Digest::get();
    let described = digest.schemas.iter().filter(|schema| !schema.java);
    let properties =
        described.clone().flat_map(|schema| &schema.properties).filter(|property| !property.java);
    // One object of the description has no name of its own there.
    let inline = digest.schema("info_response_service_token_cache").unwrap().properties.len();
    assert_eq!(properties.count() - inline, 1318);
    assert_eq!(described.count() - 1, 139);
}

/// What a function's page must have.
fn check_page(row: &Row) {
    let source = source(&format!("funcs/{}.rs", row.function));
    let line = Line::of(row);
    let has = |text: &str| assert!(source.contains(text), "{} lacks {text}", row.function);
    has(&format!("template: \"{}\"", line.template));
    has(&format!("Method::{}", line.method));
    let alias = |name: &str| has(&format!("#[doc(alias = \"{name}\")]"));
    alias(row.id);
    alias(last_part(&line));
    // What only the Java library has is called as there.
    if !source.contains("nverified") {
        alias(&camel_case(row.function));
    }
    has("\n/// # Replay\n");
    assert_eq!(source.matches("\n/// ```no_run\n").count(), 1, "{}: one example", row.function);
    let is_unsafe = source.contains("Replay::Unsafe");
    let pages = source.lines().filter_map(|line| line.strip_prefix("///")).collect::<String>();
    assert_eq!(is_unsafe, pages.contains("Not cancel safe"), "{}", row.function);
    // An answer with an action says what each of its values means for the caller.
    let action = answer_schema(row).and_then(|schema| Digest::get().enums.get(&format!("{schema}_action")));
    for values in action.into_iter().flatten() {
        // Four functions share an answer, of which each succeeds in its own way.
        let is_another = row.function.starts_with("dynamic_client_registration")
            && ["CREATED", "DELETED", "OK", "UPDATED", "UNAUTHORIZED"].contains(&values[0].as_str());
        if !is_another {
            assert!(pages.contains(&format!("`{}`", values[0])), "{}: {}", row.function, values[0]);
        }
    }
}

/// The last part of the path that is no place for a value.
fn last_part(line: &Line) -> &'static str {
    line.template.rsplit('/').find(|part| !part.starts_with('{')).unwrap()
}

#[test]
fn every_function_is_documented_and_found() {
    ROWS.iter().for_each(check_page);
}

//! The list of models, their names and their values, held against the sources and the API description.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::every::MODELS;
use super::judge::RawMembers;
use super::model::AnyModel;
use crate::models::schema::FieldName;
use crate::models::table::Place;

/// What the sources declare, read as text.
#[derive(Default)]
struct Sources {
    /// The fields of models, the required ones first.
    fields: BTreeMap<String, Vec<String>>,
    /// The wire values of enums; of those with two spellings the one that is written.
    values: BTreeMap<String, Vec<String>>,
    /// Types with serde by table and no declaration.
    others: BTreeSet<String>,
}

impl Sources {
    fn read() -> Self {
        let mut sources = Self::default();
        for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models")) {
            if !path.ends_with("macros.rs") {
                sources.add(&std::fs::read_to_string(path).unwrap());
            }
        }
        // It has serde of its own.
        for json in ["RawJson", "ClaimsForTx", "TicketContext"] {
            sources.others.insert(json.to_owned());
        }
        sources
    }

    fn add(&mut self, text: &str) {
        let (mut shape, mut name, mut required) = ("", String::new(), 0);
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            match line {
                "model! {" | "request! {" | "open_enum! {" => shape = line,
                "}" => shape = "",
                _ => {}
            }
            if let Some(other) =
                line.strip_prefix("serde_by_table! { ").and_then(|rest| rest.strip_suffix(" }"))
            {
                self.others.insert(other.to_owned());
            } else if shape == "open_enum! {" {
                if let Some((variant, rest)) = line.split_once(" = \"") {
                    assert!(variant.trim_start().starts_with(char::is_uppercase), "{line}");
                    let value = rest.split('"').next().unwrap();
                    self.values.get_mut(&name).unwrap().push(value.to_owned());
                } else if let Some(found) = line.strip_prefix("    ").and_then(|line| line.strip_suffix(" {"))
                {
                    name = found.to_owned();
                    self.values.insert(name.clone(), vec![]);
                }
            } else if !shape.is_empty() {
                if let Some(found) = line.strip_prefix("    pub struct ") {
                    name = found.split([' ', '(']).next().unwrap().to_owned();
                    self.fields.insert(name.clone(), vec![]);
                    required = 0;
                    if shape == "request! {" && line.contains('{') {
                        self.fields.get_mut(&name).unwrap().push("service_id".to_owned());
                    }
                } else if let Some((field, _)) = line.trim_start().split_once(": ") {
                    self.fields.get_mut(&name).unwrap().push(field.to_owned());
                    required += 1;
                } else if line.starts_with("    ) {") && shape == "request! {" {
                    self.fields.get_mut(&name).unwrap().insert(required, "service_id".to_owned());
                }
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}

/// The name that a field must have on the wire, in words of its own.
fn wire(field: &str) -> String {
    let mut words = field.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

/// The names of a model's fields on the wire; none if it has no fields.
fn names(model: &AnyModel) -> Option<Vec<&'static str>> {
    let mut names = None;
    (model.blank)(&mut |place| {
        if let Place::Object(object, _) = place {
            names = Some(object.iter().map(FieldName::bare).collect());
        }
    });
    names
}

#[test]
fn every_type_of_the_sources_is_on_the_list() {
    let sources = Sources::read();
    let declared: BTreeSet<&str> = sources
        .fields
        .keys()
        .chain(sources.values.keys())
        .chain(&sources.others)
        .map(String::as_str)
        .collect();
    let listed: BTreeSet<&str> = MODELS.iter().map(|model| model.name).collect();
    let differing: Vec<_> = listed.symmetric_difference(&declared).collect();
    assert!(differing.is_empty(), "either in the sources or in `every.rs`, but not in both: {differing:?}");
    assert_eq!(listed.len(), MODELS.len());
}

#[test]
fn every_field_has_its_name_on_the_wire() {
    let sources = Sources::read();
    for model in MODELS {
        let expected =
            sources.fields.get(model.name).map(|fields| fields.iter().map(|field| wire(field)).collect());
        let found: Option<Vec<String>> =
            names(model).map(|names| names.into_iter().map(str::to_owned).collect());
        assert_eq!(found, expected, "{}", model.name);
    }
}

#[test]
fn every_value_of_every_enum_is_known_and_written_as_it_was_read() {
    let sources = Sources::read();
    assert!(sources.values.len() > 70);
    for model in MODELS {
        let Some(values) = sources.values.get(model.name) else { continue };
        for value in values {
            let text = format!("\"{value}\"");
            let (written, shown) = (model.read)(&text);
            assert_eq!(written, text, "{}", model.name);
            assert!(!shown.contains("Unrecognized"), "{} {value}", model.name);
        }
        let (written, shown) = (model.read)("\"FROM_THE_FUTURE\"");
        assert_eq!(written, "\"FROM_THE_FUTURE\"");
        assert!(shown.contains("Unrecognized"), "{}", model.name);
    }
}

/// The API description and what the Java library has beyond it, beside the project.
const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/facts/");

/// Fields that the list of differences does not name for one schema, by the beginning of their schemas' names.
const BESIDES: [(&str, &[&str]); 4] = [
    ("client_limited", &["attributes", "clientUri", "clientUris", "derivedSectorIdentifier", "subjectType"]),
    ("client_authorization_get_list_re", &["cursor", "nextCursor"]),
    ("service_get_list_response", &["nextCursor"]),
    ("token_get_list_response", &["nextCursor"]),
];

/// The model of a schema, where the language has not taken its name.
fn rust_name(schema: &str) -> String {
    match schema {
        "result" => "ResultError".to_owned(),
        "display" => "DisplayMode".to_owned(),
        _ => schema.replace('_', ""),
    }
}

/// The members of an object in their order.
fn members(object: &str) -> Vec<(String, &str)> {
    let RawMembers(members) = serde_json::from_str(object).unwrap();
    members.into_iter().map(|(name, value)| (String::from_utf8(name).unwrap(), value.get())).collect()
}

fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    members(object).into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

#[test]
fn every_schema_has_its_fields_in_the_order_of_the_description() {
    let Ok(description) = std::fs::read_to_string([FACTS, "authlete-openapi-3.0.16.json"].concat()) else {
        eprintln!("SKIPPED: there is no API description beside the project to compare with");
        return;
    };
    let newer = std::fs::read_to_string([FACTS, "java-differences.csv"].concat()).unwrap();
    let schemas = member(&description, "components").and_then(|parts| member(parts, "schemas")).unwrap();
    let sources = Sources::read();
    for (schema, shape) in members(schemas) {
        let name = rust_name(&schema);
        let model = MODELS.iter().find(|model| model.name.eq_ignore_ascii_case(&name));
        let model = model.unwrap_or_else(|| panic!("{schema} has no model"));
        if let Some(values) = member(shape, "enum") {
            let values: Vec<String> = serde_json::from_str(values).unwrap();
            let ours = &sources.values[model.name];
            assert!(values.iter().all(|value| ours.contains(value)), "{schema}: {values:?}, not {ours:?}");
        }
        let Some(properties) = member(shape, "properties") else { continue };
        let required: Vec<String> =
            member(shape, "required").map_or_else(Vec::new, |names| serde_json::from_str(names).unwrap());
        let mut expected: Vec<String> = members(properties).into_iter().map(|(name, _)| name).collect();
        let mut found = names(model).unwrap_or_else(|| panic!("{schema} has no fields"));
        found.retain(|name| {
            let is_newer = newer.contains(&format!("{schema},")) && newer.contains(&format!(",{name},"))
                || BESIDES.iter().any(|(beside, names)| schema.starts_with(beside) && names.contains(name));
            let is_known = expected.iter().any(|expected| expected == name);
            assert!(is_known || is_newer, "{schema} has no {name}");
            is_known
        });
        // Those that `new` takes stand first.
        expected.sort_by_key(|name| !found.iter().take(required.len()).any(|first| first == name));
        assert_eq!(found, expected, "{schema}");
    }
}

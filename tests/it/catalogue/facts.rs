//! The rows and the digest against what is known of the API, where that lies beside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::digest::{Digest, Kind, Property, Schema, snake_case};
use super::line::{Body, Line, answer_schema};
use super::rows::{ROWS, Replay, Row};

/// Where the description is wrong: schema, property, and the type that is meant.
const CORRECTIONS: [(&str, &str, &str); 4] = [
    ("token_request", "properties", "[property]"),
    ("token_info", "authorizationDetails", "authz_details"),
    // Lists in one form, objects in the other.
    ("authorization_response", "requestedVerifiedClaimsForTx", "[any]"),
    ("userinfo_response", "requestedVerifiedClaimsForTx", "[any]"),
];

/// Properties that the description requires, and calls do not.
const NOT_REQUIRED: [(&str, &str); 2] = [("g_m_request", "token"), ("device_complete_request", "subject")];

/// Properties that are in no schema of the description, beside those that the differences name for one schema: the whole client where
/// the description has a limited one, and cursors, of which it is not public where they are.
const BESIDES: [(&str, &[&str]); 6] = [
    (
        "client_limited client_limited_authorization",
        &["attributes", "clientUri", "clientUris", "derivedSectorIdentifier", "subjectType"],
    ),
    ("client_authorization_get_list_request", &["cursor"]),
    ("client_authorization_get_list_response", &["nextCursor"]),
    ("client_get_list_response", &["nextCursor"]),
    ("service_get_list_response", &["nextCursor"]),
    ("token_get_list_response", &["nextCursor"]),
];

/// Query parameters that the description lacks.
const NEWER: [&str; 2] = ["cursor", "tokenStatus"];

/// `None`, said aloud, when it is not beside the project.
fn fact(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(name);
    if !path.exists() {
        println!("SKIPPED: no {name} beside the project");
        return None;
    }
    Some(path)
}

type Record = BTreeMap<String, String>;

fn table(name: &str) -> Option<Vec<Record>> {
    let mut reader = csv::Reader::from_path(fact(name)?).unwrap();
    Some(reader.deserialize().map(Result::unwrap).collect())
}

fn description() -> Option<Value> {
    let text = std::fs::read(fact("authlete-openapi-3.0.16.json")?).unwrap();
    Some(serde_json::from_slice(&text).unwrap())
}

fn row(function: &str) -> &'static Row {
    ROWS.iter().find(|row| row.function == function).unwrap_or_else(|| panic!("no row for {function}"))
}

/// The first word of a cell that goes on with a remark.
fn word(cell: &str) -> &str {
    cell.split(' ').next().unwrap()
}

#[test]
fn functions_are_as_listed() {
    let Some(records) = table("functions.csv") else { return };
    assert_eq!(records.len(), ROWS.len());
    for record in records {
        let row = row(&record["rust_function"]);
        let line = Line::of(row);
        let name = row.function;
        assert_eq!(line.method, record["method"], "{name}");
        assert_eq!(line.template, record["path"], "{name}");
        assert_eq!(row.face, format!("{}.{}", record["face_group"], record["face_method"]));
        assert_eq!(format!("models::operations::{}", row.request), record["operation_request"], "{name}");
        if !record["operation_id"].starts_with("java:") {
            assert_eq!(row.id, record["operation_id"]);
        }
        let response = match word(&record["response"]) {
            "JsonObject" => "RawJson",
            "map" => "StringMap",
            other => other,
        };
        assert_eq!(row.response, response, "{name}");
        let body = match word(&record["body"]) {
            "" | "query" => "".to_owned(),
            "{}" => "{}".to_owned(),
            "Vec<TokenCreateRequest>" => "[token_create_request]".to_owned(),
            "GMRequest" => "gmRequest: g_m_request".to_owned(),
            body => snake_case(body),
        };
        assert_eq!(row.body.trim_start_matches("form "), body, "{name}");
        let replay = match row.replay {
            Replay::Safe => "safe",
            Replay::Unsafe => "unsafe",
            Replay::Rule => "rule",
        };
        assert_eq!(replay, record["replay"], "{name}");

        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("funcs/{name}.rs"));
        let source = std::fs::read_to_string(source).unwrap();
        let alias = record["reads_badly"].split("alias ").nth(1).map(|rest| rest.split([';', ' ']).next());
        if let Some(alias) = alias.flatten() {
            assert!(source.contains(&format!("#[doc(alias = \"{alias}\")]")), "{name}: {alias}");
        }
        let in_java = record["operation_id"].strip_prefix("java:");
        assert_eq!(in_java.is_some(), source.contains("nverified"), "{name}");
        if let Some(alias) = in_java {
            let alias = alias.split('(').next().unwrap();
            assert!(source.contains(&format!("#[doc(alias = \"{alias}\")]")), "{name}: {alias}");
        }
    }
}

#[test]
fn replay_classes_are_as_listed() {
    let Some(records) = table("replay-classes.csv") else { return };
    for record in records {
        let place = format!("{} {}", record["method"], record["path"]);
        let rows: Vec<_> = ROWS.iter().filter(|row| word_pair(row.line) == place).collect();
        assert!(!rows.is_empty(), "{place}");
        for row in rows {
            assert_eq!(format!("{:?}", row.replay).to_ascii_lowercase(), record["replay"], "{place}");
        }
    }
}

/// The method and the path of a row's line.
fn word_pair(line: &str) -> String {
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

fn resolved<'a>(description: &'a Value, node: &'a Value) -> &'a Value {
    match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => description.pointer(&reference[1..]).unwrap(),
        None => node,
    }
}

/// The name of the schema that a node refers to, as it stands in a row.
fn schema_name(node: &Value) -> String {
    match (&node["$ref"], &node["items"], &node["allOf"], &node["type"]) {
        (Value::String(reference), ..) => reference.rsplit('/').next().unwrap().to_owned(),
        (_, Value::Object(_), ..) => format!("[{}]", schema_name(&node["items"])),
        (_, _, Value::Array(all), _) => schema_name(&all[0]),
        (_, _, _, Value::String(kind)) if kind == "object" && node["properties"]["subject"].is_object() => {
            "subject_body".to_owned()
        }
        (_, _, _, Value::String(kind)) if kind == "object" => "{}".to_owned(),
        (_, _, _, Value::String(kind)) => kind.clone(),
        _ => panic!("{node}"),
    }
}

#[test]
fn operations_are_as_described() {
    let Some(description) = description() else { return };
    let mut described = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Value::Object(_) = operation else { continue };
            let place = format!("{} {path}", method.to_ascii_uppercase());
            let rows: Vec<_> = ROWS.iter().filter(|row| word_pair(row.line) == place).collect();
            assert_eq!(
                rows.len(),
                1 + usize::from(operation["operationId"] == "client_update_api"),
                "{place}"
            );
            for row in rows {
                check_operation(&description, operation, row);
                described.insert(row.function);
            }
        }
    }
    assert_eq!(described.len(), 86);
}

fn check_operation(description: &Value, operation: &Value, row: &Row) {
    let name = row.function;
    let line = Line::of(row);
    if let Some(id) = operation["operationId"].as_str() {
        assert_eq!(row.id, id);
    }
    let parameters: Vec<_> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| resolved(description, node))
        .collect();
    let of = |place: &'static str| parameters.iter().filter(move |parameter| parameter["in"] == place);
    let in_path: BTreeSet<_> = of("path").map(|parameter| parameter["name"].as_str().unwrap()).collect();
    assert_eq!(in_path, line.places().into_iter().collect(), "{name}");
    let query: Vec<_> = of("query")
        .map(|parameter| {
            let kind = match parameter["schema"]["type"].as_str().unwrap() {
                "string" => Kind::Text,
                "integer" => Kind::Int,
                "boolean" => Kind::Flag,
                other => panic!("{other}"),
            };
            (parameter["name"].as_str().unwrap(), kind, parameter["required"] == true)
        })
        .collect();
    let ours: Vec<_> = line
        .query
        .iter()
        .filter(|member| !NEWER.contains(&member.name.as_str()))
        .map(|member| (member.name.as_str(), member.kind.clone(), member.required))
        .collect();
    assert_eq!(ours, query, "{name}");

    let body = resolved(description, &operation["requestBody"])["content"].as_object();
    let content_type = match line.body {
        Body::Form(_) => "application/x-www-form-urlencoded",
        _ => "application/json",
    };
    let described = body.map_or_else(String::new, |content| schema_name(&content[content_type]["schema"]));
    let ours = row.body.trim_start_matches("form ");
    assert_eq!(ours.rsplit(": ").next().unwrap(), described, "{name}");

    let responses = operation["responses"].as_object().unwrap();
    for (_, response) in responses.iter().filter(|(status, _)| status.starts_with('2')) {
        let Some(content) = resolved(description, response)["content"].as_object() else { continue };
        let (content_type, content) = content.iter().next().unwrap();
        let described = schema_name(&content["schema"]);
        let ours = answer_schema(row)
            .unwrap_or_else(|| if row.response == "String" { "string".to_owned() } else { "{}".to_owned() });
        assert_eq!(ours, described, "{name}");
        assert_eq!(content_type == "text/plain", row.response == "String", "{name}");
    }
}

/// Whether a property of this type can be what is described.
fn is_described(kind: &Kind, node: &Value) -> bool {
    let digest = Digest::get();
    match (kind, node["type"].as_str()) {
        _ if node["$ref"].is_string() => *kind == Kind::Named(schema_name(node)),
        (Kind::Text, Some("string")) => node["enum"].is_null(),
        (Kind::Int, Some("integer")) | (Kind::Flag, Some("boolean")) => true,
        (Kind::Any, Some("object")) => node["properties"].is_null(),
        (Kind::List(kind), Some("array")) => is_described(kind, &node["items"]),
        (Kind::Map(kind), Some("object")) => is_described(kind, &node["additionalProperties"]),
        (Kind::Named(name), Some("object")) => {
            let described: Vec<_> = node["properties"].as_object().unwrap().keys().cloned().collect();
            let ours = digest.schema(name).unwrap().properties.iter().map(|property| property.name.clone());
            ours.collect::<BTreeSet<_>>() == described.into_iter().collect()
        }
        (Kind::Named(name), Some("string")) => {
            digest.enums.get(name).is_some_and(|values| has_values(values, node))
        }
        _ => false,
    }
}

/// Whether an enum has the described values.
fn has_values(ours: &[Vec<String>], node: &Value) -> bool {
    let described = node["enum"].as_array().into_iter().flatten().map(|value| value.as_str().unwrap());
    let ours: BTreeSet<_> = ours.iter().map(|value| value[0].as_str()).collect();
    described.clone().count() > 0 && described.into_iter().all(|value| ours.contains(value))
}

/// What only Authlete's Java library has, by the kind of difference: schema, property, detail.
fn differences(kind: &str) -> Option<BTreeSet<(String, String, String)>> {
    let records = table("java-differences.csv")?.into_iter();
    let of_kind = records.filter(|record| record["difference"] == kind);
    let parts = |record: Record| {
        (record["openapi_schema"].clone(), record["field"].clone(), record["detail"].clone())
    };
    Some(of_kind.map(parts).collect())
}

fn check_schema(schema: &Schema, node: &Value, texts_as_enums: &BTreeSet<(String, String, String)>) {
    let described = node["properties"].as_object().unwrap();
    let required: BTreeSet<_> = match schema.name.ends_with("_request") {
        true => {
            node["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()).collect()
        }
        false => BTreeSet::new(),
    };
    let required: BTreeSet<_> =
        required.into_iter().filter(|name| !NOT_REQUIRED.contains(&(&schema.name, name))).collect();
    let ours: Vec<&Property> = schema.properties.iter().filter(|property| !property.java).collect();
    let names: BTreeSet<_> = ours.iter().map(|property| property.name.as_str()).collect();
    assert_eq!(names, described.keys().map(String::as_str).collect(), "{}", schema.name);
    for property in ours {
        let place = format!("{}.{}", schema.name, property.name);
        assert_eq!(property.required, required.contains(property.name.as_str()), "{place}");
        let corrected = CORRECTIONS
            .iter()
            .find(|(name, corrected, _)| *name == schema.name && *corrected == property.name)
            .map(|(_, _, kind)| Kind::parse(kind));
        let is_enum_in_java =
            texts_as_enums.iter().any(|(name, field, _)| *name == schema.name && *field == property.name);
        match corrected {
            Some(kind) => assert_eq!(property.kind, kind, "{place}"),
            None if is_enum_in_java => assert!(is_enum(&property.kind), "{place}"),
            None => assert!(is_described(&property.kind, &described[&property.name]), "{place}"),
        }
    }
}

fn is_enum(kind: &Kind) -> bool {
    match kind {
        Kind::List(kind) => is_enum(kind),
        Kind::Named(name) => Digest::get().enums.contains_key(name),
        _ => false,
    }
}

#[test]
fn schemas_are_as_described() {
    let (Some(description), Some(texts_as_enums)) =
        (description(), differences("free string in OpenAPI, enum in Java"))
    else {
        return;
    };
    let digest = Digest::get();
    let mut described = BTreeSet::new();
    for (name, node) in description["components"]["schemas"].as_object().unwrap() {
        if node["enum"].is_array() {
            assert!(has_values(&digest.enums[name], node), "{name}");
            continue;
        }
        let schema = digest.schema(name).unwrap_or_else(|| panic!("there is no {name}"));
        assert!(!schema.java, "{name}");
        check_schema(schema, node, &texts_as_enums);
        described.insert(name.as_str());
    }
    let ours = digest.schemas.iter().filter(|schema| !schema.java).map(|schema| schema.name.as_str());
    let ours: BTreeSet<_> = ours.filter(|name| *name != "info_response_service_token_cache").collect();
    assert_eq!(ours, described);
}

/// The order of properties, which a JSON reader does not keep.
#[test]
fn properties_stand_in_the_order_of_the_description() {
    let Some(path) = fact("authlete-openapi-3.0.16.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let schemas = &text[text.find("\"components\"").unwrap()..];
    for schema in
        Digest::get().schemas.iter().filter(|schema| !schema.java && !schema.name.ends_with("_cache"))
    {
        let start = schemas.find(&format!("\n   \"{}\": {{", schema.name)).unwrap();
        let end = start + schemas[start..].find("\n   }").unwrap();
        let schemas = &schemas[..end];
        let mut at = schemas[start..].find("\"properties\": {").unwrap() + start;
        let ours = schema.properties.iter().filter(|property| !property.java);
        for property in ours.clone().filter(|property| !property.required) {
            let name = format!("\"{}\": {{", property.name);
            at += schemas[at..].find(&name).unwrap_or_else(|| panic!("{}.{name}", schema.name));
        }
    }
}

#[test]
fn what_only_java_has_is_there() {
    let (Some(fields), Some(values)) =
        (differences("field only in Java"), differences("enum value only in Java"))
    else {
        return;
    };
    let digest = Digest::get();
    // The headers of a response are no member of its body: they are in `HttpMeta`.
    let fields = fields.into_iter().filter(|(_, field, _)| field != "responseHeaders");
    // A difference of an operation has parentheses for a schema.
    let fields = fields.filter(|(schema, ..)| !schema.starts_with('('));
    let mut known: BTreeSet<_> = fields.map(|(schema, field, _)| (schema, field)).collect();
    known.extend(BESIDES.iter().flat_map(|(schemas, fields)| {
        let of_schema = |schema: &str| {
            fields.iter().map(|field| (schema.to_owned(), (*field).to_owned())).collect::<Vec<_>>()
        };
        schemas.split(' ').flat_map(of_schema).collect::<Vec<_>>()
    }));
    let described = digest.schemas.iter().filter(|schema| !schema.java);
    let ours = described.flat_map(|schema| {
        let java = schema.properties.iter().filter(|property| property.java);
        java.map(|property| (schema.name.clone(), property.name.clone()))
    });
    assert_eq!(ours.collect::<BTreeSet<_>>(), known);

    for (schema, field, value) in values {
        let name = match digest.schema(&schema) {
            None => schema,
            Some(schema) => {
                let property = schema.properties.iter().find(|property| property.name == field).unwrap();
                match &property.kind {
                    Kind::Named(name) => name.clone(),
                    Kind::List(kind) => match &**kind {
                        Kind::Named(name) => name.clone(),
                        other => panic!("{other:?}"),
                    },
                    other => panic!("{other:?}"),
                }
            }
        };
        assert!(digest.enums[&name].iter().any(|spellings| spellings[0] == value), "{name}: {value}");
    }
}

#[test]
fn secret_fields_are_of_their_class() {
    let Some(records) = table("secret-fields.csv") else { return };
    let digest = Digest::get();
    for record in records {
        let (schema, field) = (&record["schema"], &record["field"]);
        let schema = match schema.strip_prefix("(java) ") {
            Some(name) => snake_case(name),
            // Headers, and the values of paths, have tests of their own.
            None if schema.starts_with('(') => continue,
            None => schema.clone(),
        };
        // The list has one that is in no schema and in no library.
        if (schema.as_str(), field.as_str()) == ("token_update_request", "jwtAtClaims") {
            continue;
        }
        let schema = digest.schema(&schema).unwrap_or_else(|| panic!("there is no {schema}"));
        let property = schema
            .properties
            .iter()
            .find(|property| property.name == *field)
            .unwrap_or_else(|| panic!("{}.{field}", schema.name));
        assert_eq!(property.class.as_ref(), Some(&record["class"]), "{}.{field}", schema.name);
    }
}

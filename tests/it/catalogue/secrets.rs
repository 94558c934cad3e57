//! What `Debug` shows of a model: nothing that grants access, carries what does, is personal, or is the server's text.

use super::digest::{Digest, Kind};
use super::generate::{Fill, Generator};
use super::json::Json;
use super::line::Line;
use super::rows::ROWS;
use super::types::MODELS;

/// The values of paths and queries that do not show.
const HIDDEN: [&str; 2] = ["accessTokenIdentifier", "subject"];

/// Texts that tell whether they may show.
fn canaries(seed: u64) -> Generator<'static> {
    let mut number = 0;
    Generator::with_texts(Fill::Every, seed, move |path, class| {
        number += 1;
        let kind = class.map_or("plain", |_| "canary");
        format!("{kind}-{number}-{path}-")
    })
}

/// All texts in a value that begin so.
fn texts(value: &Json, start: &str, found: &mut Vec<String>) {
    match value {
        Json::Text(text) if text.starts_with(start) => found.push(text.clone()),
        Json::List(items) => items.iter().for_each(|item| texts(item, start, found)),
        Json::Object(members) => members.iter().for_each(|(_, value)| texts(value, start, found)),
        _ => {}
    }
}

/// Fails if a canary shows, or another text does not.
fn assert_discreet(name: &str, value: &Json, debug: &str) {
    assert!(!debug.contains("canary"), "{name}: {debug}");
    let mut plain = Vec::new();
    texts(value, "plain", &mut plain);
    for text in plain {
        assert!(debug.contains(&text), "{name}: {text} is hidden");
    }
}

#[test]
fn models_show_what_may_be_seen() {
    for model in MODELS {
        let name = model.schema();
        let value = canaries(0).schema(&name);
        let shown = (model.read)(&value.text()).unwrap();
        assert!(shown.json.contains("canary") || !shown.debug.contains("canary"));
        // The code in an error's body shows if it is one.
        if name == "result" {
            assert!(!shown.debug.contains("canary") && !shown.debug.contains("plain"), "{}", shown.debug);
            continue;
        }
        assert_discreet(&name, &value, &shown.debug);
    }
}

#[test]
fn request_objects_show_what_may_be_seen() {
    for row in ROWS {
        let line = Line::of(row);
        let mut request = line.request(&mut canaries(0), Fill::Every, "plain-path-");
        for (name, value) in request.members_mut() {
            if HIDDEN.contains(&name.as_str()) {
                *value = Json::Text(format!("canary-{name}"));
            }
        }
        let shown = (row.read)(&request.text()).unwrap();
        // What a map of any names shows is for its own test.
        if row.id != "misc_echo_api" {
            assert_discreet(row.function, &request, &shown.debug);
        }
    }
}

#[test]
fn members_of_unknown_names_and_json_of_any_shape_do_not_show() {
    for model in MODELS {
        let name = model.schema();
        let mut generator = Generator::with_texts(Fill::Every, 0, |_, _| "canary".to_owned());
        generator.unknown = true;
        let value = generator.schema(&name);
        let keeps = Digest::get().schema(&name).unwrap().keeps;
        let shown = (model.read)(&value.text()).unwrap();
        assert_eq!(shown.json.contains("unknownKept"), keeps || value.text().contains("unknownKept"));
        // Only the names of unknown members show: their values are JSON of any shape, of which the length does.
        assert!(!shown.debug.contains("freeShape"), "{name}: {}", shown.debug);
    }
    let any = Digest::get().schemas.iter().flat_map(|schema| &schema.properties);
    let any: Vec<_> = any.filter(|property| property.kind == Kind::List(Kind::Any.into())).collect();
    // Keys, and in two responses the names of claims, which may show.
    assert_eq!(any.len(), 3);
    let classes: Vec<_> = any.iter().filter_map(|property| property.class.as_deref()).collect();
    assert_eq!(classes, ["grants"]);
}

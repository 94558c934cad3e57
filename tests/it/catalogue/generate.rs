//! Values of the schemas in `schemas.txt`: all of a kind, or any of a seed.

use super::digest::{Digest, Kind, Property};
use super::json::Json;

/// What the generator adds to objects of models that do not keep what they do not know, and what to those that do.
const DROPPED: &str = "unknownDropped";
const KEPT: &str = "unknownKept";

/// Properties without which the API description would take an object, and the SDK does not.
const NEEDED: [(&str, &str); 1] = [("token_revoke_request", "subject")];

/// Texts that are easily spoiled.
const HARD: [&str; 10] = [
    "",
    " ",
    "a/b c?d#e%2F&=+",
    "..",
    "é 日本 😀",
    "\"\\\u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f}",
    "</script>",
    "null",
    "{\"a\":[1]}",
    "\u{2028}\u{feff}\u{fffd}",
];

/// A sequence of numbers that a seed determines (SplitMix64).
#[derive(Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % end as u64) as usize
    }
}

/// Which properties are there.
#[derive(Clone, Copy, PartialEq)]
pub enum Fill {
    Every,
    Required,
    Any,
}

/// Makes texts: from the path of the property, and why it is hidden.
type MakeText<'a> = dyn FnMut(&str, Option<&str>) -> String + 'a;

pub struct Generator<'a> {
    fill: Fill,
    random: Random,
    make_text: Box<MakeText<'a>>,
    /// Whether enums have values that no version knows.
    pub novel_enums: bool,
    /// Whether objects have members that no version knows.
    pub unknown: bool,
    path: String,
}

impl<'a> Generator<'a> {
    /// Every text is another, and hard.
    pub fn new(fill: Fill, seed: u64) -> Self {
        let mut number = seed as usize;
        Self::with_texts(fill, seed, move |path, _| {
            number += 1;
            format!("{path}{}", HARD[number % HARD.len()])
        })
    }

    pub fn with_texts(
        fill: Fill,
        seed: u64,
        make_text: impl FnMut(&str, Option<&str>) -> String + 'a,
    ) -> Self {
        let make_text = Box::new(make_text);
        let random = Random(seed);
        Self { fill, random, make_text, novel_enums: false, unknown: false, path: String::new() }
    }

    pub fn schema(&mut self, name: &str) -> Json {
        self.kind(&Kind::Named(name.to_owned()), None)
    }

    pub fn property(&mut self, property: &Property) -> Json {
        let length = self.path.len();
        self.path.push('.');
        self.path.push_str(&property.name);
        let value = self.kind(&property.kind, property.class.as_deref());
        self.path.truncate(length);
        value
    }

    pub fn kind(&mut self, kind: &Kind, class: Option<&str>) -> Json {
        match kind {
            Kind::Text => Json::Text((self.make_text)(&self.path, class)),
            Kind::Int => Json::Int(self.int()),
            Kind::Flag => Json::Flag(self.random.below(2) == 0),
            Kind::Any => {
                let text = Json::Text((self.make_text)(&self.path, class)).text();
                Json::Any(format!(r#"{{"freeShape":"EC","n":[1,-2.5,true],"":{{}},"x":{text}}}"#))
            }
            Kind::List(kind) => {
                let count = match (self.fill, &**kind) {
                    (Fill::Any, _) => self.random.below(4),
                    (_, Kind::Named(_)) => 1,
                    _ => 2,
                };
                Json::List((0..count).map(|_| self.kind(kind, class)).collect())
            }
            Kind::Map(kind) => {
                let names = ["", "a é", "b"];
                Json::Object(names.map(|name| (name.to_owned(), self.kind(kind, class))).into())
            }
            Kind::Named(name) => match Digest::get().enums.get(name) {
                Some(_) if self.novel_enums => Json::Text(format!("NOVEL_{}✓", self.random.below(100))),
                Some(values) => Json::Text(values[self.random.below(values.len())][0].clone()),
                None => self.object(name),
            },
        }
    }

    fn object(&mut self, name: &str) -> Json {
        let schema = Digest::get().schema(name).unwrap_or_else(|| panic!("there is no {name}"));
        let mut members = Vec::new();
        for property in &schema.properties {
            let is_there = property.required
                || NEEDED.contains(&(name, &property.name))
                || match self.fill {
                    Fill::Every => true,
                    Fill::Required => false,
                    Fill::Any => self.random.below(2) == 0,
                };
            if is_there {
                members.push((property.name.clone(), self.property(property)));
            }
        }
        if self.unknown {
            let name = if schema.keeps { KEPT } else { DROPPED };
            let place = self.random.below(members.len() + 1);
            members.insert(place, (name.to_owned(), self.kind(&Kind::Any, None)));
        }
        if self.fill == Fill::Any {
            for end in (1..members.len()).rev() {
                members.swap(self.random.below(end + 1), end);
            }
        }
        Json::Object(members)
    }

    fn int(&mut self) -> i64 {
        match self.random.below(8) {
            0 => i64::MAX,
            1 => i64::MIN,
            2 => 0,
            other => (self.random.below(1 << 40) as i64 - (1 << 39)) * other as i64,
        }
    }
}

/// What is left of a value that was read and written: neither nulls nor unknown members, unless they are kept.
pub fn kept(value: &Json) -> Json {
    match value {
        Json::List(items) => Json::List(items.iter().map(kept).collect()),
        Json::Object(members) => {
            let members = members.iter().filter(|(name, value)| name != DROPPED && *value != Json::Null);
            Json::Object(members.map(|(name, value)| (name.clone(), kept(value))).collect())
        }
        other => other.clone(),
    }
}

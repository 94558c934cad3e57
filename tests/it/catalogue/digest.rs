//! `schemas.txt`: the names and types on the wire, in a form of our own.
//!
//! ```text
//! token_create_request
//!  grantType! grant_type
//!  accessToken text grants
//!  properties [property]
//! grant_type = AUTHORIZATION_CODE IMPLICIT
//! ```
//!
//! A line of one name begins a schema. `java` behind it: only Authlete's Java library has it. `keeps`: the model keeps
//! members that it does not know. Under it stand the properties, those that the model's `new` takes marked with `!` and
//! before the rest, otherwise in the order of the API's description. A property's type is `text`, `int`, `flag`, `any`
//! (JSON of any shape), a schema, or `[list]` or `{map}` of one. What follows says why `Debug` hides it: it `grants`
//! access, `carries` what does, is `personal`, or is `text` of the server; and `java` as above. Enums come last, with
//! `VALUE|ALIAS` where a second spelling is read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub struct Digest {
    pub schemas: Vec<Schema>,
    /// By name: the values, each with its other spellings behind it.
    pub enums: BTreeMap<String, Vec<Vec<String>>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub name: String,
    pub java: bool,
    pub keeps: bool,
    pub properties: Vec<Property>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    pub name: String,
    pub required: bool,
    pub kind: Kind,
    pub class: Option<String>,
    pub java: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text,
    Int,
    Flag,
    Any,
    List(Box<Kind>),
    Map(Box<Kind>),
    Named(String),
}

impl Kind {
    pub fn parse(text: &str) -> Self {
        let inner =
            |open, close| text.strip_prefix(open)?.strip_suffix(close).map(|kind| Kind::parse(kind).into());
        match text {
            "text" => Self::Text,
            "int" => Self::Int,
            "flag" => Self::Flag,
            "any" => Self::Any,
            _ => inner('[', ']')
                .map(Self::List)
                .or_else(|| inner('{', '}').map(Self::Map))
                .unwrap_or_else(|| Self::Named(text.to_owned())),
        }
    }
}

impl Digest {
    /// The committed one.
    pub fn get() -> &'static Self {
        static DIGEST: OnceLock<Digest> = OnceLock::new();
        DIGEST.get_or_init(|| Self::parse(include_str!("schemas.txt")))
    }

    fn parse(text: &str) -> Self {
        let mut digest = Self { schemas: Vec::new(), enums: BTreeMap::new() };
        for line in text.lines().filter(|line| !line.is_empty()) {
            let mut words = line.split_whitespace().map(str::to_owned);
            let name = words.next().unwrap();
            let words: Vec<_> = words.collect();
            let says = |what: &str| words.iter().any(|word| word == what);
            if let [equals, values @ ..] = words.as_slice()
                && equals == "="
            {
                let values = values.iter().map(|value| value.split('|').map(str::to_owned).collect());
                digest.enums.insert(name, values.collect());
            } else if line.starts_with(' ') {
                let schema = digest.schemas.last_mut().unwrap();
                schema.properties.push(Property {
                    required: name.ends_with('!'),
                    name: name.trim_end_matches('!').to_owned(),
                    kind: Kind::parse(&words[0]),
                    class: words[1..].iter().find(|word| *word != "java").cloned(),
                    java: says("java"),
                });
            } else {
                let (java, keeps) = (says("java"), says("keeps"));
                digest.schemas.push(Schema { name, java, keeps, properties: Vec::new() });
            }
        }
        digest
    }

    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.iter().find(|schema| schema.name == name)
    }
}

/// `TokenCreateRequest` as `token_create_request`.
pub fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `token_create_request` as `tokenCreateRequest`.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap().to_owned();
    words.fold(first, |camel, word| {
        let (initial, rest) = word.split_at(1);
        camel + &initial.to_ascii_uppercase() + rest
    })
}

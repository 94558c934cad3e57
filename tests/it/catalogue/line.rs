//! A row's line taken apart, and the request objects that it asks for.

use super::digest::{Digest, Kind, Property, camel_case};
use super::generate::{Fill, Generator};
use super::json::Json;
use super::rows::Row;

/// Where the parts of a request stand in the request object, and of what types they are.
pub struct Line {
    pub method: &'static str,
    /// The path, with `{name}` for each of its values.
    pub template: &'static str,
    pub query: Vec<Property>,
    pub body: Body,
}

pub enum Body {
    None,
    /// An object without members.
    Empty,
    /// An object of the subject, which stands in the request object itself.
    Subject,
    Json(Property),
    Form(Property),
}

impl Line {
    pub fn of(row: &Row) -> Self {
        let mut words = row.line.split_whitespace();
        let (method, template) = (words.next().unwrap(), words.next().unwrap());
        let query = words.map(|word| {
            let (name, kind) = word.strip_prefix('?').unwrap().split_once(':').unwrap();
            property(name.trim_end_matches('!'), kind, name.ends_with('!'))
        });
        let body = |text: &str| {
            let (name, kind) = text.split_once(": ").map_or_else(
                || match Kind::parse(text) {
                    Kind::Named(name) => (camel_case(&name), text),
                    _ => ("requestBody".to_owned(), text),
                },
                |(name, kind)| (name.to_owned(), kind),
            );
            property(&name, kind, true)
        };
        let body = match row.body {
            "" => Body::None,
            "{}" => Body::Empty,
            "subject_body" => Body::Subject,
            text => match text.strip_prefix("form ") {
                Some(text) => Body::Form(body(text)),
                None => Body::Json(body(text)),
            },
        };
        Self { method, template, query: query.collect(), body }
    }

    /// The names of the path's values, the service's among them.
    pub fn places(&self) -> Vec<&'static str> {
        self.template.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect()
    }

    pub fn has_service(&self) -> bool {
        self.template.contains("{serviceId}")
    }

    /// The members of the request object, except for what is in the path.
    fn members(&self) -> Vec<Property> {
        let mut members = self.query.clone();
        match &self.body {
            Body::None | Body::Empty => {}
            Body::Subject => members.push(property("subject", "text", true)),
            Body::Json(body) | Body::Form(body) => members.push(body.clone()),
        }
        members
    }

    /// A request object with this value in each place of the path.
    pub fn request(&self, generator: &mut Generator<'_>, fill: Fill, in_path: &str) -> Json {
        let mut members: Vec<_> =
            self.places().into_iter().map(|name| (name.to_owned(), Json::Text(in_path.to_owned()))).collect();
        for member in self.members() {
            if member.required || fill == Fill::Every {
                let mut value = generator.property(&member);
                if let Body::Form(_) = self.body {
                    flatten(&mut value);
                }
                members.push((member.name, value));
            }
        }
        Json::Object(members)
    }

    /// The least that is asked for.
    pub fn least(&self) -> Json {
        let texts = |path: &str, _: Option<&str>| path.to_owned();
        self.request(&mut Generator::with_texts(Fill::Required, 0, texts), Fill::Required, "1")
    }
}

/// Takes away what a form cannot carry.
fn flatten(value: &mut Json) {
    let is_flat = |value: &Json| matches!(value, Json::Flag(_) | Json::Int(_) | Json::Text(_));
    value.members_mut().retain(|(_, value)| match value {
        Json::List(items) => items.iter().all(is_flat),
        other => is_flat(other),
    });
}

fn property(name: &str, kind: &str, required: bool) -> Property {
    Property { name: name.to_owned(), required, kind: Kind::parse(kind), class: None, java: false }
}

/// The schema of the operation's answer, if it has one.
pub fn answer_schema(row: &Row) -> Option<String> {
    let name = super::digest::snake_case(row.response);
    Digest::get().schema(&name).map(|_| name)
}

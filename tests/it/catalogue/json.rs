//! JSON whose members keep their order, written by code that is not the library's.

use std::fmt::Write;

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    Int(i64),
    Text(String),
    /// A value as its text.
    Any(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Self {
        Self::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
    }

    pub fn members(&self) -> &[(String, Json)] {
        match self {
            Self::Object(members) => members,
            other => panic!("no object: {other:?}"),
        }
    }

    pub fn members_mut(&mut self) -> &mut Vec<(String, Json)> {
        match self {
            Self::Object(members) => members,
            other => panic!("no object: {other:?}"),
        }
    }

    /// The shortest text (RFC 8259), with the short escapes.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Flag(value) => write!(text, "{value}").unwrap(),
            Self::Int(value) => write!(text, "{value}").unwrap(),
            Self::Text(value) => text.push_str(&serde_json::to_string(value).unwrap()),
            Self::Any(value) => text.push_str(value),
            Self::List(items) => {
                text.push('[');
                separated(text, items, |text, item| item.write(text));
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                separated(text, members, |text, (name, value)| {
                    Self::Text(name.clone()).write(text);
                    text.push(':');
                    value.write(text);
                });
                text.push('}');
            }
        }
    }

    /// For comparing without regard to the order of members.
    pub fn value(&self) -> serde_json::Value {
        serde_json::from_str(&self.text()).unwrap()
    }
}

fn separated<T>(text: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        write(text, item);
    }
}

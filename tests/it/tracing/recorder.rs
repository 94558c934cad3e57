//! A subscriber that writes everything down.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record as Recorded};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Metadata, Subscriber};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Span,
    Event,
}

/// A span or an event.
#[derive(Clone, Debug)]
pub struct Record {
    pub kind: Kind,
    /// That of the span, or the event's message.
    pub name: String,
    pub target: String,
    pub level: Level,
    pub id: u64,
    pub parent: Option<u64>,
    /// All that it may have, and what it has.
    pub fields: Vec<&'static str>,
    pub values: Vec<(String, String)>,
}

impl Record {
    pub fn get(&self, field: &str) -> Option<&str> {
        let values: Vec<_> = self.values.iter().filter(|(name, _)| name == field).collect();
        assert!(values.len() <= 1, "{field} is recorded twice: {self:?}");
        values.first().map(|(_, value)| value.as_str())
    }

    pub fn assert(&self, field: &str, value: &str) {
        assert_eq!(self.get(field), Some(value), "{field} of {self:?}");
    }

    pub fn assert_none(&self, field: &str) {
        assert_eq!(self.get(field), None, "{field} of {self:?}");
    }
}

struct Values<'a>(&'a mut Vec<(String, String)>);

impl Visit for Values<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push((field.name().to_owned(), format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name().to_owned(), value.to_owned()));
    }
}

#[derive(Default)]
struct State {
    records: Vec<Record>,
    entered: Vec<u64>,
}

/// Clones share the record.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<State>>);

impl Recorder {
    /// Makes it the subscriber of this thread until the guard is dropped.
    pub fn install(&self) -> DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// What the SDK has told, in order.
    pub fn ours(&self) -> Vec<Record> {
        let records = &self.0.lock().unwrap().records;
        records.iter().filter(|record| record.target.starts_with("authlete")).cloned().collect()
    }

    fn add(&self, kind: Kind, metadata: &Metadata<'_>, parent: Parent, values: Vec<(String, String)>) -> u64 {
        let mut state = self.0.lock().unwrap();
        let id = state.records.len() as u64 + 1;
        let parent = match parent {
            Parent::Given(id) => Some(id),
            Parent::Current => state.entered.last().copied(),
            Parent::None => None,
        };
        let message = values.iter().find(|(name, _)| name == "message").map(|(_, message)| message.clone());
        state.records.push(Record {
            kind,
            name: message.unwrap_or_else(|| metadata.name().to_owned()),
            target: metadata.target().to_owned(),
            level: *metadata.level(),
            id,
            parent,
            fields: metadata
                .fields()
                .iter()
                .map(|field| field.name())
                .filter(|&name| name != "message")
                .collect(),
            values: values.into_iter().filter(|(name, _)| name != "message").collect(),
        });
        id
    }
}

enum Parent {
    Given(u64),
    Current,
    None,
}

impl Parent {
    fn of(given: Option<&Id>, is_root: bool) -> Self {
        match given {
            Some(id) => Self::Given(id.into_u64()),
            None if is_root => Self::None,
            None => Self::Current,
        }
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut values = Vec::new();
        attributes.record(&mut Values(&mut values));
        let parent = Parent::of(attributes.parent(), attributes.is_root());
        Id::from_u64(self.add(Kind::Span, attributes.metadata(), parent, values))
    }

    fn record(&self, id: &Id, recorded: &Recorded<'_>) {
        let mut state = self.0.lock().unwrap();
        let record = state.records.iter_mut().find(|record| record.id == id.into_u64()).unwrap();
        recorded.record(&mut Values(&mut record.values));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut values = Vec::new();
        event.record(&mut Values(&mut values));
        self.add(Kind::Event, event.metadata(), Parent::of(event.parent(), event.is_root()), values);
    }

    fn enter(&self, id: &Id) {
        self.0.lock().unwrap().entered.push(id.into_u64());
    }

    fn exit(&self, id: &Id) {
        let mut state = self.0.lock().unwrap();
        let at = state.entered.iter().rposition(|entered| *entered == id.into_u64()).unwrap();
        state.entered.remove(at);
    }
}

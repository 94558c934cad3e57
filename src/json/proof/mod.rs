//! What the codec is proved by: every model, texts made up for it, and a judge that shares no code with the reader.
//!
//! The tests of the gate and the fuzz targets call [`compare`]; both make up texts with [`Choices`].

mod choices;
mod every;
mod judge;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;
mod texts;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(super) use self::choices::Choices;
pub(super) use self::every::MODELS;
use self::judge::Misfit;
pub(super) use self::texts::{mutated, text};
use super::{Fault, Flaw, Limits, read, write};
use crate::models::table::{Slot, Value};

/// Looks at a place.
type Visit<'a> = dyn FnMut(Slot<'_>) + 'a;

/// A type of the wire, without its type.
pub(super) struct Model {
    pub(super) name: &'static str,
    /// Shows an empty one, to be filled.
    pub(super) blank: fn(&mut Visit<'_>),
    /// See [`compare`].
    pub(super) compare: fn(&str) -> bool,
    #[cfg(test)]
    pub(super) round_trip: fn(&str),
    /// What is written of a text that is right, and what `Debug` shows of it.
    #[cfg(test)]
    pub(super) read: fn(&str) -> (String, String),
}

impl Model {
    const fn new<T: Value + Serialize + DeserializeOwned + PartialEq + Clone + fmt::Debug>(
        name: &'static str,
    ) -> Self {
        Self {
            name,
            blank: |visit| visit(T::blank().slot()),
            compare: compare::<T>,
            #[cfg(test)]
            round_trip: tests::round_trip::<T>,
            #[cfg(test)]
            read: |text| {
                ours::<T>(text).map(|value| (written(&value), format!("{value:?}"))).expect("a right text")
            },
        }
    }
}

/// Reads with our reader alone.
fn ours<T: Value>(text: &str) -> Result<T, Flaw> {
    let limits = Limits { memory: usize::MAX, is_late: &|| false };
    let mut value = T::blank();
    read(text, value.slot(), &limits).map(|()| value)
}

fn written<T: Value>(value: &T) -> String {
    let mut text = Vec::new();
    write(&mut text, value.part());
    String::from_utf8(text).expect("what is written is UTF-8")
}

/// Holds reader and writer against the judge and against serde_json over the same model. Returns whether the text was
/// accepted.
///
/// # Panics
/// If they do not agree.
fn compare<T: Value + Serialize + DeserializeOwned + PartialEq + Clone>(text: &str) -> bool {
    let ours = ours::<T>(text);
    let judged = judge::judge(text, T::blank().slot());
    let theirs = serde_json::from_str::<T>(text);
    match (&ours, &judged.result) {
        // The one value with two spellings.
        (Ok(value), Ok(expected)) => {
            let expected = expected.replace("\"SUCCEED\"", "\"SUCCEEDED\"");
            assert_eq!(written(value).replace("\"SUCCEED\"", "\"SUCCEEDED\""), expected, "{text}");
        }
        (Err(flaw), Err(Misfit::Shape(kind, path))) => {
            assert_eq!((flaw.fault, &flaw.path), (Fault::Json(*kind), path), "{text}");
        }
        // It may have found something else wrong before the text was none.
        (Err(_), Err(Misfit::Text)) => {}
        (ours, expected) => panic!("{:?}, not {expected:?}: {text}", ours.as_ref().map(written)),
    }
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) if !judged.is_raw => assert_eq!(written(ours), written(theirs), "{text}"),
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        (Ok(_), Err(_)) => assert!(judged.is_odd, "serde_json refuses {text}"),
        (Err(_), Ok(_)) => assert!(judged.is_odd, "serde_json accepts {text}"),
    }
    if let Ok(value) = &ours {
        assert!(value.clone() == *value, "{text}");
        assert_eq!(self::ours::<T>(&written(value)).map(|again| again == *value).ok(), Some(true), "{text}");
        if !judged.is_raw {
            assert_eq!(serde_json::to_string(value).ok(), Some(written(value)), "{text}");
        }
    }
    ours.is_ok()
}

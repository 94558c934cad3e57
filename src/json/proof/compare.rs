//! One text, read and written in several ways.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::{ours, written};
use super::judge::{Misfit, judge};
use crate::json::Fault;
use crate::models::table::Value;

/// Holds reader and writer against the judge and against serde_json over the same model. Returns whether the text was
/// accepted.
///
/// # Panics
/// If they do not agree.
pub(super) fn compare<T: Value + Serialize + DeserializeOwned + PartialEq + Clone>(text: &str) -> bool {
    let read = ours::<T>(text);
    let judged = judge(text, T::blank().place());
    let theirs = serde_json::from_str::<T>(text);
    match (&read, &judged.result) {
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
    match (&read, &theirs) {
        (Ok(ours), Ok(theirs)) if !judged.is_raw => assert_eq!(written(ours), written(theirs), "{text}"),
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        (Ok(_), Err(_)) => assert!(judged.is_odd, "serde_json refuses {text}"),
        (Err(_), Ok(_)) => assert!(judged.is_odd, "serde_json accepts {text}"),
    }
    if let Ok(value) = &read {
        assert!(value.clone() == *value, "{text}");
        assert_eq!(ours::<T>(&written(value)).map(|again| again == *value).ok(), Some(true), "{text}");
        if !judged.is_raw {
            assert_eq!(serde_json::to_string(value).ok(), Some(written(value)), "{text}");
        }
    }
    read.is_ok()
}

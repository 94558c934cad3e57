//! There and back through serde.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::{ours, written};
use super::judge::{DEEP, depth};
use crate::models::table::Value;

/// Takes what a text holds through serde, to a format with text and to one without.
pub(super) fn round_trip<T: Value + Serialize + DeserializeOwned + PartialEq>(text: &str) {
    let Ok(value) = ours::<T>(text) else { return };
    if depth(text) > DEEP {
        return;
    }
    // Free JSON is normalised the first time: a number that no format has is an error.
    let Ok(json) = serde_json::to_string(&value) else { return };
    let value: T = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(serde_json::to_string(&value).unwrap(), json, "{text}");
    let cbor = cbor4ii::serde::to_vec(vec![], &value).unwrap();
    let back: T = cbor4ii::serde::from_slice(&cbor).unwrap_or_else(|error| panic!("{error:?}: {json}"));
    assert!(back == value, "{} is not {json}", written(&back));
    let tree = serde_json::to_value(&value).unwrap();
    let back: T = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(serde_json::to_value(&back).unwrap(), tree, "{json}");
}

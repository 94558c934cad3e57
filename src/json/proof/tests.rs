//! The proof, as far as a gate has the time. `PROPTEST_CASES` gives it more.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Choices, MODELS, Model, judge, mutated, ours, text, written};
use crate::models::table::Value;

/// Runs a check on texts made up for every model: so many for each, at the usual number of cases.
fn of_every_model(cases: u32, check: impl Fn(&Model, &mut Choices<'_>)) {
    let cases = (Config::default().cases * cases).div_ceil(256);
    for model in MODELS {
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let bytes = proptest::collection::vec(any::<u8>(), 0..600);
        let result = runner.run(&bytes, |bytes| {
            check(model, &mut Choices::new(&bytes));
            Ok(())
        });
        if let Err(error) = result {
            panic!("{}: {error}", model.name);
        }
    }
}

#[test]
fn every_model_reads_and_writes_as_serde_json_does() {
    let (texts, accepted) = (Cell::new(0_usize), Cell::new(0_usize));
    of_every_model(24, |model, choices| {
        let text = text_for(model, choices);
        let text = if choices.once_in(2) { mutated(text, choices) } else { text };
        texts.set(texts.get() + 1);
        accepted.set(accepted.get() + usize::from((model.compare)(&text)));
    });
    // Neither all rubbish nor all right.
    let (texts, accepted) = (texts.get(), accepted.get());
    assert!((texts / 4..texts - texts / 8).contains(&accepted), "{accepted} of {texts} accepted");
}

#[test]
fn every_model_comes_back_from_text_and_from_cbor() {
    of_every_model(8, |model, choices| (model.round_trip)(&text_for(model, choices)));
}

fn text_for(model: &Model, choices: &mut Choices<'_>) -> String {
    let mut made = String::new();
    (model.blank)(&mut |slot| made = text(slot, choices));
    made
}

/// Takes what a text holds through serde, to a format with text and to one without.
pub(super) fn round_trip<T: Value + Serialize + DeserializeOwned + PartialEq>(text: &str) {
    let Ok(value) = ours::<T>(text) else { return };
    if judge::depth(text) > judge::DEEP {
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

//! The proof, as far as a gate has the time. `PROPTEST_CASES` gives it more.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::every::MODELS;
use super::model::AnyModel;
use super::texts::{mutated, text};
use super::unstructured::Unstructured;

/// Runs a check on texts made up for every model: so many for each, at the usual number of cases.
fn of_every_model(cases: u32, check: impl Fn(&AnyModel, &mut Unstructured<'_>)) {
    let cases = (Config::default().cases * cases).div_ceil(256);
    for model in MODELS {
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let bytes = proptest::collection::vec(any::<u8>(), 0..600);
        let result = runner.run(&bytes, |bytes| {
            check(model, &mut Unstructured::new(&bytes));
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

fn text_for(model: &AnyModel, choices: &mut Unstructured<'_>) -> String {
    let mut made = String::new();
    (model.blank)(&mut |place| made = text(place, choices));
    made
}

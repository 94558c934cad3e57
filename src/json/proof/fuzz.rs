//! What fuzz targets run.

use super::every::MODELS;
use super::texts::{mutated, text};
use super::unstructured::Unstructured;

/// Compares a text made up from these bytes for a model that they choose.
pub(crate) fn made_up(bytes: &[u8]) {
    let mut choices = Unstructured::new(bytes);
    let model = &MODELS[choices.below(MODELS.len())];
    let mut made = String::new();
    (model.blank)(&mut |place| made = text(place, &mut choices));
    if choices.once_in(2) {
        made = mutated(made, &mut choices);
    }
    (model.compare)(&made);
}

/// Compares the text behind the first two bytes, which choose a model.
pub(crate) fn any_text(bytes: &[u8]) {
    let Some((model, text)) = bytes.split_at_checked(2) else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    (MODELS[Unstructured::new(model).below(MODELS.len())].compare)(text);
}

//! Models as forms (application/x-www-form-urlencoded), flat as those are.

use std::borrow::Cow;

use super::target::push_encoded;
use crate::error::InvalidValue;
use crate::models::names::Names;
use crate::models::table::{Part, Show, UNKNOWN};

/// Encodes the members of a model. A list is its key as often as it has elements, as OpenAPI's default style has it. A member that is
/// not flat is refused, and so is an empty list, which no form tells from an absent one.
pub(super) fn encode(names: Names, model: &dyn Show) -> Result<String, InvalidValue> {
    const NESTED: &str = "cannot be sent in a form: send it as JSON";
    const EMPTY: &str = "is an empty list, which a form cannot send: send it as JSON";
    let mut form = String::new();
    for name in names.iter() {
        let nested = || InvalidValue::new(name.bare(), NESTED);
        match model.part(name.index) {
            None => {}
            Some(Part::List(items)) if items.count() == 0 => {
                return Err(InvalidValue::new(name.bare(), EMPTY));
            }
            Some(Part::List(items)) => {
                for index in 0..items.count() {
                    let value = items.item(index).and_then(scalar).ok_or_else(nested)?;
                    push(&mut form, name.bare(), &value);
                }
            }
            Some(part) => push(&mut form, name.bare(), &scalar(part).ok_or_else(nested)?),
        }
    }
    if let Some(Part::Map(members)) = model.part(UNKNOWN) {
        let mut unknown = Ok(());
        members.each(&mut |name, _| unknown = Err(InvalidValue::unknown_member(name)));
        unknown?;
    }
    Ok(form)
}

fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    push_encoded(form, name);
    form.push('=');
    push_encoded(form, value);
}

/// The text of a string, a boolean or a number.
pub(super) fn scalar(part: Part<'_>) -> Option<Cow<'_, str>> {
    match part {
        Part::Text(text) => Some(text.into()),
        Part::Flag(value) => Some(if value { "true" } else { "false" }.into()),
        Part::Int(value) => Some(value.to_string().into()),
        Part::Raw(_) | Part::List(_) | Part::Map(_) | Part::Object(..) => None,
    }
}

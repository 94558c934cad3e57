//! Models as forms (application/x-www-form-urlencoded), flat as those are.

use std::borrow::Cow;

use super::target::push_encoded;
use crate::error::InvalidValue;
use crate::models::schema::Schema;
use crate::models::table::{Fields, Fragment, UNKNOWN};

/// Encodes the members of a model. A list is its key as often as it has elements, as OpenAPI's default style has it. A member that is
/// not flat is refused, and so is an empty list, which no form tells from an absent one.
pub(super) fn encode(schema: Schema, model: &dyn Fields) -> Result<String, InvalidValue> {
    const NESTED: &str = "cannot be sent in a form: send it as JSON";
    const EMPTY: &str = "is an empty list, which a form cannot send: send it as JSON";
    let mut form = String::new();
    for name in schema.iter() {
        let nested = || InvalidValue::new(name.bare(), NESTED);
        match model.fragment(name.index) {
            None => {}
            Some(Fragment::List(items)) if items.count() == 0 => {
                return Err(InvalidValue::new(name.bare(), EMPTY));
            }
            Some(Fragment::List(items)) => {
                for index in 0..items.count() {
                    let value = items.item(index).and_then(scalar).ok_or_else(nested)?;
                    push(&mut form, name.bare(), &value);
                }
            }
            Some(fragment) => push(&mut form, name.bare(), &scalar(fragment).ok_or_else(nested)?),
        }
    }
    if let Some(Fragment::Map(members)) = model.fragment(UNKNOWN) {
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
pub(super) fn scalar(fragment: Fragment<'_>) -> Option<Cow<'_, str>> {
    match fragment {
        Fragment::Text(text) => Some(text.into()),
        Fragment::Flag(value) => Some(if value { "true" } else { "false" }.into()),
        Fragment::Int(value) => Some(value.to_string().into()),
        Fragment::Raw(_) | Fragment::List(_) | Fragment::Map(_) | Fragment::Object(..) => None,
    }
}

//! Models as forms (application/x-www-form-urlencoded), flat as those are.

use std::borrow::Cow;

use crate::error::Rejected;
use crate::models::table::{Part, Show, UNKNOWN};
use crate::path::push_encoded;

/// Encodes the members of a model. The strings of a list are joined by spaces.
pub(super) fn encode(model: &dyn Show) -> Result<String, Rejected> {
    let mut form = String::new();
    for name in model.shape().names() {
        if let Some(part) = model.part(name.index) {
            let value = scalar(part).or_else(|| joined(part)).ok_or(NESTED)?;
            push(&mut form, name.bare(), &value);
        }
    }
    if let Some(Part::Map(members)) = model.part(UNKNOWN) {
        let mut result = Ok(());
        members.each(&mut |_, _| result = Err(NESTED));
        result?;
    }
    Ok(form)
}

const NESTED: Rejected =
    Rejected::new("request body", "has a member that no form can carry: send it as JSON");

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
        Part::Raw(_) | Part::List(_) | Part::Map(_) | Part::Object(_) => None,
    }
}

/// The strings of a list with spaces between them.
fn joined(part: Part<'_>) -> Option<Cow<'_, str>> {
    let Part::List(items) = part else { return None };
    let texts: Option<Vec<_>> = (0..items.count()).map(|index| scalar(items.item(index)?)).collect();
    Some(texts?.join(" ").into())
}

//! Models as forms (application/x-www-form-urlencoded), flat as those are.

use std::borrow::Cow;

use crate::error::Rejected;
use crate::models::names::Names;
use crate::models::table::{Part, Show, UNKNOWN};
use crate::path::push_encoded;

/// Encodes the members of a model. The strings of a list are joined by spaces. What would not come out as it went in is
/// refused: a member that is not flat, and an element that a list so joined would lose.
pub(super) fn encode(names: Names, model: &dyn Show) -> Result<String, Rejected> {
    const NESTED: &str = "cannot be sent in a form: send it as JSON";
    const ELEMENT: &str = "has an element that is empty or has whitespace in it: send it as JSON";
    let mut form = String::new();
    for name in names.iter() {
        let value = match model.part(name.index) {
            None => continue,
            Some(Part::List(items)) => {
                let texts: Option<Vec<_>> =
                    (0..items.count()).map(|index| scalar(items.item(index)?)).collect();
                let texts = texts.ok_or(Rejected::new(name.bare(), NESTED))?;
                if texts.iter().any(|text| text.is_empty() || text.contains(char::is_whitespace)) {
                    return Err(Rejected::new(name.bare(), ELEMENT));
                }
                texts.join(" ").into()
            }
            Some(part) => scalar(part).ok_or(Rejected::new(name.bare(), NESTED))?,
        };
        push(&mut form, name.bare(), &value);
    }
    if let Some(Part::Map(members)) = model.part(UNKNOWN) {
        let mut result = Ok(());
        members.each(&mut |_, _| result = Err(Rejected::new("unknown", NESTED)));
        result?;
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

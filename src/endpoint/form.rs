//! The form encoding (WHATWG URL, `application/x-www-form-urlencoded`).

/// Decodes a name or a value: `+` is a space, and an escape that is none stays as it is. `None` if the bytes are no text.
pub(super) fn decode(text: &str) -> Option<String> {
    bytes(text, b' ')
}

/// Decodes percent-encoding alone (RFC 3986 section 2.1). `None` if the bytes are no text.
pub(super) fn unescape(text: &str) -> Option<String> {
    bytes(text, b'+')
}

fn bytes(text: &str, plus: u8) -> Option<String> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        bytes.push(match byte {
            b'+' => plus,
            b'%' => match (digit(after.first()), digit(after.get(1))) {
                (Some(high), Some(low)) => {
                    rest = after.get(2..).unwrap_or_default();
                    u8::try_from(high * 16 + low).unwrap_or_default()
                }
                _ => b'%',
            },
            byte => *byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The raw names and values of a form.
pub(super) fn pairs(form: &str) -> impl Iterator<Item = (&str, &str)> {
    let parameters = form.split('&').filter(|parameter| !parameter.is_empty());
    parameters.map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
}

/// The decoded value of the first parameter with this name. `None` if there is none, or if it is no text.
pub(super) fn value(form: &str, name: &str) -> Option<String> {
    pairs(form).find(|(raw, _)| is_named(raw, name)).and_then(|(_, value)| decode(value))
}

/// Whether a raw name is this one.
pub(super) fn is_named(raw: &str, name: &str) -> bool {
    raw == name || raw.contains(['%', '+']) && decode(raw).as_deref() == Some(name)
}

/// Whether a parameter stands there twice which must not (RFC 6749 section 3.1 and 3.2): any but those that are lists by
/// repetition (RFC 8693 section 2.1, RFC 8707 section 2).
pub(super) fn repeats(form: &str) -> bool {
    let mut names: Vec<_> =
        pairs(form).map(|(name, _)| decode(name).unwrap_or_else(|| name.to_owned())).collect();
    names.retain(|name| !matches!(name.as_str(), "resource" | "audience"));
    names.sort_unstable();
    names.windows(2).any(|pair| pair.first() == pair.last())
}

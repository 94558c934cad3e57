//! The form encoding (WHATWG URL, `application/x-www-form-urlencoded`) of one value.

/// Decodes a name or a value: `+` is a space, and an escape that is none stays as it is. `None` if the bytes are no text.
pub(super) fn decode(text: &str) -> Option<String> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        bytes.push(match byte {
            b'+' => b' ',
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

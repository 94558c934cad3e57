//! A client's raw request parameters, as far as repeating a call depends on them.

use zeroize::Zeroizing;

use crate::models::Secret;

/// Whether one of these names may be among the raw parameters: a query or form (`application/x-www-form-urlencoded`).
///
/// In doubt the answer is yes. A name that does not decode may be any name. `;` and `?` count as separators, because some parsers
/// take them as such. Only the visible ASCII of a name counts, because some parsers drop the rest. A name without a value counts.
pub(crate) fn may_name(parameters: &Secret, names: &[&str]) -> bool {
    parameters.expose().as_bytes().split(|byte| matches!(byte, b'&' | b';' | b'?')).any(|pair| {
        let name = pair.split(|&byte| byte == b'=').next().unwrap_or_default();
        // It may be a token, so it is zeroised.
        let decoded = decode(name);
        match decoded.as_ref().and_then(|name| std::str::from_utf8(name).ok()) {
            Some(name) => {
                let visible = || name.bytes().filter(u8::is_ascii_graphic);
                names.iter().any(|wanted| visible().eq(wanted.bytes()))
            }
            None => true,
        }
    })
}

/// Undoes form encoding. None where a `%` has no two digits behind it.
fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.iter();
    while let Some(&byte) = rest.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => digit(*rest.next()?)? << 4 | digit(*rest.next()?)?,
            _ => byte,
        });
    }
    Some(decoded)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

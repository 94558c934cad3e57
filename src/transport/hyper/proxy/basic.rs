//! The Basic scheme (RFC 7617).

use zeroize::Zeroizing;

use crate::error::InvalidValue;
use crate::models::Secret;

const WRONG: InvalidValue =
    InvalidValue::new("proxy credentials", "have a colon in the name, or a control character");

/// What stands before the `@` of a URL: `USER[:PASSWORD]`, percent-encoded.
pub(super) fn of_user_info(user_info: &str) -> Result<Secret, InvalidValue> {
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    authorization(&decoded(user)?, &decoded(password)?)
}

/// The value of an `Authorization` or `Proxy-Authorization`.
pub(super) fn authorization(user: &[u8], password: &[u8]) -> Result<Secret, InvalidValue> {
    let is_wrong = |byte: &u8| byte.is_ascii_control();
    if user.contains(&b':') || user.iter().chain(password).any(is_wrong) {
        return Err(WRONG);
    }
    let text = Zeroizing::new([user, b":", password].concat());
    let mut value = String::with_capacity(6 + text.len().div_ceil(3) * 4);
    value.push_str("Basic ");
    base64(&text, &mut value);
    Ok(value.into())
}

/// Undoes percent-encoding (RFC 3986 section 2.1).
fn decoded(text: &str) -> Result<Zeroizing<Vec<u8>>, InvalidValue> {
    const NO_ENCODING: InvalidValue = InvalidValue::new("proxy credentials", "have a % that encodes nothing");
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let mut digit = || char::from(bytes.next().unwrap_or_default()).to_digit(16).ok_or(NO_ENCODING);
            u8::try_from(digit()? << 4 | digit()?).map_err(|_| NO_ENCODING)?
        } else {
            byte
        });
    }
    Ok(decoded)
}

/// Appends the bytes in base64 (RFC 4648 section 4).
fn base64(bytes: &[u8], text: &mut String) {
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..4 {
            text.push(if digit <= group.len() { letter(bits >> (18 - 6 * digit) & 63) } else { '=' });
        }
    }
}

fn letter(digit: u32) -> char {
    let (first, from) = match digit {
        0..26 => ('A', 0),
        26..52 => ('a', 26),
        52..62 => ('0', 52),
        62 => return '+',
        _ => return '/',
    };
    char::from_u32(u32::from(first) + digit - from).unwrap_or(first)
}

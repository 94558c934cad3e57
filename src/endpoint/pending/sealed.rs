//! The text that a value is kept as: its kind, its version, a checksum and its JSON.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::models::Secret;

/// The version of what is kept. Text of another one is an error.
const VERSION: &str = "1";

/// Writes `body` as one string.
pub(super) fn write<S: Serializer>(
    kind: &str,
    body: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let body =
        Secret::from(serde_json::to_string(body).map_err(|_| S::Error::custom("it cannot be written"))?);
    let check = checksum(kind, body.expose());
    let text = Secret::from(format!("{kind}.{VERSION}.{check:016x}.{}", body.expose()));
    text.expose().serialize(serializer)
}

/// Reads what [`write`] has written. No part of the text is in an error.
pub(super) fn read<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    kind: &str,
    deserializer: D,
) -> Result<T, D::Error> {
    let text = Secret::deserialize(deserializer)?;
    let mut parts = text.expose().splitn(4, '.');
    let mut part = || parts.next().unwrap_or_default();
    if part() != kind {
        return Err(D::Error::custom("the text is of another kind"));
    }
    if part() != VERSION {
        return Err(D::Error::custom("the text is of another version"));
    }
    let (check, body) = (part(), part());
    if check != format!("{:016x}", checksum(kind, body)) {
        return Err(D::Error::custom("the text is damaged"));
    }
    serde_json::from_str(body).map_err(|_| D::Error::custom("the text is malformed"))
}

/// FNV-1a with 64 bits. It finds damage and edits by hand. It is no signature.
fn checksum(kind: &str, body: &str) -> u64 {
    [kind, VERSION, body]
        .into_iter()
        .flat_map(|part| part.bytes().chain([b'.']))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

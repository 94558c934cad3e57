//! Signatures, keys and signed tokens (RFC 7515, 7517, 7518, 7638, 8037), over `ring`.
//!
//! ES512 and ES256K are missing because `ring` has neither. Nothing is encrypted.

mod algorithm;
mod fixture;
mod jwk;
mod jws;
mod key_set;
#[cfg(test)]
mod tests;

pub(crate) use algorithm::Algorithm;
pub(crate) use fixture::{generate_es256, key_set as fixture_key_set};
pub(crate) use jwk::Jwk;
pub(crate) use jws::{Compact, sign};
pub(crate) use key_set::KeySet;

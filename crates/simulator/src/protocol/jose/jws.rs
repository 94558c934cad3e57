//! Signed tokens in compact form (RFC 7515, section 7.1).

use ring::rand::SecureRandom;
use serde_json::{Map, Value, json};

use super::algorithm::Algorithm;
use super::jwk::Jwk;
use crate::state::{base64url, from_base64url};

/// Signs claims. `kid` stands in the header for asymmetric keys only. `None` if the key cannot sign so.
pub(crate) fn sign(
    typ: Option<&str>,
    claims: &Map<String, Value>,
    key: &Jwk,
    algorithm: Algorithm,
    random: &dyn SecureRandom,
) -> Option<String> {
    let mut header = Map::from_iter([("alg".to_owned(), json!(algorithm.as_str()))]);
    if let Some(typ) = typ {
        header.insert("typ".to_owned(), json!(typ));
    }
    if let Some(kid) = key.kid().filter(|_| !algorithm.is_symmetric()) {
        header.insert("kid".to_owned(), json!(kid));
    }
    let payload = serde_json::to_vec(claims).ok()?;
    let input = format!("{}.{}", base64url(Value::Object(header).to_string()), base64url(payload));
    let signature = key.sign(algorithm, input.as_bytes(), random)?;
    Some(format!("{input}.{}", base64url(signature)))
}

/// A token that was read, its signature not yet verified.
#[derive(Debug)]
pub(crate) struct Compact<'a> {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    input: &'a str,
    signature: Vec<u8>,
}

impl<'a> Compact<'a> {
    /// Reads the three parts; header and payload must be JSON objects.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (input, signature) = text.rsplit_once('.')?;
        let (header, claims) = input.split_once('.')?;
        let object = |part: &str| serde_json::from_slice(&from_base64url(part)?).ok();
        Some(Self {
            header: object(header)?,
            claims: object(claims)?,
            input,
            signature: from_base64url(signature)?,
        })
    }

    /// `alg`, if it is one of ours.
    pub(crate) fn algorithm(&self) -> Option<Algorithm> {
        Algorithm::parse(self.header.get("alg")?.as_str()?)
    }

    /// A claim that is a string.
    pub(crate) fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str()
    }

    /// Whether it is signed with this key.
    pub(crate) fn verifies(&self, key: &Jwk) -> bool {
        // A header whose extensions must be understood is not understood (RFC 7515, section 4.1.11).
        !self.header.contains_key("crit")
            && self
                .algorithm()
                .is_some_and(|algorithm| key.verify(algorithm, self.input.as_bytes(), &self.signature))
    }
}

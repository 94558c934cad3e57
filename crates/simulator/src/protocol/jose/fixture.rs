//! Keys that the simulator has without being given any.

use ring::rand::SecureRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::key_set::KeySet;
use crate::state::base64url;

/// The private keys of RFC 7515, appendices A.2 (RS256) and A.3 (ES256), and of RFC 8037, appendix A.1 (EdDSA).
/// Everybody knows them: what they sign proves nothing.
const PUBLISHED: &str = include_str!("published-keys.json");

/// The published keys.
pub(crate) fn key_set() -> KeySet {
    KeySet::parse(PUBLISHED).unwrap_or_default()
}

/// A new private key for ES256, with its thumbprint as the key ID.
pub(crate) fn generate_es256(random: &dyn SecureRandom) -> Option<Value> {
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, random).ok()?;
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), random).ok()?;
    // The point: a 4, then both coordinates. In the document the private number comes before the point, between
    // fixed lengths of DER (RFC 5915).
    let (x, y) = pair.public_key().as_ref().get(1..)?.split_at_checked(32)?;
    let private = document.as_ref().get(36..68)?;
    let mut key = json!({
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig",
        "x": base64url(x), "y": base64url(y), "d": base64url(private),
    });
    let thumbprint = super::jwk::Jwk::parse(&key)?.thumbprint()?;
    key.as_object_mut()?.insert("kid".to_owned(), json!(thumbprint));
    Some(key)
}

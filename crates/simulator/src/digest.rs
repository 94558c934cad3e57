//! Hashes and identifiers.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub(crate) type Hash = [u8; 32];

/// SHA-256 of `data`.
pub(crate) fn sha256(data: impl AsRef<[u8]>) -> Hash {
    Sha256::digest(data).into()
}

/// Base64url without padding (RFC 4648, section 5): 43 characters for a digest.
pub(crate) fn base64url(data: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(data)
}

/// Decodes base64url without padding.
pub(crate) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Makes opaque 43-character identifiers that do not repeat.
#[derive(Debug)]
pub(crate) struct Opaque {
    seed: u64,
    next: AtomicU64,
}

impl Opaque {
    pub(crate) fn new() -> Self {
        Self { seed: RandomState::new().hash_one(0_u8), next: AtomicU64::new(1) }
    }

    /// The next identifier.
    pub(crate) fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        base64url(sha256(format!("authlete-simulator {} {number}", self.seed)))
    }
}

/// The SHA-256 thumbprint of the first certificate in a PEM text (RFC 8705, section 3.1).
pub(crate) fn certificate_thumbprint(pem: &str) -> Option<String> {
    let body = pem.split("-----BEGIN CERTIFICATE-----").nth(1)?;
    let body = body.split("-----END CERTIFICATE-----").next()?;
    let compact: String = body.split_whitespace().collect();
    Some(base64url(sha256(STANDARD.decode(compact).ok()?)))
}

/// The SHA-256 thumbprint (RFC 7638) of the key in a DPoP proof's header. The signature is not verified.
pub(crate) fn dpop_thumbprint(proof: &str) -> Option<String> {
    let header = from_base64url(proof.split('.').next()?)?;
    let header: serde_json::Value = serde_json::from_slice(&header).ok()?;
    let key = header.get("jwk")?;
    let members: &[&str] = match key.get("kty")?.as_str()? {
        "EC" => &["crv", "kty", "x", "y"],
        "OKP" => &["crv", "kty", "x"],
        "RSA" => &["e", "kty", "n"],
        _ => return None,
    };
    // The members are in the lexicographic order that RFC 7638 asks for.
    let mut canonical = Vec::with_capacity(members.len());
    for name in members {
        let value = serde_json::Value::from(key.get(name)?.as_str()?);
        canonical.push(format!("\"{name}\":{value}"));
    }
    Some(base64url(sha256(format!("{{{}}}", canonical.join(",")))))
}

//! Thumbprints of what a client shows besides its token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::state::{base64url, from_base64url, sha256};

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

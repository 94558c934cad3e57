//! Thumbprints of what a client shows besides its token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use serde_json::Value;

use super::jose::Jwk;
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
    let header: Value = serde_json::from_slice(&from_base64url(proof.split('.').next()?)?).ok()?;
    Jwk::parse(header.get("jwk")?)?.thumbprint()
}

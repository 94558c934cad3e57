//! DPoP proofs (RFC 9449), made with a key whose private half is all zeros.

use authlete_simulator::{Ledger, Simulator};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

fn key() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[0; 32]).unwrap()
}

fn jwk() -> Value {
    json!({"crv": "Ed25519", "kty": "OKP", "x": URL_SAFE_NO_PAD.encode(key().public_key().as_ref())})
}

/// The thumbprint of the key (RFC 7638): the members of [`jwk`] are in their order already.
pub(crate) fn thumbprint() -> String {
    let x = URL_SAFE_NO_PAD.encode(key().public_key().as_ref());
    Ledger::hash_of(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#))
}

/// A proof for `GET https://rs.example/me` with an access token, made now by the simulator's clock, with other or more
/// claims.
pub(crate) fn proof(simulator: &Simulator, access_token: &str, changes: Value) -> String {
    let mut claims = json!({
        "jti": "1", "htm": "GET", "htu": "https://rs.example/me", "iat": simulator.now_ms() / 1000,
        "ath": Ledger::hash_of(access_token),
    });
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let header = json!({"typ": "dpop+jwt", "alg": "EdDSA", "jwk": jwk()});
    let encoded = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encoded(header), encoded(claims));
    let signature = key().sign(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

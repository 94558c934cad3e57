//! The examples of the RFCs.

use ring::rand::SystemRandom;
use serde_json::{Value, json};

use super::*;
use crate::state::from_base64url;

/// The payload of RFC 7515, appendices A.1 to A.3.
const PAYLOAD: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

const RS256_SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

fn published(algorithm: Algorithm) -> Jwk {
    fixture_key_set().signing(algorithm, None).unwrap().clone()
}

fn signature(key: &Jwk, algorithm: Algorithm, input: &str) -> String {
    crate::state::base64url(key.sign(algorithm, input.as_bytes(), &SystemRandom::new()).unwrap())
}

#[test]
fn hs256_is_that_of_rfc_7515_a_1() {
    let key = json!({"kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"});
    let key = Jwk::parse(&key).unwrap();
    let token = format!(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    let read = Compact::parse(&token).unwrap();
    assert!(read.verifies(&key));
    assert_eq!(read.text("iss"), Some("joe"));
    let (input, expected) = token.rsplit_once('.').unwrap();
    assert_eq!(signature(&key, Algorithm::Hs256, input), expected);
    assert!(!read.verifies(&Jwk::secret("another")));
}

#[test]
fn rs256_is_that_of_rfc_7515_a_2() {
    let input = format!("eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}");
    let key = published(Algorithm::Rs256);
    assert_eq!(signature(&key, Algorithm::Rs256, &input), RS256_SIGNATURE);
    let token = format!("{input}.{RS256_SIGNATURE}");
    let public = Jwk::parse(&key.public().unwrap()).unwrap();
    assert!(!public.is_private());
    assert!(Compact::parse(&token).unwrap().verifies(&public));
}

#[test]
fn es256_is_that_of_rfc_7515_a_3() {
    let token = format!(
        "eyJhbGciOiJFUzI1NiJ9.{PAYLOAD}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    );
    assert!(Compact::parse(&token).unwrap().verifies(&published(Algorithm::Es256)));
}

#[test]
fn eddsa_is_that_of_rfc_8037_a_4() {
    let input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    let expected = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let key = published(Algorithm::EdDsa);
    assert_eq!(signature(&key, Algorithm::EdDsa, input), expected);
    assert!(key.verify(Algorithm::EdDsa, input.as_bytes(), &from_base64url(expected).unwrap()));
    assert_eq!(key.thumbprint().as_deref(), Some("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
}

#[test]
fn the_thumbprint_is_that_of_rfc_7638() {
    let key = json!({"kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"});
    let thumbprint = Jwk::parse(&key).unwrap().thumbprint();
    assert_eq!(thumbprint.as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
}

#[test]
fn what_a_key_signs_its_public_half_verifies() {
    let claims = json!({"sub": "jane"});
    for algorithm in ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "EdDSA"] {
        let algorithm = Algorithm::parse(algorithm).unwrap();
        let key = published(algorithm);
        let token =
            sign(Some("JWT"), claims.as_object().unwrap(), &key, algorithm, &SystemRandom::new()).unwrap();
        let read = Compact::parse(&token).unwrap();
        assert_eq!(read.header.get("kid").and_then(Value::as_str), key.kid());
        assert_eq!(read.algorithm(), Some(algorithm));
        let public = KeySet::from_keys(&[key.public().unwrap()]);
        assert!(public.verifying(algorithm, key.kid()).any(|key| read.verifies(key)), "{algorithm:?}");
        assert!(public.signing(algorithm, None).is_none());
        let forged = token.replacen('.', ".e", 1);
        assert!(Compact::parse(&forged).is_none_or(|read| !read.verifies(&key)), "{algorithm:?}");
    }
}

#[test]
fn a_secret_signs_and_names_no_key() {
    let key = Jwk::secret("secret");
    for algorithm in [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512] {
        let token =
            sign(None, json!({}).as_object().unwrap(), &key, algorithm, &SystemRandom::new()).unwrap();
        let read = Compact::parse(&token).unwrap();
        assert!(read.verifies(&key) && !read.header.contains_key("kid"));
    }
    assert!(key.public().is_none());
}

#[test]
fn a_public_key_is_no_secret_and_none_is_no_algorithm() {
    let rsa = published(Algorithm::Rs256);
    let secret = rsa.public().unwrap().to_string();
    let token = sign(
        None,
        json!({}).as_object().unwrap(),
        &Jwk::secret(&secret),
        Algorithm::Hs256,
        &SystemRandom::new(),
    );
    assert!(!Compact::parse(&token.unwrap()).unwrap().verifies(&rsa));
    let unsigned = Compact::parse("eyJhbGciOiJub25lIn0.e30.").unwrap();
    assert!(unsigned.algorithm().is_none() && !unsigned.verifies(&rsa));
}

#[test]
fn es384_verifies() {
    // Made for this test with a key of its own, which `generate_pkcs8` forgot.
    use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P384_SHA384_FIXED_SIGNING;
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(48);
    let key = json!({"kty": "EC", "crv": "P-384", "x": crate::state::base64url(x), "y": crate::state::base64url(y)});
    let signature = pair.sign(&random, b"text").unwrap();
    let key = Jwk::parse(&key).unwrap();
    assert!(key.verify(Algorithm::Es384, b"text", signature.as_ref()));
    assert!(!key.verify(Algorithm::Es384, b"other", signature.as_ref()));
    assert!(!key.verify(Algorithm::Es256, b"text", signature.as_ref()));
}

#[test]
fn a_generated_key_signs() {
    let random = SystemRandom::new();
    let key = generate_es256(&random).unwrap();
    let set = KeySet::from_keys(std::slice::from_ref(&key));
    let signer = set.signing(Algorithm::Es256, key["kid"].as_str()).unwrap();
    let signature = signer.sign(Algorithm::Es256, b"text", &random).unwrap();
    assert!(signer.verify(Algorithm::Es256, b"text", &signature));
    let shown = set.public().to_string();
    assert!(!shown.contains("\"d\"") && set.private().to_string().contains("\"d\""));
    assert_ne!(generate_es256(&random), Some(key));
}

#[test]
fn damaged_keys_sign_and_verify_nothing() {
    for key in [
        json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "d": "AQ", "p": "", "q": "", "dp": "", "dq": "", "qi": ""}),
        json!({"kty": "RSA", "d": "!"}),
        json!({"kty": "EC", "crv": "P-256", "x": "", "y": "", "d": ""}),
        json!({"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}),
        json!({"kty": "oct", "k": 5}),
    ] {
        let key = Jwk::parse(&key).unwrap();
        for name in ["HS256", "RS256", "PS256", "ES256", "EdDSA"] {
            let algorithm = Algorithm::parse(name).unwrap();
            assert_eq!(key.sign(algorithm, b"", &SystemRandom::new()), None);
            assert!(!key.verify(algorithm, b"", b""));
        }
    }
    assert!(Jwk::parse(&json!({"kid": "1"})).is_none() && Jwk::parse(&json!([])).is_none());
    assert_eq!(KeySet::parse("{\"keys\":[{},7]}"), Some(KeySet::default()));
    assert_eq!(KeySet::parse("{}"), None);
}

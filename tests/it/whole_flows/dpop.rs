//! DPoP (RFC 9449) through the SDK, with proofs of the client's own.

use std::time::Duration;

use authlete::AuthleteCore;
use authlete::endpoint::{EndpointOptions, resource};
use authlete::funcs::{introspection_process, token_process};
use authlete::models::{IntrospectionRequest, IntrospectionResponse, TokenRequest, TokenResponse};
use authlete_simulator::{Client, Ledger, Simulator};
use bytes::Bytes;
use http::Request;
use rcgen::{KeyPair, PKCS_ED25519, SigningKey};
use serde_json::{Value, json};

use super::{code_of, service};

const TOKEN_ENDPOINT: &str = "https://as.example/token";
const RESOURCE: &str = "https://rs.example/me";

/// Base64url without padding.
fn encoded(bytes: impl AsRef<[u8]>) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.as_ref().chunks(3) {
        let number = chunk.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        let letters = (0..=chunk.len()).map(|index| number >> (18 - 6 * index) & 63);
        text.extend(letters.map(|index| char::from(ALPHABET[index as usize])));
    }
    text
}

/// A client's key.
struct Key(KeyPair);

impl Key {
    fn new() -> Self {
        Self(KeyPair::generate_for(&PKCS_ED25519).unwrap())
    }

    /// A proof for a request to a URL, made now, with other or more claims.
    fn proof(&self, simulator: &Simulator, method: &str, url: &str, changes: Value) -> String {
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": encoded(self.0.public_key_raw())});
        let header = json!({"typ": "dpop+jwt", "alg": "EdDSA", "jwk": jwk});
        let mut claims = json!({"jti": "1", "htm": method, "htu": url, "iat": simulator.now_ms() / 1000});
        claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let input = format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()));
        let signature = self.0.sign(input.as_bytes()).unwrap();
        format!("{input}.{}", encoded(signature))
    }
}

async fn client_credentials(core: &AuthleteCore, proof: Option<String>) -> TokenResponse {
    let mut request =
        TokenRequest::new("grant_type=client_credentials").client_id("1").client_secret("secret");
    request = request.htm("POST").htu(TOKEN_ENDPOINT);
    if let Some(proof) = proof {
        request = request.dpop(proof);
    }
    token_process(core, &request.into(), None).await.unwrap().into_value()
}

async fn introspected(core: &AuthleteCore, token: &str, proof: Option<String>) -> IntrospectionResponse {
    let mut question = IntrospectionRequest::new(token).htm("GET").htu(RESOURCE);
    if let Some(proof) = proof {
        question = question.dpop(proof);
    }
    introspection_process(core, &question.into(), None).await.unwrap().into_value()
}

#[tokio::test]
async fn where_proofs_are_required_a_token_is_good_with_its_key_alone() {
    let client = Client::confidential(1, "secret").member("dpopRequired", true);
    let (simulator, core) = service(json!({}), client).await;
    let (key, other) = (Key::new(), Key::new());
    assert_eq!(code_of(&client_credentials(&core, None).await), "SIM710");
    let elsewhere = key.proof(&simulator, "POST", "https://evil.example/token", json!({}));
    assert_eq!(code_of(&client_credentials(&core, Some(elsewhere)).await), "A254301");
    let proof = key.proof(&simulator, "POST", TOKEN_ENDPOINT, json!({}));
    let issued = client_credentials(&core, Some(proof)).await;
    assert_eq!(code_of(&issued), "SIM714");
    let token = issued.access_token.unwrap();
    let token = token.expose();
    let content: Value = serde_json::from_str(issued.response_content.unwrap().expose()).unwrap();
    assert_eq!(content["token_type"], "DPoP");

    let ath = json!({"ath": Ledger::hash_of(token)});
    let good = key.proof(&simulator, "GET", RESOURCE, ath.clone());
    let stale = json!({"ath": Ledger::hash_of(token), "iat": simulator.now_ms() / 1000 - 301});
    for (proof, code) in [
        (Some(good.clone()), "A056001"),
        (None, "A065308"),
        (Some(other.proof(&simulator, "GET", RESOURCE, ath.clone())), "SIM408"),
        (Some(key.proof(&simulator, "GET", "https://rs.example/other", ath.clone())), "SIM409"),
        (Some(key.proof(&simulator, "POST", RESOURCE, ath)), "SIM409"),
        (Some(key.proof(&simulator, "GET", RESOURCE, stale)), "SIM409"),
        (Some(key.proof(&simulator, "GET", RESOURCE, json!({}))), "SIM409"),
    ] {
        let known = introspected(&core, token, proof).await;
        assert_eq!(known.result_code.as_deref(), Some(code));
    }
    simulator.advance(Duration::from_secs(301));
    assert_eq!(introspected(&core, token, Some(good)).await.result_code.as_deref(), Some("SIM409"));
}

#[tokio::test]
async fn a_bound_token_is_no_bearer_token() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let key = Key::new();
    let proof = key.proof(&simulator, "POST", TOKEN_ENDPOINT, json!({}));
    let token = client_credentials(&core, Some(proof)).await.access_token.unwrap();
    let options = EndpointOptions::builder("https://rs.example").build().unwrap();
    let proof = key.proof(&simulator, "GET", RESOURCE, json!({"ath": Ledger::hash_of(token.expose())}));
    for (scheme, proof, is_good) in [
        ("Bearer", None, false),
        ("Bearer", Some(&proof), false),
        ("DPoP", None, false),
        ("DPoP", Some(&proof), true),
    ] {
        let mut request = Request::get("/me").header("authorization", format!("{scheme} {}", token.expose()));
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        let next = resource::handle(&core, &request.body(Bytes::new()).unwrap(), &options).await;
        match next {
            resource::Next::Resource(_) => assert!(is_good, "{scheme}"),
            resource::Next::Respond(response) => {
                assert_eq!((response.status().as_u16(), is_good), (401, false))
            }
        }
    }
}

#[tokio::test]
async fn a_service_that_wants_nonces_gives_them() {
    let (simulator, core) =
        service(json!({"dpopNonceRequired": true}), Client::confidential(1, "secret")).await;
    let key = Key::new();
    let proof = key.proof(&simulator, "POST", TOKEN_ENDPOINT, json!({}));
    let refused = client_credentials(&core, Some(proof)).await;
    assert_eq!(code_of(&refused), "A254307");
    let nonce = refused.dpop_nonce.unwrap();
    let proof = key.proof(&simulator, "POST", TOKEN_ENDPOINT, json!({"nonce": nonce}));
    let issued = client_credentials(&core, Some(proof)).await;
    assert_eq!(code_of(&issued), "SIM714");
    let token = issued.access_token.unwrap();
    let ath = json!({"ath": Ledger::hash_of(token.expose())});
    let proof = key.proof(&simulator, "GET", RESOURCE, ath);
    let refused = introspected(&core, token.expose(), Some(proof)).await;
    assert_eq!(refused.result_code.as_deref(), Some("SIM410"));
    assert!(refused.dpop_nonce.is_some());
}

//! Access tokens that are JWTs (RFC 9068).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::client::{asked, send, text};
use crate::flows::{builder, carried, own, part, tokens, value};
use crate::proof::{proof, thumbprint};

#[tokio::test]
async fn a_token_verifies_without_a_call() {
    let simulator = builder(json!({"accessTokenSignAlg": "EdDSA"})).start().await.unwrap();
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    let issued = tokens(&mut ask, "a+b").await;
    let content: Value = serde_json::from_str(issued["responseContent"].as_str().unwrap()).unwrap();
    assert_eq!(content["access_token"], issued["jwtAccessToken"]);
    let jwt = content["access_token"].as_str().unwrap();
    let (header, claims) = (part(jwt, 0), part(jwt, 1));
    assert_eq!(header["typ"], "at+jwt");
    let now = simulator.now_ms() / 1000;
    assert_eq!(
        claims,
        json!({
            "iss": "https://as.example", "sub": "jane", "aud": "https://as.example", "exp": now + 3600, "iat": now,
            "jti": issued["accessToken"], "client_id": "1", "scope": "a b", "auth_time": 7,
        })
    );
    let target = format!("/api/{}/service/jwks/get", simulator.service_id());
    let keys = send(&simulator, &text(&simulator, "GET", &target, "")).await.json();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    let key = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
    let (input, signature) = jwt.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(&ED25519, key).verify(input.as_bytes(), &signature).unwrap();

    // The server knows it by either form, and no forgery of it.
    for token in [jwt, issued["accessToken"].as_str().unwrap()] {
        assert_eq!(ask("introspection", json!({"token": token})).await["action"], "OK");
    }
    let (signed, _) = jwt.rsplit_once('.').unwrap();
    let forged = format!("{signed}.{}", URL_SAFE_NO_PAD.encode([0; 64]));
    assert_eq!(ask("introspection", json!({"token": forged})).await["action"], "UNAUTHORIZED");
    let standard = ask("introspection/standard", json!({"parameters": format!("token={jwt}")})).await;
    assert!(standard["responseContent"].as_str().unwrap().contains("\"active\":true"));
    ask("revocation", own(&format!("token={jwt}"))).await;
    assert_eq!(ask("introspection", json!({"token": jwt})).await["action"], "UNAUTHORIZED");
}

#[tokio::test]
async fn claims_come_from_the_user_and_from_the_call() {
    let simulator = builder(json!({"accessTokenSignAlg": "ES256"})).start().await.unwrap();
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    let mut question = own("grant_type=client_credentials&scope=a");
    question["jwtAtClaims"] = json!(r#"{"team":7,"iss":"other"}"#);
    question["dpop"] = json!(proof(&simulator, "", json!({"htm": "POST"})));
    let issued = ask("token", question).await;
    let jwt = issued["jwtAccessToken"].as_str().unwrap();
    let claims = part(jwt, 1);
    assert_eq!(
        (&claims["sub"], &claims["team"], &claims["iss"], &claims["cnf"]["jkt"]),
        (&json!("1"), &json!(7), &json!("https://as.example"), &json!(thumbprint()))
    );
    // `ath` is the hash of what the client holds.
    for (ath, action) in [(jwt, "OK"), (issued["accessToken"].as_str().unwrap(), "UNAUTHORIZED")] {
        let question = json!({"token": jwt, "dpop": proof(&simulator, ath, json!({}))});
        assert_eq!(ask("introspection", question).await["action"], action);
    }
    let pairs = carried(&mut ask, "response_type=token&scope=a").await;
    assert_eq!(part(value(&pairs, "access_token").unwrap(), 1)["sub"], "jane");
}

#[tokio::test]
async fn without_a_key_nothing_is_issued() {
    for algorithm in ["ES512", "HS256"] {
        let simulator = builder(json!({"accessTokenSignAlg": algorithm})).start().await.unwrap();
        let refused = asked(&simulator, "token", &own("grant_type=client_credentials")).await;
        assert_eq!(refused["resultCode"], "SIM711");
        assert_eq!(simulator.ledger().created_count(), 0);
    }
}

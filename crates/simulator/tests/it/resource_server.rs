//! What a resource server asks: introspection, RFC 7662, UserInfo; and changing and revoking tokens. A row a code.

use std::time::Duration;

use authlete_simulator::{Ledger, Simulator};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::client::{accepted, call, tokens};
use crate::proof::{proof, thumbprint};

/// A request with the action and the code that answer it.
pub(crate) struct Row(
    pub(crate) &'static str,
    pub(crate) Value,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

/// A simulator that has a token of every kind: `plain`, `openid`, `dpop`, `mtls`, `machine`, and `old`, which has expired.
pub(crate) async fn simulator() -> Simulator {
    let simulator = Simulator::builder().manual_clock().start().await.unwrap();
    let now = simulator.now_ms() / 1000;
    let mut items = tokens(&["plain", "openid", "dpop", "mtls", "machine", "old", "old-too"]);
    for item in &mut items.as_array_mut().unwrap()[1..] {
        item["scopes"] = json!(["openid", "email"]);
    }
    items[0]["refreshToken"] = "refresh".into();
    items[0]["acr"] = "gold".into();
    items[0]["authTime"] = (now - 100).into();
    items[0]["properties"] =
        json!([{"key": "seen", "value": "1"}, {"key": "secret", "value": "2", "hidden": true}]);
    items[2]["dpopKeyThumbprint"] = thumbprint().into();
    items[3]["certificateThumbprint"] = Ledger::hash_of("certificate").into();
    items[4]["grantType"] = "CLIENT_CREDENTIALS".into();
    items[5]["accessTokenDuration"] = 1.into();
    items[6]["accessTokenDuration"] = 1.into();
    accepted(&simulator, &items).await;
    simulator.advance(Duration::from_secs(10));
    assert_eq!(simulator.ledger().token_count(), 7);
    simulator
}

fn pem() -> String {
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode("certificate"))
}

pub(crate) fn rows(simulator: &Simulator) -> Vec<Row> {
    let dpop = |changes: Value| proof(simulator, "dpop", changes);
    let asked = |more: Value| {
        let mut question = json!({"token": "dpop", "dpop": dpop(json!({})), "htm": "GET", "htu": "https://rs.example/me?x=1"});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    let other_key = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIn0.AA";
    let mut rows = vec![
        Row("introspection", asked(json!({})), "OK", "A056001"),
        Row("introspection", json!({"token": "dpop"}), "UNAUTHORIZED", "A065308"),
        Row("introspection", json!({"token": "mtls"}), "UNAUTHORIZED", "SIM406"),
        Row("introspection", json!({"token": "mtls", "clientCertificate": "x"}), "UNAUTHORIZED", "SIM407"),
        Row("introspection", json!({"token": "mtls", "clientCertificate": pem()}), "OK", "A056001"),
        Row("introspection", asked(json!({"dpopNonceRequired": true})), "UNAUTHORIZED", "SIM410"),
        Row(
            "introspection",
            json!({"token": "plain", "acrValues": ["gold"], "maxAge": 200}),
            "OK",
            "A056001",
        ),
        Row("introspection", json!({"token": "plain", "acrValues": ["x"]}), "UNAUTHORIZED", "SIM411"),
        Row("introspection", json!({"token": "plain", "maxAge": 50}), "UNAUTHORIZED", "SIM412"),
    ];
    for wrong in [
        json!({"htm": "POST"}),
        json!({"htu": "https://rs.example/other"}),
        json!({"dpop": "e30.e30.x"}),
        json!({"dpop": other_key}),
        json!({"dpop": dpop(json!({"ath": "x"}))}),
        json!({"dpop": dpop(json!({"iat": 1}))}),
    ] {
        rows.push(Row("introspection", asked(wrong), "UNAUTHORIZED", "SIM409"));
    }
    let standard = |more: Value| {
        let mut question = json!({"parameters": "token=plain"});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    let jwt = "application/token-introspection+jwt";
    rows.extend([
        Row("introspection/standard", standard(json!({})), "OK", "A145001"),
        Row("introspection/standard", json!({"parameters": "token_type_hint=x"}), "BAD_REQUEST", "SIM413"),
        Row("introspection/standard", standard(json!({"httpAcceptHeader": jwt})), "BAD_REQUEST", "A404301"),
        Row(
            "introspection/standard",
            standard(json!({"httpAcceptHeader": jwt, "rsUri": "https://rs.example"})),
            "JWT",
            "A145001",
        ),
        Row(
            "introspection/standard",
            standard(json!({"httpAcceptHeader": jwt, "rsUri": "x", "introspectionSignAlg": "HS256"})),
            "BAD_REQUEST",
            "SIM414",
        ),
        Row("userinfo", json!({"token": "openid"}), "OK", "A091001"),
        Row("userinfo", json!({}), "BAD_REQUEST", "SIM421"),
        Row("userinfo", json!({"token": "unknown"}), "UNAUTHORIZED", "A088302"),
        Row("userinfo", json!({"token": "old"}), "UNAUTHORIZED", "SIM422"),
        Row("userinfo", json!({"token": "plain"}), "FORBIDDEN", "A089304"),
        Row("userinfo", json!({"token": "machine"}), "FORBIDDEN", "SIM423"),
        Row("userinfo", json!({"token": "mtls"}), "UNAUTHORIZED", "SIM424"),
        Row("userinfo", json!({"token": "dpop"}), "UNAUTHORIZED", "A089311"),
        Row("userinfo", json!({"token": "dpop", "dpop": "x"}), "UNAUTHORIZED", "SIM425"),
        Row("userinfo", asked(json!({})), "OK", "A091001"),
        Row("userinfo/issue", json!({"token": "openid", "claims": "{\"email\":\"j@x\"}"}), "JSON", "A096001"),
        Row("userinfo/issue", json!({"token": "openid", "claims": "[]"}), "BAD_REQUEST", "SIM426"),
        Row("userinfo/issue", json!({"token": "unknown"}), "UNAUTHORIZED", "A088302"),
        Row("token/update", json!({}), "BAD_REQUEST", "SIM302"),
        Row("token/update", json!({"accessToken": "unknown"}), "NOT_FOUND", "SIM303"),
        Row("token/update", json!({"accessToken": "openid", "scopes": ["openid"]}), "OK", "A135001"),
    ]);
    rows
}

#[tokio::test]
async fn every_row_has_its_action_and_its_code() {
    let simulator = simulator().await;
    for Row(operation, question, action, code) in rows(&simulator) {
        let reply = call(&simulator, "POST", operation, &question.to_string()).await;
        assert_eq!(reply.status, 200);
        let answer = reply.json();
        assert_eq!((&answer["action"], &answer["resultCode"]), (&json!(action), &json!(code)), "{question}");
    }
}

async fn answer(simulator: &Simulator, operation: &str, question: Value) -> Value {
    let reply = call(simulator, "POST", operation, &question.to_string()).await;
    assert_eq!(reply.status, 200, "{operation}");
    reply.json()
}

fn content(answer: &Value) -> Value {
    serde_json::from_str(answer["responseContent"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_proof_of_another_key_is_refused_as_such() {
    let simulator = simulator().await;
    let mut item = tokens(&["other"]);
    item[0]["dpopKeyThumbprint"] = "another".into();
    item[0]["scopes"] = json!(["openid"]);
    accepted(&simulator, &item).await;
    simulator.advance(Duration::from_millis(50));
    let question = json!({"token": "other", "dpop": proof(&simulator, "other", json!({}))});
    let introspected = answer(&simulator, "introspection", question.clone()).await;
    assert_eq!(
        (&introspected["action"], &introspected["resultCode"]),
        (&json!("UNAUTHORIZED"), &json!("SIM408"))
    );
    assert!(
        introspected["responseContent"].as_str().unwrap().starts_with("DPoP error=\"invalid_token\", algs=")
    );
    assert_eq!(answer(&simulator, "userinfo", question).await["resultCode"], "A089312");
}

#[tokio::test]
async fn a_nonce_is_told_and_then_good_for_a_while() {
    let simulator = simulator().await;
    let ask = async |nonce: Value| {
        let proof = proof(&simulator, "dpop", json!({"nonce": nonce}));
        answer(
            &simulator,
            "introspection",
            json!({"token": "dpop", "dpop": proof, "dpopNonceRequired": true}),
        )
        .await
    };
    let told = ask(json!("guess")).await;
    assert_eq!(told["resultCode"], "SIM410");
    assert!(told["responseContent"].as_str().unwrap().contains("use_dpop_nonce"));
    let nonce = told["dpopNonce"].clone();
    assert_eq!(ask(nonce.clone()).await["action"], "OK");
    simulator.advance(Duration::from_secs(300));
    let later = ask(nonce.clone()).await;
    assert_eq!(later["action"], "OK");
    assert_ne!(later["dpopNonce"], nonce);
    simulator.advance(Duration::from_secs(300));
    assert_eq!(ask(nonce).await["resultCode"], "SIM410");
}

#[tokio::test]
async fn rfc_7662_tells_what_is_alive_and_nothing_of_the_rest() {
    let simulator = simulator().await;
    let ask = async |question: Value| content(&answer(&simulator, "introspection/standard", question).await);
    let plain = ask(json!({"parameters": "x=1&token=plain"})).await;
    for (member, value) in [
        ("active", json!(true)),
        ("client_id", json!("42")),
        ("sub", json!("john")),
        ("scope", json!("profile")),
        ("token_type", json!("Bearer")),
        ("acr", json!("gold")),
        ("seen", json!("1")),
        ("secret", Value::Null),
    ] {
        assert_eq!(plain[member], value, "{member}");
    }
    let created = simulator.ledger().tokens()[0].created_at;
    assert_eq!(plain["exp"].as_i64(), Some((created + 3_600_000) / 1000));
    let hidden = ask(json!({"parameters": "token=plain", "withHiddenProperties": true})).await;
    assert_eq!(hidden["secret"], "2");
    assert_eq!(ask(json!({"parameters": "token=dpop"})).await["cnf"], json!({"jkt": thumbprint()}));
    let bound = json!({"x5t#S256": Ledger::hash_of("certificate")});
    assert_eq!(ask(json!({"parameters": "token=mtls"})).await["cnf"], bound);
    let refresh = ask(json!({"parameters": "token=refresh&token_type_hint=access_token"})).await;
    assert_eq!((&refresh["active"], &refresh["token_type"]), (&json!(true), &Value::Null));
    for dead in ["token=old", "token=unknown"] {
        assert_eq!(ask(json!({"parameters": dead})).await, json!({"active": false}));
    }
}

#[tokio::test]
async fn rfc_9701_signs_the_same() {
    let simulator = simulator().await;
    let question = json!({
        "parameters": "token=plain", "rsUri": "https://rs.example", "introspectionSignAlg": "ES256",
        "httpAcceptHeader": "application/token-introspection+jwt",
    });
    let answer = answer(&simulator, "introspection/standard", question).await;
    let jwt = answer["responseContent"].as_str().unwrap().to_owned();
    let (input, signature) = jwt.rsplit_once('.').unwrap();
    let part =
        |text: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap() };
    let (header, claims) =
        input.split_once('.').map(|(header, claims)| (part(header), part(claims))).unwrap();
    assert_eq!((&header["typ"], &header["alg"]), (&json!("token-introspection+jwt"), &json!("ES256")));
    assert_eq!(
        (&claims["aud"], &claims["token_introspection"]["sub"]),
        (&json!("https://rs.example"), &json!("john"))
    );
    // The public key of RFC 7515, appendix A.3.
    let point =
        ["f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"];
    let point = point.map(|number| URL_SAFE_NO_PAD.decode(number).unwrap()).concat();
    let key = ring::signature::UnparsedPublicKey::new(
        &ring::signature::ECDSA_P256_SHA256_FIXED,
        [&[4], point.as_slice()].concat(),
    );
    key.verify(input.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
}

#[tokio::test]
async fn user_info_is_of_the_user_whom_the_token_names() {
    let simulator = simulator().await;
    let told = answer(&simulator, "userinfo", json!({"token": "openid"})).await;
    assert_eq!((&told["subject"], &told["claims"]), (&json!("john"), &json!(["email", "email_verified"])));
    let claims = r#"{"email":"j@example.com","sub":"jane"}"#;
    let issue = async |more: Value| {
        let mut question = json!({"token": "openid", "claims": claims});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        content(&answer(&simulator, "userinfo/issue", question).await)
    };
    assert_eq!(issue(json!({})).await, json!({"email": "j@example.com", "sub": "john"}));
    assert_eq!(issue(json!({"sub": "pairwise"})).await["sub"], "pairwise");
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let simulator = simulator().await;
    let before = simulator.ledger().tokens()[0].clone();
    let at = before.created_at + 5_000_000;
    let changes = json!({
        "accessTokenHash": Ledger::hash_of("plain"), "accessTokenExpiresAt": at, "scopes": ["a"],
        "properties": [{"key": "k", "value": "v"}], "dpopKeyThumbprint": "t",
    });
    let told = answer(&simulator, "token/update", changes).await;
    assert_eq!((&told["accessTokenExpiresAt"], &told["tokenType"]), (&json!(at), &json!("DPoP")));
    let after = simulator.ledger().tokens()[0].clone();
    assert_eq!((after.access_token_expires_at, after.scopes.concat()), (Some(at), "a".to_owned()));
    assert_eq!(after.extra().acr, before.extra().acr);
    assert_eq!(after.refresh_token, before.refresh_token);
    // Another value: the old one is gone.
    let renewed =
        answer(&simulator, "token/update", json!({"accessToken": "plain", "accessTokenValueUpdated": true}))
            .await;
    let value = renewed["accessToken"].as_str().unwrap();
    assert!(value != "plain" && simulator.ledger().contains(value) && !simulator.ledger().contains("plain"));
}

#[tokio::test]
async fn a_revocation_takes_twenty_at_a_time() {
    let simulator = simulator().await;
    let names: Vec<String> = (0..25).map(|number| format!("t{number}")).collect();
    let mut items = tokens(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for item in items.as_array_mut().unwrap() {
        item["subject"] = "jane".into();
    }
    items[0]["clientId"] = 7.into();
    accepted(&simulator, &items).await;
    simulator.advance(Duration::from_millis(50));
    let revoke = async |question: Value| answer(&simulator, "token/revoke", question).await["count"].clone();
    assert_eq!(revoke(json!({"subject": "jane", "clientIdentifier": "7"})).await, 1);
    for left in [20, 4, 0] {
        assert_eq!(revoke(json!({"subject": "jane"})).await, left);
    }
    assert_eq!(simulator.ledger().token_count(), 7);
    assert_eq!(revoke(json!({"refreshTokenIdentifier": "refresh"})).await, 1);
    assert_eq!(revoke(json!({"accessTokenIdentifier": Ledger::hash_of("openid")})).await, 1);
    assert_eq!(revoke(json!({"accessTokenIdentifier": "openid"})).await, 0);
    assert!(!simulator.ledger().contains("plain") && !simulator.ledger().contains("openid"));
    let nobody = call(&simulator, "POST", "token/revoke", "{}").await;
    assert_eq!((nobody.status, nobody.code().as_str()), (400, "SIM304"));
}

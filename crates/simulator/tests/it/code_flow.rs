//! The authorization code flow: each outcome with its action and its code.

use std::time::Duration;

use authlete_simulator::{Client, Simulator};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::client::{asked, expect_outcome, send, text};
use crate::proof::{proof, thumbprint};

const CALLBACK: &str = "https://app.example/cb";
/// The verifier and the challenge of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A service with a client of each kind: 1 confidential, 2 public with PKCE by S256, 3 with DPoP, 4 with a secret in the
/// form and ID tokens by EdDSA, 5 that cannot refresh.
pub(crate) async fn simulator() -> Simulator {
    let service = json!({"issuer": "https://as.example", "supportedScopes": [{"name": "openid"}, {"name": "a"}, {"name": "b"}]});
    let public = Client::public(2).alias("app").redirect_uri(CALLBACK);
    let post = Client::confidential(4, "post").member("tokenAuthMethod", "CLIENT_SECRET_POST");
    Simulator::builder()
        .manual_clock()
        .service(service.as_object().unwrap().clone())
        .client(
            Client::confidential(1, "secret").redirect_uri(CALLBACK).redirect_uri("https://other.example/"),
        )
        .client(public.member("pkceRequired", true).member("pkceS256Required", true))
        .client(Client::confidential(3, "bound").member("dpopRequired", true))
        .client(post.redirect_uri(CALLBACK).member("idTokenSignAlg", "EdDSA"))
        .client(Client::confidential(5, "none").member("grantTypes", json!(["CLIENT_CREDENTIALS"])))
        .client(Client::confidential(6, "tls").member("tokenAuthMethod", "TLS_CLIENT_AUTH"))
        .client(Client::public(7).redirect_uri(CALLBACK).member("idTokenSignAlg", "ES512"))
        .start()
        .await
        .unwrap()
}

/// A request to the authorization endpoint of client 1, with more parameters.
fn authorize(more: &str) -> Value {
    json!({"parameters": format!("client_id=1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=s&{more}")})
}

/// A request to the token endpoint with the credentials of client 1.
fn exchange(parameters: &str) -> Value {
    json!({"parameters": parameters, "clientId": "1", "clientSecret": "secret"})
}

fn code(parameters: &str) -> Value {
    exchange(&format!(
        "grant_type=authorization_code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&{parameters}"
    ))
}

/// Every outcome of the authorization endpoint, of its issue and its fail.
pub(crate) async fn authorization(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    expect_outcome!(ask, "authorization", json!({}), "BAD_REQUEST", "A004201");
    expect_outcome!(ask, "authorization", authorize("state=t"), "BAD_REQUEST", "SIM601");
    expect_outcome!(ask, "authorization", json!({"parameters": "client_id=9"}), "BAD_REQUEST", "SIM602");
    for uri in ["https://app.example/cb/", "https://app.example/cb?x", "http://app.example/cb", ""] {
        let parameters = format!("client_id=1&response_type=code&redirect_uri={uri}");
        let refused = expect_outcome!(
            ask,
            "authorization",
            json!({"parameters": parameters}),
            "BAD_REQUEST",
            "A011304"
        );
        assert!(refused["responseContent"].as_str().unwrap().starts_with("{\"error\":\"invalid_request\""));
    }
    let refused = expect_outcome!(ask, "authorization", authorize("scope=a"), "LOCATION", "A009301");
    let location = refused["responseContent"].as_str().unwrap();
    assert!(
        location.starts_with("https://app.example/cb?error=invalid_request&error_description=%5BA009301%5D")
    );
    assert!(location.ends_with("&state=s&iss=https%3A%2F%2Fas.example"));
    expect_outcome!(ask, "authorization", authorize("response_type=code+token"), "LOCATION", "A009305");
    let pkce = |more: &str| json!({"parameters": format!("client_id=app&response_type=code&{more}")});
    expect_outcome!(ask, "authorization", pkce(""), "LOCATION", "A124301");
    expect_outcome!(
        ask,
        "authorization",
        pkce(&format!("code_challenge={CHALLENGE}")),
        "LOCATION",
        "A124308"
    );
    expect_outcome!(
        ask,
        "authorization",
        pkce("code_challenge=x&code_challenge_method=S256"),
        "LOCATION",
        "SIM502"
    );
    expect_outcome!(
        ask,
        "authorization",
        authorize("response_type=code&code_challenge_method=S256"),
        "LOCATION",
        "SIM501"
    );
    let silent = expect_outcome!(
        ask,
        "authorization",
        authorize("response_type=code&prompt=none"),
        "NO_INTERACTION",
        "A004001"
    );
    assert!(silent.get("responseContent").is_none());
    let issue = json!({"ticket": silent["ticket"], "subject": "jane"});
    expect_outcome!(ask, "authorization/issue", json!({"ticket": silent["ticket"]}), "BAD_REQUEST", "SIM603");
    expect_outcome!(ask, "authorization/issue", issue.clone(), "LOCATION", "A040001");
    expect_outcome!(ask, "authorization/issue", issue, "BAD_REQUEST", "A041202");
    expect_outcome!(
        ask,
        "authorization/fail",
        json!({"ticket": silent["ticket"], "reason": "DENIED"}),
        "BAD_REQUEST",
        "A041202"
    );
    for (reason, code, error) in [
        ("NOT_LOGGED_IN", "A060301", "login_required"),
        ("MAX_AGE_NOT_SUPPORTED", "SIM604", "login_required"),
        ("EXCEEDS_MAX_AGE", "SIM604", "login_required"),
        ("DIFFERENT_SUBJECT", "SIM604", "login_required"),
        ("NOT_AUTHENTICATED", "SIM604", "login_required"),
        ("ACR_NOT_SATISFIED", "A060305", "unmet_authentication_requirements"),
        ("DENIED", "A060306", "access_denied"),
        ("ACCOUNT_SELECTION_REQUIRED", "SIM604", "account_selection_required"),
        ("CONSENT_REQUIRED", "SIM604", "consent_required"),
        ("INTERACTION_REQUIRED", "A060311", "interaction_required"),
        ("INVALID_TARGET", "SIM604", "invalid_target"),
        ("INVALID_SCOPE", "SIM604", "invalid_scope"),
        ("TEMPORARILY_UNAVAILABLE", "SIM604", "temporarily_unavailable"),
        ("UNAUTHORIZED_CLIENT", "SIM604", "unauthorized_client"),
        ("SERVER_ERROR", "SIM604", "server_error"),
        ("UNKNOWN", "SIM604", "server_error"),
        ("NONSENSE", "A060201", "server_error"),
    ] {
        let ticket = ask("authorization", authorize("response_type=code")).await["ticket"].clone();
        let failed = ask("authorization/fail", json!({"ticket": ticket, "reason": reason})).await;
        assert_eq!(
            (&failed["action"], &failed["resultCode"]),
            (&json!("LOCATION"), &json!(code)),
            "{reason}"
        );
        let location = failed["responseContent"].as_str().unwrap();
        assert!(location.starts_with(&format!("{CALLBACK}?error={error}&")), "{location}");
    }
}

/// A code for client 1, with more parameters.
async fn granted(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value, more: &str) -> String {
    let request = authorize(&format!("response_type=code&{more}"));
    code_of(ask, request["parameters"].as_str().unwrap()).await
}

/// The code that answers a request.
async fn code_of(ask: &mut impl AsyncFnMut(&'static str, Value) -> Value, parameters: &str) -> String {
    let ticket = ask("authorization", json!({"parameters": parameters})).await["ticket"].clone();
    let issued =
        ask("authorization/issue", json!({"ticket": ticket, "subject": "jane", "authTime": 7})).await;
    issued["authorizationCode"].as_str().unwrap().to_owned()
}

/// Every outcome of the token endpoint.
pub(crate) async fn token(simulator: &Simulator, ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    expect_outcome!(ask, "token", json!({}), "BAD_REQUEST", "SIM701");
    expect_outcome!(ask, "token", exchange("a=1"), "BAD_REQUEST", "SIM702");
    expect_outcome!(ask, "token", exchange("grant_type=x"), "BAD_REQUEST", "SIM703");
    expect_outcome!(ask, "token", json!({"parameters": "grant_type=x"}), "INVALID_CLIENT", "SIM704");
    expect_outcome!(ask, "token", exchange("grant_type=x&client_id=2"), "BAD_REQUEST", "SIM511");
    let basic = |id: &str, secret: Value, parameters: &str| json!({"parameters": parameters, "clientId": id, "clientSecret": secret});
    let credentials = "grant_type=client_credentials&scope=a";
    expect_outcome!(ask, "token", basic("1", json!("wrong"), credentials), "INVALID_CLIENT", "A157303");
    expect_outcome!(ask, "token", basic("1", Value::Null, credentials), "INVALID_CLIENT", "A157302");
    expect_outcome!(ask, "token", basic("4", json!("post"), credentials), "INVALID_CLIENT", "A157357");
    expect_outcome!(ask, "token", basic("2", Value::Null, credentials), "BAD_REQUEST", "A052301");
    expect_outcome!(
        ask,
        "token",
        basic("5", json!("none"), "grant_type=refresh_token"),
        "BAD_REQUEST",
        "SIM705"
    );
    let own = expect_outcome!(ask, "token", basic("5", json!("none"), credentials), "OK", "SIM714");
    assert_eq!((&own["subject"], &own["refreshToken"]), (&Value::Null, &Value::Null));
    let bound = |proof: Value| json!({"parameters": credentials, "clientId": "3", "clientSecret": "bound", "dpop": proof, "htm": "GET", "htu": "https://rs.example/me"});
    expect_outcome!(ask, "token", bound(Value::Null), "BAD_REQUEST", "SIM710");
    expect_outcome!(ask, "token", bound(json!("x")), "BAD_REQUEST", "A254301");
    let no_key = format!("{}.e30.", URL_SAFE_NO_PAD.encode(r#"{"typ":"dpop+jwt","alg":"ES256"}"#));
    expect_outcome!(ask, "token", bound(json!(no_key)), "BAD_REQUEST", "A254303");
    expect_outcome!(ask, "token", bound(json!(proof(simulator, "", json!({})))), "OK", "SIM714");
    let nonced = |claims: Value| {
        let mut question = bound(json!(proof(simulator, "", claims)));
        question["dpopNonceRequired"] = json!(true);
        question
    };
    let asked = expect_outcome!(ask, "token", nonced(json!({})), "BAD_REQUEST", "A254307");
    assert!(asked["responseContent"].as_str().unwrap().contains("\"use_dpop_nonce\""));
    let nonce = json!({"nonce": asked["dpopNonce"]});
    let issued = expect_outcome!(ask, "token", nonced(nonce.clone()), "OK", "SIM714");
    assert_eq!(issued["dpopNonce"], nonce["nonce"]);
    simulator.advance(Duration::from_secs(600));
    expect_outcome!(ask, "token", nonced(nonce), "BAD_REQUEST", "A254307");

    expect_outcome!(ask, "token", basic("6", json!("tls"), credentials), "INVALID_CLIENT", "SIM512");
    let mut taken = exchange(credentials);
    taken["accessToken"] = json!("chosen");
    taken["accessTokenDuration"] = json!(5);
    let chosen = expect_outcome!(ask, "token", taken.clone(), "OK", "SIM714");
    assert_eq!((&chosen["accessToken"], &chosen["accessTokenDuration"]), (&json!("chosen"), &json!(5)));
    expect_outcome!(ask, "token", taken, "BAD_REQUEST", "SIM712");
    let unsigned = code_of(ask, "client_id=7&response_type=code&scope=openid").await;
    let parameters = format!("grant_type=authorization_code&client_id=7&code={unsigned}");
    expect_outcome!(ask, "token", json!({"parameters": parameters}), "BAD_REQUEST", "SIM711");
    let request =
        format!("client_id=2&response_type=code&code_challenge={CHALLENGE}&code_challenge_method=S256");
    let bound = code_of(ask, &request).await;
    let parameters =
        format!("grant_type=authorization_code&client_id=2&code={bound}&code_verifier={VERIFIER}");
    let post = json!({"htm": "POST"});
    let question = json!({"parameters": parameters, "dpop": proof(simulator, "", post)});
    let bound = expect_outcome!(ask, "token", question, "OK", "A050001");
    let parameters = format!(
        "grant_type=refresh_token&client_id=2&refresh_token={}",
        bound["refreshToken"].as_str().unwrap()
    );
    expect_outcome!(ask, "token", json!({"parameters": parameters}), "BAD_REQUEST", "SIM708");

    expect_outcome!(ask, "token", code(""), "BAD_REQUEST", "SIM706");
    expect_outcome!(ask, "token", code("code=x"), "BAD_REQUEST", "A050305");
    let plain = granted(ask, "scope=a+unknown+b").await;
    // What fails does not consume the code, and it is nobody else's.
    expect_outcome!(
        ask,
        "token",
        exchange(&format!("grant_type=authorization_code&code={plain}")),
        "BAD_REQUEST",
        "A050309"
    );
    expect_outcome!(
        ask,
        "token",
        code(&format!("code={plain}&code_verifier={VERIFIER}")),
        "BAD_REQUEST",
        "A050317"
    );
    let foreign = format!("grant_type=authorization_code&client_id=4&client_secret=post&code={plain}");
    expect_outcome!(ask, "token", json!({"parameters": foreign}), "BAD_REQUEST", "A050305");
    let first = expect_outcome!(ask, "token", code(&format!("code={plain}")), "OK", "A050001");
    assert_eq!((&first["scopes"], &first["idToken"]), (&json!(["a", "b"]), &Value::Null));
    expect_outcome!(ask, "token", code(&format!("code={plain}")), "BAD_REQUEST", "A050305");

    let challenged = granted(ask, &format!("code_challenge={CHALLENGE}&code_challenge_method=S256")).await;
    expect_outcome!(ask, "token", code(&format!("code={challenged}")), "BAD_REQUEST", "A050312");
    expect_outcome!(
        ask,
        "token",
        code(&format!("code={challenged}&code_verifier=x")),
        "BAD_REQUEST",
        "A050315"
    );
    expect_outcome!(
        ask,
        "token",
        code(&format!("code={challenged}&code_verifier={VERIFIER}")),
        "OK",
        "A050001"
    );

    let refresh = |token: &Value, more: &str| {
        exchange(&format!("grant_type=refresh_token&refresh_token={}{more}", token.as_str().unwrap()))
    };
    expect_outcome!(ask, "token", exchange("grant_type=refresh_token"), "BAD_REQUEST", "SIM707");
    expect_outcome!(ask, "token", refresh(&first["refreshToken"], "&scope=openid"), "BAD_REQUEST", "SIM709");
    let of_another = json!({"parameters": format!("grant_type=refresh_token&client_id=4&client_secret=post&refresh_token={}", first["refreshToken"].as_str().unwrap())});
    expect_outcome!(ask, "token", of_another, "BAD_REQUEST", "A053305");
    let second = expect_outcome!(ask, "token", refresh(&first["refreshToken"], "&scope=a"), "OK", "SIM713");
    assert_eq!((&second["scopes"], &second["subject"]), (&json!(["a"]), &json!("jane")));
    expect_outcome!(ask, "token", refresh(&first["refreshToken"], ""), "BAD_REQUEST", "A053305");
    let gone = ask("introspection", json!({"token": first["accessToken"]})).await;
    assert_eq!(gone["action"], "UNAUTHORIZED");
}

#[tokio::test]
async fn every_outcome_has_its_action_and_its_code() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    authorization(&mut ask).await;
    token(&simulator, &mut ask).await;
}

#[tokio::test]
async fn tickets_and_codes_end_in_time() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    let code_of_old = granted(&mut ask, "").await;
    let ticket = ask("authorization", authorize("response_type=code")).await["ticket"].clone();
    simulator.advance(Duration::from_secs(600));
    expect_outcome!(ask, "token", code(&format!("code={code_of_old}")), "BAD_REQUEST", "A050305");
    simulator.advance(Duration::from_secs(86_400 - 600));
    let issue = json!({"ticket": ticket, "subject": "jane"});
    expect_outcome!(ask, "authorization/issue", issue, "BAD_REQUEST", "A041201");
}

#[tokio::test]
async fn an_id_token_verifies_with_the_service_s_keys() {
    let simulator = simulator().await;
    let ask = async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    let request = "client_id=4&response_type=code&scope=openid&nonce=n&state=s";
    let ticket = ask("authorization", json!({"parameters": request})).await["ticket"].clone();
    let claims = r#"{"name":"Jane","sub":"other"}"#;
    let issue = json!({"ticket": ticket, "subject": "jane", "authTime": 7, "acr": "gold", "claims": claims});
    let code = ask("authorization/issue", issue).await["authorizationCode"].as_str().unwrap().to_owned();
    let exchange = format!("grant_type=authorization_code&client_id=4&client_secret=post&code={code}");
    let issued = ask("token", json!({"parameters": exchange})).await;
    let content: Value = serde_json::from_str(issued["responseContent"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&content["access_token"], &content["token_type"]),
        (&issued["accessToken"], &json!("Bearer"))
    );
    let (input, signature) = content["id_token"].as_str().unwrap().rsplit_once('.').unwrap();
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(input.split_once('.').unwrap().1).unwrap()).unwrap();
    let now = simulator.now_ms() / 1000;
    for (claim, value) in [
        ("iss", json!("https://as.example")),
        ("sub", json!("jane")),
        ("aud", json!(["4"])),
        ("nonce", json!("n")),
        ("auth_time", json!(7)),
        ("acr", json!("gold")),
        ("iat", json!(now)),
        ("exp", json!(now + 86_400)),
        ("name", json!("Jane")),
    ] {
        assert_eq!(claims[claim], value, "{claim}");
    }
    let target = format!("/api/{}/service/jwks/get", simulator.service_id());
    let keys = send(&simulator, &text(&simulator, "GET", &target, "")).await.json();
    assert!(!keys.to_string().contains("\"d\""));
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["crv"] == "Ed25519").unwrap();
    let key = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
    ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, key)
        .verify(input.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap())
        .unwrap();
}

#[tokio::test]
async fn a_bound_token_comes_from_a_bound_request() {
    let simulator = simulator().await;
    let question = json!({
        "parameters": "grant_type=client_credentials", "clientId": "3", "clientSecret": "bound",
        "dpop": proof(&simulator, "", json!({})), "htm": "GET", "htu": "https://rs.example/me",
    });
    let issued = asked(&simulator, "token", &question).await;
    assert!(issued["responseContent"].as_str().unwrap().contains("\"token_type\":\"DPoP\""));
    let token = &simulator.ledger().tokens()[0];
    assert_eq!(token.extra().dpop_key_thumbprint, Some(thumbprint()));
}

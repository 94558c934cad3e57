//! What settings of services and clients, and switches, change about flows.

use authlete_simulator::Simulator;
use serde_json::{Value, json};

use crate::client::{asked, expect_outcome};
use crate::flows::{builder, carried, own, part, public, simulator, tokens, value};
use crate::proof::proof;

/// Every outcome that comes of a setting.
pub(crate) async fn outcomes(simulator: &Simulator, ask: &mut impl AsyncFnMut(&'static str, Value) -> Value) {
    let set = |name: &'static str, value: Value| {
        simulator.switch(|switches| drop(switches.service.insert(name.to_owned(), value)));
    };
    set("scopeRequired", json!(true));
    let request = json!({"parameters": "client_id=1&response_type=code"});
    expect_outcome!(ask, "authorization", request, "LOCATION", "SIM617");
    expect_outcome!(ask, "token", own("grant_type=client_credentials"), "BAD_REQUEST", "SIM617");
    let password = own("grant_type=password&username=jane&password=x");
    expect_outcome!(ask, "token", password, "BAD_REQUEST", "SIM617");
    expect_outcome!(ask, "/device/authorization", public(""), "BAD_REQUEST", "SIM617");
    expect_outcome!(ask, "token", own("grant_type=client_credentials&scope=a"), "OK", "SIM714");
    set("scopeRequired", json!(false));

    let issued = tokens(ask, "openid").await;
    let issue = json!({"token": issued["accessToken"], "claims": r#"{"name":"Jane"}"#});
    for (algorithm, action, code) in [
        ("EdDSA", "JWT", "A096001"),
        ("HS256", "JWT", "A096001"),
        ("ES512", "INTERNAL_SERVER_ERROR", "SIM427"),
        ("NONE", "JSON", "A096001"),
    ] {
        simulator.switch(|switches| {
            let client = &mut switches.clients.as_mut().unwrap()[0];
            client.members.insert("userInfoSignAlg".to_owned(), json!(algorithm));
        });
        let told = ask("userinfo/issue", issue.clone()).await;
        assert_eq!((&told["action"], &told["resultCode"]), (&json!(action), &json!(code)), "{algorithm}");
        if action == "JWT" {
            let claims = json!({"iss": "https://as.example", "aud": "1", "sub": "jane", "name": "Jane"});
            assert_eq!(part(told["responseContent"].as_str().unwrap(), 1), claims);
        }
    }
}

#[tokio::test]
async fn a_proof_is_for_the_endpoint_that_the_service_names() {
    let settings = json!({"tokenEndpoint": "https://as.example/token", "pushedAuthReqEndpoint": "https://as.example/par"});
    let simulator = builder(settings).start().await.unwrap();
    for (operation, parameters, endpoint) in [
        ("token", "grant_type=client_credentials", "https://as.example/token"),
        ("/pushed_auth_req", "response_type=code", "https://as.example/par"),
    ] {
        for (claims, is_good) in [
            (json!({"htm": "POST", "htu": endpoint}), true),
            (json!({"htm": "GET", "htu": endpoint}), false),
            (json!({"htm": "POST", "htu": "https://as.example/other"}), false),
        ] {
            let mut question = own(parameters);
            question["dpop"] = json!(proof(&simulator, "", claims));
            let answer = asked(&simulator, operation, &question).await;
            assert_eq!(answer["resultCode"] != "A254301", is_good, "{answer}");
        }
    }
}

#[tokio::test]
async fn settings_change_what_is_asked_and_told() {
    let simulator = simulator().await;
    let mut ask =
        async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
    outcomes(&simulator, &mut ask).await;
}

#[tokio::test]
async fn a_replayed_code_ends_its_tokens_where_that_is_switched_on() {
    for revokes in [true, false] {
        let simulator = builder(json!({})).replayed_code_revokes(revokes).start().await.unwrap();
        let mut ask =
            async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
        let other = tokens(&mut ask, "a").await["accessToken"].clone();
        let pairs = carried(&mut ask, "response_type=code&scope=a").await;
        let exchange = own(&format!("grant_type=authorization_code&code={}", value(&pairs, "code").unwrap()));
        let first = ask("token", exchange.clone()).await;
        // The refresh token's successors end, too.
        let refresh =
            format!("grant_type=refresh_token&refresh_token={}", first["refreshToken"].as_str().unwrap());
        let second = ask("token", own(&refresh)).await["accessToken"].clone();
        assert_eq!(ask("token", exchange).await["resultCode"], "A050305");
        let alive = |token: &Value| simulator.ledger().contains(token.as_str().unwrap());
        assert_eq!((alive(&second), alive(&other)), (!revokes, true));
    }
}

#[tokio::test]
async fn the_code_flow_has_at_hash_unless_that_is_switched_off() {
    for has in [true, false] {
        let simulator = builder(json!({})).at_hash_in_code_flow(has).start().await.unwrap();
        let mut ask =
            async |operation: &'static str, question: Value| asked(&simulator, operation, &question).await;
        let issued = tokens(&mut ask, "openid").await;
        assert_eq!(part(issued["idToken"].as_str().unwrap(), 1).get("at_hash").is_some(), has);
    }
}

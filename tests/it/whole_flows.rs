//! Whole flows through the SDK against the simulator: what is asked, what comes of it.

mod administration;
mod device;
mod dpop;
mod grants;
mod negative;
mod pushed;

use std::time::Duration;

use authlete::AuthleteCore;
use authlete::funcs::{
    authorization_fail, authorization_issue, authorization_process_request, introspection_process,
    introspection_standard_process, jwk_set_endpoint_service_jwks_get_api, token_management_revoke,
    token_management_update, token_process, userinfo_issue, userinfo_process,
};
use authlete::models::operations::ServiceJwksGetApiRequest;
use authlete::models::{
    AuthorizationFailRequest, AuthorizationFailRequestReason, AuthorizationIssueRequest,
    AuthorizationRequest, AuthorizationResponseAction, IntrospectionRequest, IntrospectionResponseAction,
    Property, StandardIntrospectionRequest, TokenRequest, TokenResponse, TokenResponseAction,
    TokenRevokeRequest, TokenUpdateRequest, UserinfoIssueRequest, UserinfoRequest,
};
use authlete_simulator::{Client, Simulator};
use serde_json::{Value, json};

use crate::support::{BEARER, core};

const CALLBACK: &str = "https://app.example/cb";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn service(service: Value, client: Client) -> (Simulator, AuthleteCore) {
    let simulator = Simulator::builder()
        .bearer(BEARER)
        .manual_clock()
        .service(service.as_object().unwrap().clone())
        .client(client.redirect_uri(CALLBACK))
        .start()
        .await
        .unwrap();
    let core = core(simulator.url()).build().unwrap();
    (simulator, core)
}

/// The result code of an authorization request and, if it was granted, the code.
async fn authorize(core: &AuthleteCore, more: &str) -> (String, Option<String>) {
    let request = AuthorizationRequest::new(format!("client_id=1&response_type=code&{more}"));
    let answer = authorization_process_request(core, &request.into(), None).await.unwrap().into_value();
    let Some(ticket) = answer.ticket else {
        return (answer.result_code.unwrap(), None);
    };
    assert_eq!(answer.action, Some(AuthorizationResponseAction::Interaction));
    let properties =
        [Property::new().key("seen").value("1"), Property::new().key("secret").value("2").hidden(true)];
    let issue = AuthorizationIssueRequest::new(ticket, "jane").properties(properties);
    let issued = authorization_issue(core, &issue.into(), None).await.unwrap().into_value();
    (issued.result_code.unwrap(), issued.authorization_code.map(|code| code.expose().to_owned()))
}

async fn exchange(core: &AuthleteCore, parameters: &str) -> TokenResponse {
    let request = TokenRequest::new(parameters).client_id("1").client_secret("secret");
    token_process(core, &request.into(), None).await.unwrap().into_value()
}

fn code_of(answer: &TokenResponse) -> &str {
    answer.result_code.as_deref().unwrap()
}

#[tokio::test]
async fn a_code_becomes_tokens_with_their_properties() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let (_, code) = authorize(&core, "scope=openid+email").await;
    let parameters = format!("grant_type=authorization_code&code={}", code.unwrap());
    let issued = exchange(&core, &parameters).await;
    assert_eq!((&issued.action, code_of(&issued)), (&Some(TokenResponseAction::Ok), "A050001"));
    let content: Value = serde_json::from_str(issued.response_content.as_ref().unwrap().expose()).unwrap();
    assert_eq!((&content["seen"], &content["secret"]), (&json!("1"), &Value::Null));
    assert_eq!(content["id_token"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(code_of(&exchange(&core, &parameters).await), "A050305");

    let token = issued.access_token.unwrap();
    let question = IntrospectionRequest::new(token.expose()).scopes(["email"]);
    let known = introspection_process(&core, &question.into(), None).await.unwrap().into_value();
    assert_eq!(known.action, Some(IntrospectionResponseAction::Ok));
    assert_eq!(known.properties.unwrap().len(), 2);
    let question = StandardIntrospectionRequest::new(format!("token={}", token.expose()));
    let standard = introspection_standard_process(&core, &question.into(), None).await.unwrap().into_value();
    assert_eq!(standard.result_code.as_deref(), Some("A145001"));
    let asked = userinfo_process(&core, &UserinfoRequest::new(token.expose()).into(), None).await.unwrap();
    assert_eq!(asked.value.claims.unwrap(), ["email", "email_verified"]);
    let issue = UserinfoIssueRequest::new(token.expose()).claims(r#"{"email":"j@example.com"}"#);
    let told = userinfo_issue(&core, &issue.into(), None).await.unwrap().into_value();
    assert_eq!(told.result_code.as_deref(), Some("A096001"));
    let update = TokenUpdateRequest::new().access_token(token.expose()).scopes(["openid"]);
    let updated = token_management_update(&core, &update.into(), None).await.unwrap().into_value();
    assert_eq!(updated.scopes.unwrap(), ["openid"]);
    let revocation = TokenRevokeRequest::new().subject("jane");
    let revoked = token_management_revoke(&core, &revocation.into(), None).await.unwrap().into_value();
    assert_eq!((revoked.count, simulator.ledger().token_count()), (Some(1), 0));
}

#[tokio::test]
async fn pkce_holds_as_the_service_asks() {
    let s256 = format!("code_challenge={CHALLENGE}&code_challenge_method=S256");
    let plain = format!("code_challenge={VERIFIER}");
    for (settings, request, verifier, code) in [
        (json!({}), plain.as_str(), Some(VERIFIER), "A050001"),
        (json!({}), plain.as_str(), Some(CHALLENGE), "A050315"),
        (json!({}), s256.as_str(), Some(VERIFIER), "A050001"),
        (json!({}), s256.as_str(), None, "A050312"),
        (json!({}), "", Some(VERIFIER), "A050317"),
        (json!({"pkceRequired": true}), "", None, "A124301"),
        (json!({"pkceRequired": true, "pkceS256Required": true}), plain.as_str(), None, "A124308"),
        (json!({"pkceRequired": true, "pkceS256Required": true}), s256.as_str(), Some(VERIFIER), "A050001"),
    ] {
        let (_simulator, core) = service(settings, Client::confidential(1, "secret")).await;
        let (refused, granted) = authorize(&core, request).await;
        let Some(granted) = granted else {
            assert_eq!(refused, code);
            continue;
        };
        let verifier = verifier.map(|verifier| format!("&code_verifier={verifier}")).unwrap_or_default();
        let parameters = format!("grant_type=authorization_code&code={granted}{verifier}");
        assert_eq!(code_of(&exchange(&core, &parameters).await), code);
    }
}

#[tokio::test]
async fn a_refresh_token_rotates_where_there_is_one() {
    let (_simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let (_, code) = authorize(&core, "scope=a+b").await;
    let parameters = format!("grant_type=authorization_code&code={}", code.unwrap());
    let first = exchange(&core, &parameters).await.refresh_token.unwrap();
    let parameters = format!("grant_type=refresh_token&refresh_token={}", first.expose());
    assert_eq!(code_of(&exchange(&core, &format!("{parameters}&scope=c")).await), "SIM709");
    let second = exchange(&core, &format!("{parameters}&scope=a")).await;
    assert_eq!(second.scopes.unwrap(), ["a"]);
    assert_eq!(code_of(&exchange(&core, &parameters).await), "A053305");

    let alone = Client::confidential(1, "secret").member("grantTypes", json!(["AUTHORIZATION_CODE"]));
    let (_simulator, core) = service(json!({}), alone).await;
    let (_, code) = authorize(&core, "").await;
    let issued = exchange(&core, &format!("grant_type=authorization_code&code={}", code.unwrap())).await;
    assert!(issued.refresh_token.is_none());
}

#[tokio::test]
async fn durations_and_dpop_are_what_the_settings_say() {
    let settings = json!({"accessTokenDuration": 60, "authorizationCodeDuration": 10});
    let (simulator, core) =
        service(settings, Client::confidential(1, "secret").member("dpopRequired", true)).await;
    let (_, code) = authorize(&core, "").await;
    let parameters = format!("grant_type=authorization_code&code={}", code.unwrap());
    assert_eq!(code_of(&exchange(&core, &parameters).await), "SIM710");

    simulator.switch(|switches| {
        switches.clients.as_mut().unwrap()[0] = Client::confidential(1, "secret").redirect_uri(CALLBACK)
    });
    let issued = exchange(&core, &parameters).await;
    assert_eq!(issued.access_token_duration, Some(60));
    let (_, late) = authorize(&core, "").await;
    simulator.advance(Duration::from_secs(10));
    let late = exchange(&core, &format!("grant_type=authorization_code&code={}", late.unwrap())).await;
    assert_eq!(code_of(&late), "A050305");
}

#[tokio::test]
async fn a_denial_reaches_the_client_and_ends_the_ticket() {
    let (_simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let request = AuthorizationRequest::new("client_id=1&response_type=code&state=s");
    let answer = authorization_process_request(&core, &request.into(), None).await.unwrap().into_value();
    let fail = AuthorizationFailRequest::new(answer.ticket.unwrap(), AuthorizationFailRequestReason::Denied);
    let request = fail.clone().into();
    let failed = authorization_fail(&core, &request, None).await.unwrap().into_value();
    let location = failed.response_content.unwrap();
    assert!(location.expose().starts_with("https://app.example/cb?error=access_denied&"));
    assert!(location.expose().contains("&state=s&iss="));
    let again = authorization_fail(&core, &request, None).await.unwrap().into_value();
    assert_eq!(again.result_code.as_deref(), Some("A041202"));
}

#[tokio::test]
async fn an_uploaded_key_signs_and_its_public_half_is_shown() {
    // The keys of RFC 7515, appendix A.2, and of RFC 8037, appendix A.1.
    let published = include_str!("../../crates/simulator/src/protocol/jose/published-keys.json");
    let published: Value = serde_json::from_str(published).unwrap();
    for (kty, algorithm) in [("RSA", "RS256"), ("RSA", "PS256"), ("OKP", "EdDSA")] {
        let mut key =
            published["keys"].as_array().unwrap().iter().find(|key| key["kty"] == kty).unwrap().clone();
        key["kid"] = json!("mine");
        key["alg"] = json!(algorithm);
        let client = Client::confidential(1, "secret").member("idTokenSignAlg", algorithm);
        let jwks = json!({"keys": [key]}).to_string();
        let (_simulator, core) = service(json!({"jwks": jwks}), client).await;
        let (_, code) = authorize(&core, "scope=openid").await;
        let issued = exchange(&core, &format!("grant_type=authorization_code&code={}", code.unwrap())).await;
        assert!(issued.id_token.is_some(), "{algorithm}");
        let request = ServiceJwksGetApiRequest::new();
        let shown = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await.unwrap().into_value();
        let shown = serde_json::to_value(&shown).unwrap();
        assert_eq!((&shown["keys"][0]["kid"], &shown["keys"][0]["d"]), (&json!("mine"), &Value::Null));
    }
}

//! What a server must refuse, with the simulator's ledger as the judge.

use std::time::Duration;

use authlete::AuthleteCore;
use authlete::funcs::{authorization_fail, authorization_process_request, token_process};
use authlete::models::{
    AuthorizationFailRequest, AuthorizationFailRequestReason as Reason, AuthorizationRequest,
    AuthorizationResponse, AuthorizationResponseAction as Action, TokenRequest, TokenResponse,
};
use authlete_simulator::{Client, Simulator};
use serde_json::{Value, json};

use super::{CALLBACK, CHALLENGE, VERIFIER, authorize, code_of, exchange, service};

async fn asked(core: &AuthleteCore, parameters: &str) -> AuthorizationResponse {
    let request = AuthorizationRequest::new(parameters);
    authorization_process_request(core, &request.into(), None).await.unwrap().into_value()
}

/// Asks the token endpoint as another client.
async fn as_other(core: &AuthleteCore, parameters: &str) -> TokenResponse {
    let request = TokenRequest::new(parameters).client_id("2").client_secret("other");
    token_process(core, &request.into(), None).await.unwrap().into_value()
}

/// A service with another client beside the first.
async fn two_clients(settings: Value) -> (Simulator, AuthleteCore) {
    let (simulator, core) = service(settings, Client::confidential(1, "secret")).await;
    simulator.switch(|switches| {
        let other = Client::confidential(2, "other").redirect_uri(CALLBACK);
        switches.clients.get_or_insert_default().push(other);
    });
    (simulator, core)
}

fn text(answer: &AuthorizationResponse) -> &str {
    answer.response_content.as_ref().unwrap().expose()
}

#[tokio::test]
async fn a_redirect_uri_that_is_not_registered_gets_no_redirect() {
    let (_simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    for uri in [
        "https://app.example/cb/evil",
        "https://app.example/cbx",
        "https://app.example/cb?x=1",
        "https://app.example:444/cb",
        "http://app.example/cb",
        "https://app.example.evil.example/cb",
        "https://APP.example/cb",
        "//evil.example",
        "javascript:alert(1)",
    ] {
        let parameters = [("client_id", "1"), ("response_type", "code"), ("redirect_uri", uri)];
        let query = form_urlencoded_of(&parameters);
        let refused = asked(&core, &query).await;
        assert_eq!(refused.action, Some(Action::BadRequest), "{uri}");
        assert_eq!(refused.result_code.as_deref(), Some("A011304"), "{uri}");
        assert!(refused.ticket.is_none() && !text(&refused).contains("Location"), "{uri}");
    }
}

/// A query of these pairs.
fn form_urlencoded_of(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

#[tokio::test]
async fn a_code_is_good_once_in_time_and_for_its_client() {
    let (simulator, core) = two_clients(json!({})).await;
    let (_, code) = authorize(&core, "").await;
    let parameters = format!("grant_type=authorization_code&code={}", code.unwrap());
    assert_eq!(code_of(&as_other(&core, &parameters).await), "A050305");
    assert_eq!(code_of(&exchange(&core, &parameters).await), "A050001");
    assert_eq!(code_of(&exchange(&core, &parameters).await), "A050305");
    let (_, late) = authorize(&core, "").await;
    simulator.advance(Duration::from_secs(600));
    let parameters = format!("grant_type=authorization_code&code={}", late.unwrap());
    assert_eq!(code_of(&exchange(&core, &parameters).await), "A050305");
    assert_eq!(simulator.ledger().created_count(), 1);
}

#[tokio::test]
async fn a_verifier_and_a_challenge_need_each_other() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let challenge = format!("code_challenge={CHALLENGE}&code_challenge_method=S256");
    for (request, verifier, code) in [
        (challenge.as_str(), "", "A050312"),
        (challenge.as_str(), "&code_verifier=wrong", "A050315"),
        (challenge.as_str(), &format!("&code_verifier={CHALLENGE}"), "A050315"),
        ("", &format!("&code_verifier={VERIFIER}"), "A050317"),
    ] {
        let (_, granted) = authorize(&core, request).await;
        let parameters = format!("grant_type=authorization_code&code={}{verifier}", granted.unwrap());
        assert_eq!(code_of(&exchange(&core, &parameters).await), code);
    }
    assert_eq!(simulator.ledger().created_count(), 0);
}

#[tokio::test]
async fn a_refresh_token_is_good_once_for_its_client_and_its_scopes() {
    let (simulator, core) = two_clients(json!({})).await;
    let (_, code) = authorize(&core, "scope=a").await;
    let parameters = format!("grant_type=authorization_code&code={}", code.unwrap());
    let first = exchange(&core, &parameters).await.refresh_token.unwrap();
    let parameters = format!("grant_type=refresh_token&refresh_token={}", first.expose());
    assert_eq!(code_of(&as_other(&core, &parameters).await), "A053305");
    assert_eq!(code_of(&exchange(&core, &format!("{parameters}&scope=a+b")).await), "SIM709");
    assert_eq!(code_of(&exchange(&core, &parameters).await), "SIM713");
    assert_eq!(code_of(&exchange(&core, &parameters).await), "A053305");
    assert_eq!(simulator.ledger().token_count(), 1);
}

#[tokio::test]
async fn request_objects_without_a_good_signature_are_not_believed() {
    let (_simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    // {"alg":"none"}.{"redirect_uri":"https://evil.example/"}.
    let none = "eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwczovL2V2aWwuZXhhbXBsZS8ifQ.";
    let refused = asked(&core, &format!("client_id=1&response_type=code&request={none}")).await;
    assert_eq!(refused.result_code.as_deref(), Some("SIM614"));
    assert!(text(&refused).starts_with("https://app.example/cb?error=request_not_supported&"));
}

#[tokio::test]
async fn errors_say_who_sends_them() {
    let (_simulator, core) =
        service(json!({"issuer": "https://as.example"}), Client::confidential(1, "secret")).await;
    for parameters in ["response_type=x", "response_type=token", "response_type=code&max_age=x"] {
        let refused = asked(&core, &format!("client_id=1&state=s&{parameters}")).await;
        assert_eq!(refused.action, Some(Action::Location));
        assert!(text(&refused).ends_with("&state=s&iss=https%3A%2F%2Fas.example"), "{parameters}");
    }
    let (_simulator, core) = service(json!({"issSuppressed": true}), Client::confidential(1, "secret")).await;
    assert!(!text(&asked(&core, "client_id=1&response_type=x").await).contains("iss="));
}

#[tokio::test]
async fn silence_is_no_consent() {
    let (_simulator, core) =
        service(json!({"supportedAcrs": ["gold"]}), Client::confidential(1, "secret")).await;
    let claims = r#"claims={"id_token":{"sub":{"value":"jane"},"acr":{"essential":true,"value":"gold"}}}"#;
    for (reason, error) in [
        (Reason::NotLoggedIn, "login_required"),
        (Reason::DifferentSubject, "login_required"),
        (Reason::ExceedsMaxAge, "login_required"),
        (Reason::AcrNotSatisfied, "unmet_authentication_requirements"),
        (Reason::ConsentRequired, "consent_required"),
        (Reason::InteractionRequired, "interaction_required"),
    ] {
        let parameters = format!("client_id=1&response_type=code&prompt=none&max_age=60&{claims}");
        let silent = asked(&core, &parameters).await;
        assert_eq!(silent.action, Some(Action::NoInteraction));
        // What the server must check is told.
        assert_eq!((silent.max_age, silent.subject.as_deref()), (Some(60), Some("jane")));
        assert_eq!((silent.acrs.unwrap(), silent.acr_essential), (vec!["gold".to_owned()], Some(true)));
        let request = AuthorizationFailRequest::new(silent.ticket.unwrap(), reason);
        let failed = authorization_fail(&core, &request.into(), None).await.unwrap().into_value();
        let location = failed.response_content.unwrap();
        assert!(location.expose().starts_with(&format!("{CALLBACK}?error={error}&")));
    }
}

#[tokio::test]
async fn malformed_parameters_are_refused_and_long_ones_do_no_harm() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let long = "x".repeat(1 << 20);
    for (parameters, code) in [
        ("client_id=1&response_type=code&response_type=code".to_owned(), "SIM601"),
        ("client_id=1&client_id=1&response_type=code".to_owned(), "SIM601"),
        ("client_id=1&state=%ff".to_owned(), "SIM615"),
        ("client_id=1&state=%c3%28".to_owned(), "SIM615"),
        ("client_id=1%00&response_type=code".to_owned(), "SIM602"),
        ("client_id=\u{0}1&response_type=code".to_owned(), "SIM602"),
        (format!("client_id={long}"), "SIM602"),
        (format!("client_id=1&redirect_uri={long}"), "A011304"),
        (format!("client_id=1&response_type=code&code_challenge={long}"), "SIM502"),
        (format!("client_id=1&response_type=code&scope={long}&state={long}"), "A004001"),
    ] {
        let answer = asked(&core, &parameters).await;
        assert_eq!(answer.result_code.as_deref(), Some(code), "{}", &parameters[..60.min(parameters.len())]);
    }
    for (parameters, code) in [
        ("grant_type=authorization_code&code=x&code=y".to_owned(), "SIM601"),
        ("grant_type=authorization_code&code=%ff".to_owned(), "SIM615"),
        ("grant_type=authorization_code%00&code=x".to_owned(), "SIM703"),
        (format!("grant_type=authorization_code&code={long}"), "A050305"),
        (format!("grant_type=refresh_token&refresh_token={long}"), "A053305"),
    ] {
        assert_eq!(code_of(&exchange(&core, &parameters).await), code);
    }
    assert_eq!(simulator.ledger().created_count(), 0);
}

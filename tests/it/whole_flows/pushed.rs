//! Pushed authorization requests (RFC 9126) through the SDK.

use authlete::AuthleteCore;
use authlete::funcs::{authorization_process_request, pushed_authorization_create};
use authlete::models::{
    AuthorizationRequest, AuthorizationResponseAction, PushedAuthorizationRequest,
    PushedAuthorizationResponse, PushedAuthorizationResponseAction as Action,
};
use authlete_simulator::Client;
use serde_json::{Value, json};

use super::{CALLBACK, CHALLENGE, service};

async fn push(core: &AuthleteCore, parameters: &str) -> PushedAuthorizationResponse {
    let request = PushedAuthorizationRequest::new(parameters).client_id("1").client_secret("secret");
    pushed_authorization_create(core, &request.into(), None).await.unwrap().into_value()
}

/// The result code of a request to the authorization endpoint.
async fn code_of(core: &AuthleteCore, parameters: &str) -> (Option<AuthorizationResponseAction>, String) {
    let request = AuthorizationRequest::new(parameters);
    let answer = authorization_process_request(core, &request.into(), None).await.unwrap().into_value();
    (answer.action, answer.result_code.unwrap())
}

#[tokio::test]
async fn a_pushed_request_is_good_once_and_for_its_client() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    simulator.switch(|switches| {
        let other = Client::public(2).redirect_uri(CALLBACK);
        switches.clients.get_or_insert_default().push(other);
    });
    let pkce = format!("response_type=code&code_challenge={CHALLENGE}&code_challenge_method=S256");
    let pushed = push(&core, &pkce).await;
    assert_eq!((pushed.action, pushed.result_code.as_deref()), (Some(Action::Created), Some("A245001")));
    let content: Value = serde_json::from_str(pushed.response_content.unwrap().expose()).unwrap();
    let name = pushed.request_uri.unwrap();
    assert_eq!(content["expires_in"], 600);
    let by = |client: &str| format!("client_id={client}&request_uri={}", name.expose());
    let refused = Some(AuthorizationResponseAction::BadRequest);
    assert_eq!(code_of(&core, &by("2")).await, (refused.clone(), "SIM612".to_owned()));
    // Parameters beside the pushed ones are not looked at.
    let more = format!("{}&redirect_uri=https%3A%2F%2Fevil.example", by("1"));
    let good = (Some(AuthorizationResponseAction::Interaction), "A004001".to_owned());
    assert_eq!(code_of(&core, &more).await, good);
    assert_eq!(code_of(&core, &by("1")).await, (refused, "A008303".to_owned()));
}

#[tokio::test]
async fn where_requests_must_be_pushed_no_other_is_taken() {
    for (settings, client) in [
        (json!({"parRequired": true}), Client::confidential(1, "secret")),
        (json!({}), Client::confidential(1, "secret").member("parRequired", true)),
    ] {
        let (_simulator, core) = service(settings, client).await;
        let (action, code) = code_of(&core, "client_id=1&response_type=code").await;
        assert_eq!((action, code.as_str()), (Some(AuthorizationResponseAction::Location), "SIM613"));
        let name = push(&core, "response_type=code").await.request_uri.unwrap();
        let (_, code) = code_of(&core, &format!("client_id=1&request_uri={}", name.expose())).await;
        assert_eq!(code, "A004001");
    }
}

#[tokio::test]
async fn what_the_authorization_endpoint_would_refuse_is_not_kept() {
    let (_simulator, core) = service(json!({"pkceRequired": true}), Client::confidential(1, "secret")).await;
    for (parameters, code) in [
        ("response_type=code", "A124301"),
        ("response_type=code&redirect_uri=https%3A%2F%2Fevil.example", "A011304"),
        ("scope=a", "A009301"),
    ] {
        let refused = push(&core, parameters).await;
        assert_eq!((refused.action, refused.result_code.as_deref()), (Some(Action::BadRequest), Some(code)));
        assert!(refused.request_uri.is_none());
    }
}

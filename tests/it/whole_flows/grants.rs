//! The other grants, revocation by the client and what users have granted, through the SDK.

use authlete::AuthleteCore;
use authlete::funcs::{self, revocation_process, token_fail, token_issue, token_process};
use authlete::models::operations::*;
use authlete::models::{
    ClientAuthorizationGetListRequest, ClientAuthorizationUpdateRequest, Property, RevocationRequest,
    RevocationResponseAction, TokenFailRequest, TokenFailRequestReason, TokenIssueRequest, TokenRequest,
    TokenResponse, TokenResponseAction,
};
use authlete_simulator::Client;
use serde_json::{Value, json};

use super::{authorize, code_of, exchange, service};

async fn token_of_jane(core: &AuthleteCore) -> TokenResponse {
    let (_, code) = authorize(core, "scope=a+b").await;
    exchange(core, &format!("grant_type=authorization_code&code={}", code.unwrap())).await
}

#[tokio::test]
async fn a_password_is_checked_by_the_application() {
    let settings = json!({"supportedGrantTypes": ["PASSWORD", "REFRESH_TOKEN"]});
    let (simulator, core) = service(settings, Client::confidential(1, "secret")).await;
    let parameters = "grant_type=password&username=jane&password=secret&scope=a";
    let asked = exchange(&core, parameters).await;
    assert_eq!(asked.action, Some(TokenResponseAction::Password));
    assert_eq!((asked.username.as_deref(), asked.password.unwrap().expose()), (Some("jane"), "secret"));
    let issue = TokenIssueRequest::new(asked.ticket.unwrap(), "jane");
    let issued = token_issue(&core, &issue.into(), None).await.unwrap().into_value();
    assert!(simulator.ledger().contains(issued.access_token.unwrap().expose()));
    let again = exchange(&core, parameters).await;
    let reason = TokenFailRequestReason::InvalidResourceOwnerCredentials;
    let fail = TokenFailRequest::new(again.ticket.unwrap(), reason);
    let failed = token_fail(&core, &fail.into(), None).await.unwrap().into_value();
    assert_eq!(failed.result_code.as_deref(), Some("A067301"));
}

#[tokio::test]
async fn properties_of_a_token_request_are_shown_unless_hidden() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let (_, code) = authorize(&core, "").await;
    let parameters = format!("grant_type=authorization_code&code={}", code.unwrap());
    let request = TokenRequest::new(parameters).client_id("1").client_secret("secret").properties([
        Property::new().key("more").value("3"),
        Property::new().key("hush").value("4").hidden(true),
    ]);
    let issued = token_process(&core, &request.into(), None).await.unwrap().into_value();
    let content: Value = serde_json::from_str(issued.response_content.as_ref().unwrap().expose()).unwrap();
    assert_eq!(
        (&content["seen"], &content["more"], &content["secret"], &content["hush"]),
        (&json!("1"), &json!("3"), &Value::Null, &Value::Null)
    );
    assert_eq!(issued.properties.unwrap().len(), 4);
    assert_eq!(simulator.ledger().tokens()[0].extra().properties.len(), 4);
}

#[tokio::test]
async fn a_client_revokes_its_tokens() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    let issued = token_of_jane(&core).await;
    let parameters = format!("token={}", issued.refresh_token.unwrap().expose());
    let request = RevocationRequest::new(parameters).client_id("1").client_secret("secret");
    let revoked = revocation_process(&core, &request.clone().into(), None).await.unwrap().into_value();
    assert_eq!(revoked.action, Some(RevocationResponseAction::Ok));
    assert_eq!(simulator.ledger().token_count(), 0);
    let again = revocation_process(&core, &request.into(), None).await.unwrap().into_value();
    assert_eq!(again.result_code.as_deref(), Some("A113001"));
}

#[tokio::test]
async fn consents_are_read_and_withdrawn() {
    let (simulator, core) = service(json!({}), Client::confidential(1, "secret")).await;
    simulator.switch(|switches| switches.granted_scopes = true);
    let held = async |expected: i32| {
        let request = ClientAuthorizationGetListApiRequest::new("jane");
        let by_query = funcs::client_management_client_authorization_get_list_api(&core, &request, None);
        let by_query = by_query.await.unwrap().into_value();
        let body = ClientAuthorizationGetListRequest::new("jane");
        let request = ClientAuthorizationGetListApiPostRequest::new(body);
        let by_body = funcs::client_management_client_authorization_get_list_api_post(&core, &request, None);
        let by_body = by_body.await.unwrap().into_value();
        let request = ClientAuthorizationGetListBySubjectApiRequest::new("jane");
        let by_path = funcs::client_management_list_authorizations(&core, &request, None);
        let by_path = by_path.await.unwrap().into_value();
        for list in [by_query, by_body, by_path] {
            assert_eq!(list.total_count, Some(expected.into()));
        }
    };
    held(0).await;
    token_of_jane(&core).await;
    held(1).await;
    let request = ClientGrantedScopesGetApiRequest::new("1", "jane");
    let by_query = funcs::client_management_client_granted_scopes_get_api(&core, &request, None);
    let request = ClientGrantedScopesGetBySubjectApiRequest::new("1", "jane");
    let by_path = funcs::client_management_get_granted_scopes(&core, &request, None);
    for granted in [by_query.await.unwrap(), by_path.await.unwrap()] {
        assert_eq!(granted.value.latest_granted_scopes.unwrap(), ["a", "b"]);
    }
    let request = ClientGrantedScopesDeleteApiRequest::new("1", "jane");
    funcs::client_management_client_granted_scopes_delete_api(&core, &request, None).await.unwrap();
    let body = ClientAuthorizationUpdateRequest::new("jane").scopes(["a"]);
    let request = ClientAuthorizationUpdateApiRequest::new("1", body);
    funcs::client_management_update_authorizations(&core, &request, None).await.unwrap();
    assert_eq!(simulator.ledger().tokens()[0].scopes.as_ref(), ["a".into()]);
    let request = ClientAuthorizationDeleteApiRequest::new("1", "jane");
    funcs::client_management_client_authorization_delete_api(&core, &request, None).await.unwrap();
    held(0).await;
}

#[tokio::test]
async fn a_jwt_access_token_is_issued_where_the_service_signs() {
    let settings = json!({"accessTokenSignAlg": "RS256", "issuer": "https://as.example"});
    let (_simulator, core) = service(settings, Client::confidential(1, "secret")).await;
    let issued = exchange(&core, "grant_type=client_credentials").await;
    assert_eq!(code_of(&issued), "SIM714");
    let jwt = issued.jwt_access_token.unwrap();
    assert_eq!(jwt.expose().split('.').count(), 3);
    let content: Value = serde_json::from_str(issued.response_content.unwrap().expose()).unwrap();
    assert_eq!(content["access_token"], jwt.expose());
}

//! The endpoints of an authorization server, and what is managed of its clients: how the calls are sent and read.

use authlete::funcs::*;
use authlete::models::operations::*;
use authlete::models::{
    AuthorizationRequest, AuthorizationResponse, AuthorizationResponseAction,
    AuthorizationTicketUpdateRequest, ClientAuthorizationGetListRequest, ClientAuthorizationUpdateRequest,
    ClientExtensionRequestableScopesUpdateRequest, ClientFlagUpdateRequest, ClientSecretUpdateRequest,
    GMRequest, GrantManagementAction, Pair, Property, TokenRequest, TokenResponse, TokenResponseAction,
    TokenType, UserinfoIssueRequest, UserinfoRequest,
};
use authlete::{AuthleteCore, AuthleteError};
use http::Request;
use serde_json::{Value, json};

use crate::fake::{Fake, ok};
use crate::support::{SERVER_SECRET, TOKEN};

/// A subject that a URL has to encode.
const HARD: &str = "a/b c?d=e&f%2Fé+#";
const HARD_ENCODED: &str = "a%2Fb%20c%3Fd%3De%26f%252F%C3%A9%2B%23";

fn answering(body: Value) -> (Fake, AuthleteCore) {
    let fake = Fake::new(move |_| ok(body.to_string()));
    let core = fake.core().build().unwrap();
    (fake, core)
}

/// Method, path with query, and body of each request.
fn seen(fake: &Fake) -> Vec<(String, Value)> {
    let one = |request: &Request<bytes::Bytes>| {
        let target = request.uri().path_and_query().unwrap().as_str();
        let target = target.strip_prefix("/api/1234567890/").unwrap();
        let body = if request.body().is_empty() { Value::Null } else { from_slice(request.body()) };
        (format!("{} {target}", request.method()), body)
    };
    fake.requests().iter().map(one).collect()
}

fn from_slice(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap()
}

#[tokio::test]
async fn raw_parameters_arrive_as_they_came() {
    let (fake, core) = answering(json!({"action": "BAD_REQUEST", "responseContent": "{}"}));
    let raw = "b=%7E&a=1&a=2&c=%E3%81%82+x&%zz=%00;d&\u{e9}\"\\=\t";
    let answer =
        authorization_process_request(&core, &AuthorizationRequest::new(raw).into(), None).await.unwrap();
    assert_eq!(answer.value.action, Some(AuthorizationResponseAction::BadRequest));
    let raw_token = TokenRequest::new(raw)
        .properties([Property::new().key("k").value("v").hidden(true)])
        .client_certificate_path(["-----BEGIN"]);
    token_process(&core, &raw_token.into(), None).await.unwrap();

    let properties = json!([{"key": "k", "value": "v", "hidden": true}]);
    assert_eq!(
        seen(&fake),
        [
            ("POST auth/authorization".to_owned(), json!({"parameters": raw})),
            (
                "POST auth/token".to_owned(),
                json!({"parameters": raw, "properties": properties, "clientCertificatePath": ["-----BEGIN"]})
            ),
        ]
    );
}

#[tokio::test]
async fn an_authorization_request_is_read_with_all_its_demands() {
    let (_, core) = answering(json!({
        "resultCode": "A004001",
        "action": "INTERACTION",
        "ticket": SERVER_SECRET,
        "client": {"clientId": 9_007_199_254_740_993_i64, "clientType": "PUBLIC", "clientSource": "STATIC_REGISTRATION"},
        "service": {"serviceName": "s"},
        "display": "PAGE",
        "maxAge": 0,
        "scopes": [{"name": "openid", "attributes": [{"key": "a", "value": "b"}]}],
        "dynamicScopes": [{"name": "consent", "value": "consent:urn:x:1"}],
        "prompts": ["NONE", "FROM_THE_FUTURE"],
        "lowestPrompt": "NONE",
        "loginHint": SERVER_SECRET,
        "requestedVerifiedClaimsForTx": [["birthdate", "nationalities"], [], ["x"]],
        "gmAction": "MERGE",
        "grant": {"scopes": [{"scope": "a b", "resource": ["urn:r"]}]},
        "requestObjectPayload": SERVER_SECRET,
        "memberFromTheFuture": {"a": 1},
    }));
    let request = AuthorizationRequest::new("response_type=code").into();
    let answer: AuthorizationResponse =
        authorization_process_request(&core, &request, None).await.unwrap().into_value();

    assert_eq!(answer.action, Some(AuthorizationResponseAction::Interaction));
    assert_eq!(answer.ticket.as_ref().unwrap().expose(), SERVER_SECRET);
    assert_eq!(answer.client.as_ref().unwrap().client_id, Some(9_007_199_254_740_993));
    assert_eq!(answer.prompts.as_ref().unwrap()[1].as_str(), "FROM_THE_FUTURE");
    assert_eq!(
        answer.requested_verified_claims_for_tx.as_ref().unwrap()[0].names().unwrap(),
        ["birthdate", "nationalities"]
    );
    assert_eq!(answer.requested_verified_claims_for_tx.as_ref().unwrap().len(), 3);
    assert_eq!(answer.gm_action, Some(GrantManagementAction::Merge));
    assert!(!format!("{answer:?}").contains(SERVER_SECRET));
}

/// A token exchange with a scoped subject token: the scopes are objects, the authorization details an object.
#[tokio::test]
async fn a_token_exchange_is_read_with_its_tokens() {
    let (_, core) = answering(json!({
        "action": "TOKEN_EXCHANGE",
        "grantType": "TOKEN_EXCHANGE",
        "subjectToken": SERVER_SECRET,
        "subjectTokenType": "ACCESS_TOKEN",
        "subjectTokenInfo": {
            "clientId": 42,
            "subject": "john",
            "scopes": [{"name": "read", "defaultEntry": true}],
            "authorizationDetails": {"elements": [{"type": "payment", "otherFields": "{\"amount\":1}"}]},
            "properties": [{"key": "k", "value": SERVER_SECRET}],
        },
        "actorTokenInfo": null,
        "responseContent": null,
    }));
    let request = TokenRequest::new("grant_type=urn%3Aietf").into();
    let answer: TokenResponse = token_process(&core, &request, None).await.unwrap().into_value();
    assert_eq!(answer.action, Some(TokenResponseAction::TokenExchange));
    assert_eq!(answer.subject_token_type, Some(TokenType::AccessToken));
    assert!(!format!("{answer:?}").contains(SERVER_SECRET));
    let info = answer.subject_token_info.unwrap();
    assert_eq!(info.scopes.unwrap()[0].name.as_deref(), Some("read"));
    let elements = info.authorization_details.unwrap().elements.unwrap();
    assert_eq!(elements[0].type_.as_deref(), Some("payment"));
    assert_eq!((answer.actor_token_info, answer.response_content), (None, None));
}

#[tokio::test]
async fn requests_show_no_secret_and_no_claim() {
    let headers = [Pair::new().key("Authorization").value(TOKEN)];
    let shown = [
        format!("{:?}", AuthAuthorizationApiRequest::from(AuthorizationRequest::new(TOKEN).context(TOKEN))),
        format!("{:?}", TokenRequest::new(TOKEN).client_secret(TOKEN).jwt_at_claims(TOKEN).dpop(TOKEN)),
        format!("{:?}", UserinfoRequest::new(TOKEN).uri(TOKEN).message(TOKEN).headers(headers.clone())),
        format!("{:?}", UserinfoIssueRequest::new(TOKEN).claims(TOKEN).headers(headers).claims_for_tx(TOKEN)),
        format!("{:?}", GMRequest::new().access_token(TOKEN).dpop(TOKEN)),
        format!("{:?}", AuthorizationTicketUpdateRequest::new(TOKEN, TOKEN)),
        format!("{:?}", ClientSecretUpdateApiRequest::new("42", ClientSecretUpdateRequest::new(TOKEN))),
        format!("{:?}", ClientAuthorizationDeleteBySubjectApiRequest::new("42", TOKEN)),
    ];
    for shown in shown {
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}

#[tokio::test]
async fn a_grant_is_queried() {
    let (fake, core) = answering(json!({"action": "NO_CONTENT", "dpopNonce": "n"}));
    let request = GMRequest::new()
        .access_token("t")
        .gm_action(GrantManagementAction::Query)
        .grant_id("g")
        .dpop_nonce_required(false);
    grant_management_process_request(&core, &request.into(), None).await.unwrap();
    let body = json!({"accessToken": "t", "gmAction": "QUERY", "grantId": "g", "dpopNonceRequired": false});
    assert_eq!(seen(&fake), [("POST gm".to_owned(), body)]);
}

#[tokio::test]
async fn one_operation_in_three_spellings_is_one_answer() {
    let (fake, core) =
        answering(json!({"start": 0, "end": 2, "totalCount": 1, "clients": [{"clientId": 42}]}));
    let query = ClientAuthorizationGetListApiRequest::new(HARD).developer("d&").start(0).end(2);
    let first = client_management_client_authorization_get_list_api(&core, &query, None).await.unwrap();
    let body = ClientAuthorizationGetListRequest::new(HARD).developer("d&").start(0).end(2).into();
    let second = client_management_client_authorization_get_list_api_post(&core, &body, None).await.unwrap();
    let path = ClientAuthorizationGetListBySubjectApiRequest::new(HARD).developer("d&").start(0).end(2);
    let third = client_management_list_authorizations(&core, &path, None).await.unwrap();

    assert_eq!(first.value, second.value);
    assert_eq!(first.value, third.value);
    assert_eq!(first.value.clients.unwrap()[0].client_id, Some(42));
    let list = "client/authorization/get/list";
    assert_eq!(
        seen(&fake),
        [
            (format!("GET {list}?subject={HARD_ENCODED}&developer=d%26&start=0&end=2"), Value::Null),
            (format!("POST {list}"), json!({"subject": HARD, "developer": "d&", "start": 0, "end": 2})),
            (format!("GET {list}/{HARD_ENCODED}?developer=d%26&start=0&end=2"), Value::Null),
        ]
    );
}

#[tokio::test]
async fn authorizations_and_granted_scopes_are_deleted_and_looked_up() {
    let (fake, core) =
        answering(json!({"resultCode": "A138001", "mergedGrantedScopes": ["a"], "modifiedAt": 1}));
    let (id, john) = ("42", HARD);
    let deleted = [
        client_management_client_authorization_delete_api(
            &core,
            &ClientAuthorizationDeleteApiRequest::new(id, john),
            None,
        )
        .await,
        client_management_client_authorization_delete_api_post(
            &core,
            &ClientAuthorizationDeleteApiPostRequest::new(id, john),
            None,
        )
        .await,
        client_management_delete_authorizations(
            &core,
            &ClientAuthorizationDeleteBySubjectApiRequest::new(id, john),
            None,
        )
        .await,
        client_management_client_granted_scopes_get_api(
            &core,
            &ClientGrantedScopesGetApiRequest::new(id, john),
            None,
        )
        .await,
        client_management_client_granted_scopes_get_api_post(
            &core,
            &ClientGrantedScopesGetApiPostRequest::new(id, john),
            None,
        )
        .await,
        client_management_get_granted_scopes(
            &core,
            &ClientGrantedScopesGetBySubjectApiRequest::new(id, john),
            None,
        )
        .await,
    ];
    for answer in deleted {
        assert_eq!(answer.unwrap().value.merged_granted_scopes, Some(vec!["a".to_owned()]));
    }
    let query = ClientGrantedScopesDeleteApiRequest::new(id, john);
    client_management_client_granted_scopes_delete_api(&core, &query, None).await.unwrap();
    let path = ClientGrantedScopesDeleteBySubjectApiRequest::new(id, john);
    client_management_delete_granted_scopes(&core, &path, None).await.unwrap();

    let subject = json!({"subject": HARD});
    assert_eq!(
        seen(&fake),
        [
            (format!("DELETE client/authorization/delete/42?subject={HARD_ENCODED}"), Value::Null),
            ("POST client/authorization/delete/42".to_owned(), subject.clone()),
            (format!("DELETE client/authorization/delete/42/{HARD_ENCODED}"), Value::Null),
            (format!("GET client/granted_scopes/get/42?subject={HARD_ENCODED}"), Value::Null),
            ("POST client/granted_scopes/get/42".to_owned(), subject),
            (format!("GET client/granted_scopes/get/42/{HARD_ENCODED}"), Value::Null),
            (format!("DELETE client/granted_scopes/delete/42?subject={HARD_ENCODED}"), Value::Null),
            (format!("DELETE client/granted_scopes/delete/42/{HARD_ENCODED}"), Value::Null),
        ]
    );
}

#[tokio::test]
async fn a_client_is_locked_and_its_scopes_restricted() {
    let (fake, core) = answering(json!({"requestableScopes": ["openid"]}));
    let lock = |locked| ClientFlagUpdateApiRequest::new("my alias", ClientFlagUpdateRequest::new(locked));
    client_management_update_lock_flag(&core, &lock(true), None).await.unwrap();
    client_management_update_lock_flag(&core, &lock(false), None).await.unwrap();
    let get = ClientExtensionRequestablesScopesGetApiRequest::new("42");
    let answer = client_management_get_requestable_scopes(&core, &get, None).await.unwrap();
    assert_eq!(answer.value.requestable_scopes, Some(vec!["openid".to_owned()]));
    let none = ClientExtensionRequestableScopesUpdateRequest::new().requestable_scopes(Vec::<String>::new());
    let put = ClientExtensionRequestablesScopesUpdateApiRequest::new("42", none);
    client_management_update_requestable_scopes(&core, &put, None).await.unwrap();
    let any = ClientExtensionRequestableScopesUpdateRequest::new();
    let post = ClientExtensionRequestablesScopesUpdateApiPostRequest::new("42", any);
    client_management_client_extension_requestables_scopes_update_api_post(&core, &post, None).await.unwrap();
    let delete = ClientExtensionRequestablesScopesDeleteApiRequest::new("42");
    client_management_delete_requestable_scopes(&core, &delete, None).await.unwrap();
    let change = ClientAuthorizationUpdateRequest::new("john").scopes(["a", "b"]);
    let update = ClientAuthorizationUpdateApiRequest::new("42", change);
    client_management_update_authorizations(&core, &update, None).await.unwrap();

    let scopes = "client/extension/requestable_scopes";
    assert_eq!(
        seen(&fake),
        [
            ("POST client/lock_flag/update/my%20alias".to_owned(), json!({"clientLocked": true})),
            ("POST client/lock_flag/update/my%20alias".to_owned(), json!({"clientLocked": false})),
            (format!("GET {scopes}/get/42"), Value::Null),
            (format!("PUT {scopes}/update/42"), json!({"requestableScopes": []})),
            (format!("POST {scopes}/update/42"), json!({})),
            (format!("DELETE {scopes}/delete/42"), Value::Null),
            (
                "POST client/authorization/update/42".to_owned(),
                json!({"subject": "john", "scopes": ["a", "b"]})
            ),
        ]
    );
}

#[tokio::test]
async fn both_secrets_come_back_and_neither_shows() {
    let (fake, core) = answering(json!({"newClientSecret": SERVER_SECRET, "oldClientSecret": TOKEN}));
    let refresh = ClientSecretRefreshApiRequest::new("42");
    let refreshed = client_management_refresh_secret(&core, &refresh, None).await.unwrap().into_value();
    let update = ClientSecretUpdateApiRequest::new("42", ClientSecretUpdateRequest::new(SERVER_SECRET));
    let updated = client_management_update_secret(&core, &update, None).await.unwrap().into_value();

    assert_eq!(refreshed.new_client_secret.as_ref().unwrap().expose(), SERVER_SECRET);
    assert_eq!(updated.old_client_secret.as_ref().unwrap().expose(), TOKEN);
    let shown = format!("{refreshed:?}{updated:?}{update:?}");
    assert!(!shown.contains(SERVER_SECRET) && !shown.contains(TOKEN), "{shown}");
    assert_eq!(
        seen(&fake),
        [
            ("GET client/secret/refresh/42".to_owned(), Value::Null),
            ("POST client/secret/update/42".to_owned(), json!({"clientSecret": SERVER_SECRET})),
        ]
    );
}

/// An empty user could stand for all of them.
#[tokio::test]
async fn an_empty_subject_is_refused_unsent() {
    let (fake, core) = answering(json!({}));
    macro_rules! refused {
        ($($function:ident($request:expr);)+) => {$(
            let error = $function(&core, &$request, None).await.unwrap_err();
            assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error:?}");
            assert!(error.to_string().contains("subject"), "{error}");
        )+};
    }
    refused! {
        client_management_client_authorization_get_list_api(ClientAuthorizationGetListApiRequest::new(""));
        client_management_client_authorization_get_list_api_post(
            ClientAuthorizationGetListRequest::new("").into()
        );
        client_management_list_authorizations(ClientAuthorizationGetListBySubjectApiRequest::new(""));
        client_management_update_authorizations(
            ClientAuthorizationUpdateApiRequest::new("42", ClientAuthorizationUpdateRequest::new(""))
        );
        client_management_client_authorization_delete_api(ClientAuthorizationDeleteApiRequest::new("42", ""));
        client_management_client_authorization_delete_api_post(
            ClientAuthorizationDeleteApiPostRequest::new("42", "")
        );
        client_management_delete_authorizations(ClientAuthorizationDeleteBySubjectApiRequest::new("42", ""));
        client_management_delete_authorizations(ClientAuthorizationDeleteBySubjectApiRequest::new("42", ".."));
        client_management_client_granted_scopes_get_api(ClientGrantedScopesGetApiRequest::new("42", ""));
        client_management_client_granted_scopes_get_api_post(
            ClientGrantedScopesGetApiPostRequest::new("42", "")
        );
        client_management_get_granted_scopes(ClientGrantedScopesGetBySubjectApiRequest::new("42", ""));
        client_management_client_granted_scopes_delete_api(ClientGrantedScopesDeleteApiRequest::new("42", ""));
        client_management_delete_granted_scopes(ClientGrantedScopesDeleteBySubjectApiRequest::new("42", "."));
    }
    assert_eq!(fake.count(), 0);
}

//! Single tokens: created, changed, revoked, their ID tokens issued again; Native SSO.

use authlete::funcs::{
    native_sso_logout, native_sso_process, token_management_create, token_management_reissue_id_token,
    token_management_revoke, token_management_update,
};
use authlete::models::operations::AuthTokenCreateApiRequest;
use authlete::models::{
    GrantType, IdtokenReissueRequest, IdtokenReissueResponseAction, NativeSsoLogoutRequest,
    NativeSsoLogoutResponseAction, NativeSsoRequest, NativeSsoResponseAction, Property, TokenCreateRequest,
    TokenCreateResponseAction, TokenRevokeRequest, TokenUpdateRequest, TokenUpdateResponseAction,
};
use serde_json::json;

use super::{answering, seen, step};

#[tokio::test]
async fn a_token_is_created_for_an_exchange() {
    let (fake, core) = answering([json!({
        "resultCode": "A062001",
        "action": "OK",
        "accessToken": "at-1",
        "clientId": 42,
        "expiresAt": 1_700_000_000_000_i64,
        "expiresIn": 86_400,
        "grantType": "TOKEN_EXCHANGE",
        "properties": [{"key": "trace", "value": "7", "hidden": true}],
        "refreshToken": null,
        "scopes": ["read"],
        "subject": "john",
        "tokenType": "Bearer",
        "tokenId": "id-1",
    })]);
    let request = TokenCreateRequest::new(GrantType::TokenExchange)
        .client_id(42)
        .subject("john")
        .scopes(["read"])
        .properties([Property::new().key("trace").value("7").hidden(true)]);
    let request = AuthTokenCreateApiRequest::new(request);
    let created = token_management_create(&core, &request, None).await.unwrap().value;
    assert_eq!(created.action, Some(TokenCreateResponseAction::Ok));
    assert_eq!(created.access_token.as_ref().unwrap().expose(), "at-1");
    assert_eq!((created.expires_at, created.expires_in), (Some(1_700_000_000_000), Some(86_400)));
    assert_eq!(created.grant_type, Some(GrantType::TokenExchange));
    assert_eq!(created.refresh_token, None);
    assert_eq!(created.properties.as_ref().unwrap()[0].hidden, Some(true));
    assert!(!format!("{created:?}").contains("at-1"));
    let body = json!({
        "grantType": "TOKEN_EXCHANGE",
        "clientId": 42,
        "subject": "john",
        "scopes": ["read"],
        "properties": [{"key": "trace", "value": "7", "hidden": true}],
    });
    assert_eq!(seen(&fake), [step("POST auth/token/create", body)]);
}

#[tokio::test]
async fn a_token_is_changed_by_its_value_or_its_hash() {
    let (fake, core) = answering([
        json!({"action": "OK", "accessToken": "at-2", "scopes": ["read", "write"], "tokenType": "Bearer"}),
        json!({"action": "NOT_FOUND"}),
    ]);
    let request = TokenUpdateRequest::new()
        .access_token("at-1")
        .scopes(["read", "write"])
        .access_token_value_updated(true);
    let changed = token_management_update(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(changed.action, Some(TokenUpdateResponseAction::Ok));
    assert_eq!(changed.access_token.unwrap().expose(), "at-2");
    assert_eq!(changed.scopes.unwrap(), ["read", "write"]);

    let request = TokenUpdateRequest::new().access_token_hash("h").access_token_expires_at(0);
    let absent = token_management_update(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(absent.action, Some(TokenUpdateResponseAction::NotFound));
    assert_eq!(
        seen(&fake),
        [
            step(
                "POST auth/token/update",
                json!({"accessToken": "at-1", "scopes": ["read", "write"], "accessTokenValueUpdated": true}),
            ),
            step("POST auth/token/update", json!({"accessTokenExpiresAt": 0, "accessTokenHash": "h"})),
        ]
    );
}

#[tokio::test]
async fn tokens_of_a_user_at_a_client_are_revoked() {
    let (fake, core) = answering([json!({"resultCode": "A281001", "count": 3})]);
    let request = TokenRevokeRequest::new().client_identifier("42").subject("john");
    let revoked = token_management_revoke(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(revoked.count, Some(3));
    assert_eq!(
        seen(&fake),
        [step("POST auth/token/revoke", json!({"clientIdentifier": "42", "subject": "john"}))]
    );
}

#[tokio::test]
async fn an_id_token_is_issued_again() {
    let (fake, core) = answering([json!({
        "action": "OK",
        "responseContent": "{\"id_token\":\"eyJ.e30.c2ln\"}",
        "idToken": "eyJ.e30.c2ln",
    })]);
    let request = IdtokenReissueRequest::new("at-1", "rt-1").sub("pairwise-1").claims(r#"{"name":"John"}"#);
    let answer = token_management_reissue_id_token(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(answer.action, Some(IdtokenReissueResponseAction::Ok));
    assert_eq!(answer.id_token.as_ref().unwrap().expose(), "eyJ.e30.c2ln");
    assert!(!format!("{answer:?}").contains("c2ln"));
    let body = json!({
        "accessToken": "at-1", "refreshToken": "rt-1", "sub": "pairwise-1", "claims": "{\"name\":\"John\"}",
    });
    assert_eq!(seen(&fake), [step("POST idtoken/reissue", body)]);
}

#[tokio::test]
async fn apps_of_a_device_share_a_login_and_a_logout() {
    let (fake, core) = answering([
        json!({"action": "OK", "responseContent": "{\"device_secret\":\"ds-1\"}", "idToken": "eyJ.e30.c2ln"}),
        json!({"action": "OK", "count": 2}),
    ]);
    let request = NativeSsoRequest::new("at-1", "ds-1").refresh_token("rt-1").device_secret_hash("hash-1");
    let answer = native_sso_process(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(answer.action, Some(NativeSsoResponseAction::Ok));
    assert_eq!(answer.response_content.unwrap().expose(), "{\"device_secret\":\"ds-1\"}");

    let answer =
        native_sso_logout(&core, &NativeSsoLogoutRequest::new("sid-1").into(), None).await.unwrap().value;
    assert_eq!((answer.action, answer.count), (Some(NativeSsoLogoutResponseAction::Ok), Some(2)));
    let body = json!({
        "accessToken": "at-1", "deviceSecret": "ds-1", "refreshToken": "rt-1", "deviceSecretHash": "hash-1",
    });
    assert_eq!(
        seen(&fake),
        [step("POST nativesso", body), step("POST nativesso/logout", json!({"sessionId": "sid-1"}))]
    );
}

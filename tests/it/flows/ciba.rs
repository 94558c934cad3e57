//! Client-initiated backchannel authentication.

use authlete::funcs::{ciba_complete, ciba_fail, ciba_issue, ciba_process_authentication};
use authlete::models::{
    BackchannelAuthenticationCompleteRequest, BackchannelAuthenticationCompleteRequestResult,
    BackchannelAuthenticationCompleteResponseAction, BackchannelAuthenticationFailRequest,
    BackchannelAuthenticationFailRequestReason, BackchannelAuthenticationFailResponseAction,
    BackchannelAuthenticationIssueRequest, BackchannelAuthenticationIssueResponseAction,
    BackchannelAuthenticationRequest, BackchannelAuthenticationResponseAction, ClientAuthMethod,
    DeliveryMode, UserIdentificationHintType,
};
use serde_json::json;

use super::{answering, seen, step};

#[tokio::test]
async fn a_user_is_asked_on_another_device_and_the_client_notified() {
    let (fake, core) = answering([
        json!({
            "resultCode": "A179001",
            "resultMessage": "[A179001] The backchannel authentication request was processed successfully.",
            "action": "USER_IDENTIFICATION",
            "clientId": 26_478_243_745_571_i64,
            "clientName": "Till",
            "clientAuthMethod": "CLIENT_SECRET_BASIC",
            "clientNotificationToken": "notify-3f",
            "deliveryMode": "PING",
            "hintType": "LOGIN_HINT",
            "hint": "john",
            "bindingMessage": "7QW",
            "requestedExpiry": 120,
            "userCodeRequired": false,
            "scopes": [{"name": "openid", "defaultEntry": false, "description": null}],
            "ticket": "ticket-1",
        }),
        json!({
            "action": "OK",
            "responseContent": "{\"auth_req_id\":\"req-1\",\"expires_in\":120,\"interval\":5}",
            "authReqId": "req-1",
            "expiresIn": 120,
            "interval": 5,
        }),
        json!({
            "action": "NOTIFICATION",
            "responseContent": "{\"auth_req_id\":\"req-1\"}",
            "deliveryMode": "PING",
            "clientNotificationEndpoint": "https://till.example.com/cb",
            "clientNotificationToken": "notify-3f",
            "authReqId": "req-1",
        }),
    ]);
    let parameters = "scope=openid&login_hint=john&binding_message=7QW&client_notification_token=notify-3f";
    let request = BackchannelAuthenticationRequest::new(parameters).client_id("42").client_secret("s");
    let asked = ciba_process_authentication(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(asked.action, Some(BackchannelAuthenticationResponseAction::UserIdentification));
    assert_eq!(asked.client_id, Some(26_478_243_745_571));
    assert_eq!(asked.client_auth_method, Some(ClientAuthMethod::ClientSecretBasic));
    assert_eq!(asked.delivery_mode, Some(DeliveryMode::Ping));
    assert_eq!(asked.hint_type, Some(UserIdentificationHintType::LoginHint));
    assert_eq!(asked.hint.as_ref().unwrap().expose(), "john");
    assert_eq!(asked.binding_message.as_deref(), Some("7QW"));
    assert_eq!((asked.requested_expiry, asked.user_code_required), (Some(120), Some(false)));
    let scopes = asked.scopes.unwrap();
    assert_eq!(scopes[0].name.as_deref(), Some("openid"));
    assert_eq!(scopes[0].description, None);
    let ticket = asked.ticket.unwrap();

    let request = BackchannelAuthenticationIssueRequest::new(ticket.clone());
    let issued = ciba_issue(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(issued.action, Some(BackchannelAuthenticationIssueResponseAction::Ok));
    assert_eq!((issued.expires_in, issued.interval), (Some(120), Some(5)));
    assert_eq!(issued.auth_req_id.unwrap().expose(), "req-1");

    let decision = BackchannelAuthenticationCompleteRequestResult::Authorized;
    let request = BackchannelAuthenticationCompleteRequest::new(ticket, decision, "john")
        .auth_time(1_700_000_000)
        .claims(r#"{"email":"john@example.com"}"#);
    let completed = ciba_complete(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(completed.action, Some(BackchannelAuthenticationCompleteResponseAction::Notification));
    assert_eq!(completed.client_notification_endpoint.as_deref(), Some("https://till.example.com/cb"));
    assert_eq!(completed.client_notification_token.unwrap().expose(), "notify-3f");
    assert_eq!(completed.access_token, None);

    assert_eq!(
        seen(&fake),
        [
            step(
                "POST backchannel/authentication",
                json!({"parameters": parameters, "clientId": "42", "clientSecret": "s"}),
            ),
            step("POST backchannel/authentication/issue", json!({"ticket": "ticket-1"})),
            step(
                "POST backchannel/authentication/complete",
                json!({
                    "ticket": "ticket-1",
                    "result": "AUTHORIZED",
                    "subject": "john",
                    "authTime": 1_700_000_000,
                    "claims": "{\"email\":\"john@example.com\"}",
                }),
            ),
        ]
    );
}

#[tokio::test]
async fn in_push_mode_the_tokens_come_with_the_completion() {
    let (_fake, core) = answering([json!({
        "action": "NOTIFICATION",
        "deliveryMode": "PUSH",
        "accessToken": "at-1",
        "accessTokenDuration": 3600,
        "refreshToken": "rt-1",
        "idToken": "eyJ.e30.c2ln",
    })]);
    let decision = BackchannelAuthenticationCompleteRequestResult::Authorized;
    let request = BackchannelAuthenticationCompleteRequest::new("t", decision, "john");
    let answer = ciba_complete(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(answer.delivery_mode, Some(DeliveryMode::Push));
    assert_eq!(answer.access_token_duration, Some(3600));
    let shown = format!("{answer:?}");
    for (token, value) in
        [(answer.access_token, "at-1"), (answer.refresh_token, "rt-1"), (answer.id_token, "eyJ.e30.c2ln")]
    {
        assert_eq!(token.unwrap().expose(), value);
        assert!(!shown.contains(value), "{shown}");
    }
}

#[tokio::test]
async fn a_request_for_an_unknown_user_is_refused() {
    let (fake, core) = answering([json!({
        "action": "BAD_REQUEST",
        "responseContent": "{\"error\":\"unknown_user_id\"}",
    })]);
    let reason = BackchannelAuthenticationFailRequestReason::UnknownUserId;
    let request = BackchannelAuthenticationFailRequest::new("ticket-1", reason).error_description("no john");
    let answer = ciba_fail(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(answer.action, Some(BackchannelAuthenticationFailResponseAction::BadRequest));
    assert_eq!(&*answer.response_content.unwrap(), "{\"error\":\"unknown_user_id\"}");
    let body = json!({"ticket": "ticket-1", "reason": "UNKNOWN_USER_ID", "errorDescription": "no john"});
    assert_eq!(seen(&fake), [step("POST backchannel/authentication/fail", body)]);
}

//! The device flow (RFC 8628).

use authlete::funcs::{device_flow_authorization, device_flow_complete, device_flow_verification};
use authlete::models::{
    DeviceAuthorizationRequest, DeviceAuthorizationResponseAction, DeviceCompleteRequest,
    DeviceCompleteRequestResult, DeviceCompleteResponseAction, DeviceVerificationRequest,
    DeviceVerificationResponseAction,
};
use serde_json::json;

use super::{answering, seen, step};

#[tokio::test]
async fn a_device_gets_codes_and_the_user_decides_elsewhere() {
    let (fake, core) = answering([
        json!({
            "resultCode": "A220001",
            "action": "OK",
            "responseContent": "{\"device_code\":\"dc-1\"}",
            "clientId": 7,
            "deviceCode": "dc-1",
            "userCode": "WDJB-MJHT",
            "verificationUri": "https://as.example.com/device",
            "verificationUriComplete": "https://as.example.com/device?user_code=WDJB-MJHT",
            "expiresIn": 1800,
            "interval": 5,
        }),
        json!({
            "action": "VALID",
            "clientId": 7,
            "clientName": "Television",
            "scopes": [{"name": "watch", "descriptions": [{"tag": "de", "value": "Fernsehen"}]}],
            "dynamicScopes": [{"name": "channel", "value": "channel:7"}],
            "expiresAt": 1_700_000_000_000_i64,
        }),
        json!({"action": "SUCCESS"}),
    ]);
    let request = DeviceAuthorizationRequest::new("client_id=7&scope=watch").client_id("7");
    let begun = device_flow_authorization(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(begun.action, Some(DeviceAuthorizationResponseAction::Ok));
    assert_eq!((begun.expires_in, begun.interval), (Some(1800), Some(5)));
    assert_eq!(begun.device_code.as_ref().unwrap().expose(), "dc-1");
    assert_eq!(begun.verification_uri.as_deref(), Some("https://as.example.com/device"));
    assert!(!format!("{begun:?}").contains("dc-1"));
    let user_code = begun.user_code.unwrap();

    let request = DeviceVerificationRequest::new(user_code.clone());
    let found = device_flow_verification(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(found.action, Some(DeviceVerificationResponseAction::Valid));
    assert_eq!(found.client_name.as_deref(), Some("Television"));
    assert_eq!(
        found.scopes.unwrap()[0].descriptions.as_ref().unwrap()[0].value.as_deref(),
        Some("Fernsehen")
    );
    assert_eq!(found.dynamic_scopes.unwrap()[0].value.as_deref(), Some("channel:7"));
    assert_eq!(found.expires_at, Some(1_700_000_000_000));

    let request = DeviceCompleteRequest::new(user_code, DeviceCompleteRequestResult::Authorized)
        .subject("john")
        .scopes(["watch"]);
    let answer = device_flow_complete(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(answer.action, Some(DeviceCompleteResponseAction::Success));

    let completion = json!({
        "userCode": "WDJB-MJHT", "result": "AUTHORIZED", "subject": "john", "scopes": ["watch"],
    });
    assert_eq!(
        seen(&fake),
        [
            step(
                "POST device/authorization",
                json!({"parameters": "client_id=7&scope=watch", "clientId": "7"}),
            ),
            step("POST device/verification", json!({"userCode": "WDJB-MJHT"})),
            step("POST device/complete", completion),
        ]
    );
}

#[tokio::test]
async fn a_refusal_names_no_user() {
    let (fake, core) = answering([json!({"action": "SUCCESS"})]);
    let request = DeviceCompleteRequest::new("WDJB-MJHT", DeviceCompleteRequestResult::AccessDenied);
    device_flow_complete(&core, &request.into(), None).await.unwrap();
    assert_eq!(
        seen(&fake),
        [step("POST device/complete", json!({"userCode": "WDJB-MJHT", "result": "ACCESS_DENIED"}))]
    );
}

/// Live servers say `SERVER_ERROR` where the description has `INTERNAL_SERVER_ERROR`.
#[tokio::test]
async fn a_code_that_is_of_no_use_is_an_answer() {
    let actions = ["NOT_EXIST", "EXPIRED", "INTERNAL_SERVER_ERROR", "SERVER_ERROR", "NOVEL"];
    let (_fake, core) = answering(actions.map(|action| json!({"action": action})));
    for action in actions {
        let request = DeviceVerificationRequest::new("WDJB-MJHT").into();
        let answer = device_flow_verification(&core, &request, None).await.unwrap().value;
        assert_eq!(answer.action, Some(action.into()));
        assert_eq!(
            matches!(answer.action, Some(DeviceVerificationResponseAction::Unrecognized(_))),
            action == "NOVEL"
        );
    }
}

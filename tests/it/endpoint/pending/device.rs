//! The page of the device flow.

use authlete::endpoint::authorization::{Login, UserSession};
use authlete::endpoint::device_verification::{DeviceStep, PendingDevice};
use authlete::models::{DeviceCompleteRequest, DeviceCompleteRequestResult as DeviceResult};
use serde_json::json;

use super::{BEGAN, at};

fn pending() -> PendingDevice {
    let answer = json!({
        "action": "VALID", "clientId": 7, "scopes": [{"name": "a"}, {"name": "b"}], "claimNames": ["email", "name"],
        "authorizationDetails": {"elements": [{"type": "t"}]}, "expiresAt": (BEGAN + 600) * 1_000,
    });
    PendingDevice::new("WDJBMJHT", serde_json::from_value(answer).unwrap(), at(BEGAN))
}

fn completed(step: DeviceStep) -> DeviceCompleteRequest {
    match step {
        DeviceStep::Complete(request) => request,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_user_confirms_every_code() {
    let pending = pending();
    let next = |session: UserSession<'_>, seconds| pending.next(&session, at(seconds));
    let john = Login::new("john").auth_time(BEGAN as i64).acr("gold");
    let mut consent = pending.consent("john");
    let remembered = [consent.clone()];
    assert_eq!(next(UserSession::new(), BEGAN), DeviceStep::Login);
    assert_eq!(next(UserSession::new().login(john).account("jane"), BEGAN), DeviceStep::Login);
    assert_eq!(next(UserSession::new().login(john).consents(&remembered), BEGAN), DeviceStep::Confirm);
    consent.scopes.remove(0);
    consent.claims.remove(0);
    let session =
        UserSession::new().new_login(john).allowed(&consent).id_token_claims(r#"{"email":1,"name":2}"#);
    let request = completed(next(session, BEGAN + 599));
    assert_eq!((&request.result, request.subject.as_deref()), (&DeviceResult::Authorized, Some("john")));
    assert_eq!((request.user_code.expose(), request.auth_time), ("WDJBMJHT", Some(BEGAN as i64)));
    assert_eq!((request.acr.as_deref(), request.claims.as_deref()), (Some("gold"), Some(r#"{"name":2}"#)));
    assert_eq!(
        (request.scopes.unwrap(), request.consented_claims.unwrap()),
        (vec!["b".into()], vec!["name".into()])
    );
    assert_eq!(next(session, BEGAN + 600), DeviceStep::Expired);
}

#[test]
fn nothing_else_is_authorized() {
    let pending = pending();
    let john = Login::new("john").auth_time(BEGAN as i64);
    let (whole, jane) = (pending.consent("john"), pending.consent("jane"));
    let (mut wider, mut narrower) = (whole.clone(), whole.clone());
    wider.scopes.push("c".into());
    narrower.details.clear();
    let session = UserSession::new().login(john);
    for (session, result) in [
        (session.denied(), DeviceResult::AccessDenied),
        (UserSession::new().login_failed(), DeviceResult::TransactionFailed),
        (UserSession::new().allowed(&whole), DeviceResult::TransactionFailed),
        (session.allowed(&jane), DeviceResult::TransactionFailed),
        (session.allowed(&wider), DeviceResult::TransactionFailed),
        (session.allowed(&narrower), DeviceResult::TransactionFailed),
        (session.allowed(&whole).id_token_claims("[]"), DeviceResult::TransactionFailed),
        (session.login(john.auth_time(i64::MAX)).allowed(&whole), DeviceResult::TransactionFailed),
        (session.new_login(john.auth_time(1)).allowed(&whole), DeviceResult::TransactionFailed),
    ] {
        let request = completed(pending.next(&session, at(BEGAN)));
        assert_eq!((request.result, request.subject), (result, None), "{session:?}");
    }
}

#[test]
fn it_is_kept_as_text() {
    let pending = pending();
    let text = serde_json::to_string(&pending).unwrap();
    assert_eq!(serde_json::from_str::<PendingDevice>(&text).unwrap(), pending);
    assert!(serde_json::from_str::<PendingDevice>(&text.replace("WDJ", "WDK")).is_err());
    assert!(serde_json::from_str::<PendingDevice>(&text.replace("device.1", "device.2")).is_err());
    assert!(!format!("{pending:?}").contains("WDJ"));
}

//! The decision on an authentication device.

use authlete::endpoint::authorization::{Login, UserSession};
use authlete::endpoint::backchannel_authentication::{self, BackchannelStep, Next, PendingBackchannel};
use authlete::models::{
    BackchannelAuthenticationCompleteRequest, BackchannelAuthenticationCompleteRequestResult as Outcome,
    BackchannelAuthenticationFailRequest,
};
use serde_json::{Value, json};

use super::super::harness::options;
use super::{BEGAN, at};

fn identified(
    changes: Value,
    subject: Option<&str>,
) -> Result<PendingBackchannel, BackchannelAuthenticationFailRequest> {
    let mut answer = json!({
        "action": "USER_IDENTIFICATION", "ticket": "the-ticket", "clientId": 7, "hint": "the-hint",
        "scopes": [{"name": "a"}, {"name": "b"}], "claimNames": ["email"], "bindingMessage": "W4SCT",
    });
    for (name, value) in changes.as_object().unwrap() {
        answer[name] = value.clone();
    }
    let answer = serde_json::from_value(answer).unwrap();
    let Next::UserIdentification(state) = backchannel_authentication::respond(answer, &options()) else {
        panic!()
    };
    state.into_pending(subject, |code| code == "1234", at(BEGAN))
}

fn completed(step: BackchannelStep) -> BackchannelAuthenticationCompleteRequest {
    match step {
        BackchannelStep::Complete(request) => request,
        BackchannelStep::Ask => panic!("{step:?}"),
    }
}

#[test]
fn a_user_must_be_identified() {
    for (changes, subject, reason) in [
        (json!({}), None, "UNKNOWN_USER_ID"),
        (json!({}), Some(""), "UNKNOWN_USER_ID"),
        (json!({"sub": "jane"}), Some("john"), "UNKNOWN_USER_ID"),
        (json!({"userCodeRequired": true}), Some("john"), "MISSING_USER_CODE"),
        (json!({"userCodeRequired": true, "userCode": "1"}), Some("john"), "INVALID_USER_CODE"),
        (json!({"userCode": "1"}), Some("john"), "INVALID_USER_CODE"),
    ] {
        let refused = identified(changes, subject).unwrap_err();
        assert_eq!((refused.ticket.expose(), refused.reason.as_str()), ("the-ticket", reason));
    }
    for changes in [json!({}), json!({"sub": "john"}), json!({"userCodeRequired": true, "userCode": "1234"})]
    {
        let pending = identified(changes, Some("john")).unwrap();
        assert_eq!((pending.subject(), pending.issue().ticket.expose()), ("john", "the-ticket"));
        assert_eq!(pending.answer().binding_message.as_deref(), Some("W4SCT"));
    }
}

#[test]
fn that_user_decides() {
    let pending = identified(json!({}), Some("john")).unwrap().expires_at(at(BEGAN + 60));
    let john = Login::new("john").auth_time(BEGAN as i64).acr("gold");
    let session = UserSession::new().new_login(john);
    let mut consent = pending.consent();
    let remembered = [consent.clone()];
    assert_eq!(pending.next(&UserSession::new(), at(BEGAN)), BackchannelStep::Ask);
    assert_eq!(pending.next(&session.consents(&remembered), at(BEGAN)), BackchannelStep::Ask);
    consent.scopes.remove(0);
    let session = session.allowed(&consent).id_token_claims(r#"{"email":1,"name":2}"#);
    let request = completed(pending.next(&session, at(BEGAN + 59)));
    assert_eq!((&request.result, request.subject.as_str()), (&Outcome::Authorized, "john"));
    assert_eq!((request.auth_time, request.acr.as_deref()), (Some(BEGAN as i64), Some("gold")));
    assert_eq!(
        (request.scopes.unwrap(), request.claims.as_deref()),
        (vec!["b".into()], Some(r#"{"email":1}"#))
    );
    assert_eq!(request.consented_claims.unwrap(), ["email"]);

    let whole = &remembered[0];
    let jane = Login::new("jane").auth_time(BEGAN as i64);
    let mut wider = whole.clone();
    wider.claims.push("name".into());
    for (session, seconds, outcome) in [
        (session, BEGAN + 60, Outcome::TransactionFailed),
        (session.denied(), BEGAN, Outcome::AccessDenied),
        (UserSession::new().denied(), BEGAN, Outcome::AccessDenied),
        (session.login_failed(), BEGAN, Outcome::TransactionFailed),
        (session.new_login(jane), BEGAN, Outcome::TransactionFailed),
        (session.new_login(jane).denied(), BEGAN, Outcome::TransactionFailed),
        (session.login(john).account("jane"), BEGAN, Outcome::TransactionFailed),
        (session.new_login(john.auth_time(1)), BEGAN, Outcome::TransactionFailed),
        (UserSession::new().allowed(whole), BEGAN, Outcome::TransactionFailed),
        (session.allowed(&wider), BEGAN, Outcome::TransactionFailed),
        (session.id_token_claims("1"), BEGAN, Outcome::TransactionFailed),
    ] {
        let request = completed(pending.next(&session, at(seconds)));
        assert_eq!((request.result, request.subject.as_str()), (outcome, "john"), "{session:?}");
        assert_eq!((request.scopes, request.claims), (None, None));
    }
}

#[test]
fn it_is_kept_as_text() {
    let pending = identified(json!({}), Some("john")).unwrap().expires_at(at(BEGAN));
    let text = serde_json::to_string(&pending).unwrap();
    assert_eq!(serde_json::from_str::<PendingBackchannel>(&text).unwrap(), pending);
    assert!(serde_json::from_str::<PendingBackchannel>(&text.replace("john", "jane")).is_err());
    assert!(
        serde_json::from_str::<PendingBackchannel>(&text.replace("backchannel.1", "backchannel.2")).is_err()
    );
    let debug = format!("{pending:?}");
    assert!(!debug.contains("john") && !debug.contains("ticket"), "{debug}");
}

//! Rules that the combinations do not have.

use authlete::endpoint::authorization::{Login, NextStep, Pending, UserSession};
use authlete::models::Prompt;
use serde_json::{Value, json};

use super::{BEGAN, at, pending, word};

fn next(pending: &Pending, session: UserSession<'_>) -> String {
    let consents = ["john", "jane", ""].map(|subject| pending.consent(subject));
    word(&pending.next(&session.consents(&consents), at(BEGAN)))
}

fn login(time: i64) -> Login<'static> {
    Login::new("john").auth_time(time)
}

#[test]
fn a_page_has_what_it_shows() {
    let pending = pending(json!({"idTokenClaims": "{}", "prompts": ["LOGIN"]}));
    let client = pending.client().unwrap();
    assert_eq!(client.client_name.as_deref(), Some("App"));
    assert_eq!(client.logo_uri.as_deref(), Some("https://app.example/logo"));
    assert_eq!(pending.scopes()[0].description.as_deref(), Some("who you are"));
    assert_eq!(pending.dynamic_scopes()[0].value.as_deref(), Some("pay:1"));
    assert_eq!(pending.authorization_details().len(), 2);
    assert_eq!(pending.claims(), ["email", "name"]);
    assert_eq!(pending.user_info_claims(), ["name", "phone"]);
    assert_eq!(pending.id_token_claims(), Some("{}"));
    assert_eq!((pending.purpose(), pending.login_hint()), (Some("to know you"), Some("the-hint")));
    assert_eq!((pending.prompts(), pending.may_show_pages()), (&[Prompt::Login][..], true));
    assert_eq!(pending.answer().resources.as_ref().unwrap().len(), 1);
}

/// A minute of difference between clocks is allowed, both ways.
#[test]
fn an_impossible_time_of_login_is_an_error() {
    let pending = pending(json!({}));
    let began = BEGAN as i64;
    for (time, old, new) in [
        (began, "issue", "issue"),
        (began + 60, "issue", "issue"),
        (began + 61, "SERVER_ERROR", "SERVER_ERROR"),
        (began * 1_000, "SERVER_ERROR", "SERVER_ERROR"),
        (i64::MAX, "SERVER_ERROR", "SERVER_ERROR"),
        (began - 60, "issue", "issue"),
        (began - 61, "issue", "SERVER_ERROR"),
        (0, "issue", "SERVER_ERROR"),
        (-1, "SERVER_ERROR", "SERVER_ERROR"),
    ] {
        assert_eq!(next(&pending, UserSession::new().login(login(time))), old, "{time}");
        assert_eq!(next(&pending, UserSession::new().new_login(login(time))), new, "{time}");
    }
    let timeless = Login::new("john");
    assert_eq!(next(&pending, UserSession::new().login(timeless)), "issue");
    assert_eq!(next(&pending, UserSession::new().new_login(timeless)), "SERVER_ERROR");
    assert_eq!(next(&pending, UserSession::new().login(Login::new(""))), "SERVER_ERROR");
}

#[test]
fn a_user_is_demanded_in_three_places() {
    let john = |pending: &Pending| next(pending, UserSession::new().login(login(1)));
    let jane = |pending: &Pending| next(pending, UserSession::new().login(Login::new("jane").auth_time(1)));
    let new = Login::new("jane").auth_time(BEGAN as i64);
    for pending in [
        pending(json!({"subject": "john"})),
        pending(json!({})).hinted_subject("john"),
        pending(json!({"subject": "john"})).hinted_subject("john"),
        pending(
            json!({"idTokenClaims": r#"{"acr":null,"s\u0075b":{"essential":true,"value":"j\u006fhn"}}"#}),
        ),
        pending(json!({"userInfoClaims": r#"{"sub":{"value":"john"}}"#})),
    ] {
        assert_eq!(pending.demands().subject.as_deref(), Some("john"));
        assert_eq!((john(&pending).as_str(), jane(&pending).as_str()), ("issue", "login"));
        assert_eq!(next(&pending, UserSession::new().new_login(new)), "DIFFERENT_SUBJECT");
    }
    for claims in ["", "{}", r#"{"sub":null}"#, r#"{"sub":{"essential":true}}"#, r#"{"sub":{"value":1}}"#] {
        assert_eq!(jane(&pending(json!({"idTokenClaims": claims}))), "issue");
    }
    // Nobody is two users.
    let both = pending(json!({"subject": "john"})).hinted_subject("jane");
    assert_eq!((john(&both).as_str(), jane(&both).as_str()), ("DIFFERENT_SUBJECT", "DIFFERENT_SUBJECT"));
}

#[test]
fn a_client_has_demands_of_its_own() {
    let of = |client: Value, age: i64| pending(json!({"client": client, "maxAge": age}));
    let aged = of(json!({"clientId": 7, "defaultMaxAge": 60}), 0);
    let (fresh, old) = (login(BEGAN as i64 - 60), login(BEGAN as i64 - 61));
    assert_eq!(next(&aged, UserSession::new().login(fresh)), "issue");
    assert_eq!(next(&aged, UserSession::new().login(old)), "login");
    let aged = of(json!({"clientId": 7, "defaultMaxAge": 60}), 100);
    assert_eq!(next(&aged, UserSession::new().login(old)), "issue");
    for none in [0, -1] {
        assert_eq!(of(json!({"defaultMaxAge": none}), 0).demands().max_age, None);
    }
    let timed = of(json!({"clientId": 7, "authTimeRequired": true}), 0);
    assert_eq!(next(&timed, UserSession::new().login(old)), "issue");
    assert_eq!(next(&timed, UserSession::new().login(Login::new("john"))), "login");
}

#[test]
fn other_prompts_are_heeded_or_refused() {
    let create = pending(json!({"prompts": ["CREATE"]}));
    assert_eq!(next(&create, UserSession::new().login(login(1))), "login");
    assert_eq!(next(&create, UserSession::new().new_login(login(BEGAN as i64))), "issue");
    let unknown = pending(json!({"prompts": ["FROM_THE_FUTURE"]}));
    assert_eq!(next(&unknown, UserSession::new().login(login(1))), "INTERACTION_REQUIRED");
}

#[test]
fn the_claims_must_be_an_object() {
    let pending = pending(json!({}));
    for claims in ["", "[]", "null", "{", r#"{"a":1}x"#] {
        let session = UserSession::new().login(login(1)).id_token_claims(claims);
        assert_eq!(next(&pending, session), "SERVER_ERROR", "{claims}");
    }
}

#[test]
fn a_step_shows_no_secret() {
    let pending = pending(json!({}));
    let consent = pending.consent("john");
    let session = UserSession::new().login(login(1)).allowed(&consent);
    let step = pending.next(&session, at(BEGAN));
    assert_eq!(format!("{step:?}"), "Issue");
    assert!(matches!(step, NextStep::Issue(_)));
    assert_eq!(format!("{:?}", pending.next(&session.denied(), at(BEGAN))), "Fail(Denied)");
    assert!(!format!("{session:?}").contains("john"));
}

//! What a client demands of a login.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authlete::endpoint::authorization::{self, Demands, Login, Next, with_login_for_max_age_0};
use authlete::models::{AuthorizationFailRequestReason as Reason, AuthorizationResponse, Prompt};
use serde_json::{Value, json};

use super::harness::options;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn answer(action: &str) -> Value {
    json!({
        "action": action, "ticket": "t-1", "prompts": ["LOGIN", "CONSENT"], "subject": "john", "maxAge": 60,
        "acrs": ["urn:a", "urn:b"], "acrEssential": true, "client": {"clientId": 7}, "scopes": [{"name": "openid"}],
    })
}

fn next(answer: Value) -> Next {
    authorization::respond(serde_json::from_value(answer).unwrap(), &options())
}

fn demands_of(answer: Value) -> Demands {
    Demands::of(&serde_json::from_value::<AuthorizationResponse>(answer).unwrap())
}

fn demands() -> Demands {
    demands_of(answer("INTERACTION"))
}

#[test]
fn an_interaction_keeps_the_answer_whole() {
    let Next::Interaction(state) = next(answer("INTERACTION")) else { panic!() };
    assert_eq!(state.ticket.expose(), "t-1");
    assert_eq!(state.prompts(), [Prompt::Login, Prompt::Consent]);
    assert_eq!(state.demands(), demands());
    let answer = &state.answer;
    assert_eq!((answer.max_age, answer.subject.as_deref()), (Some(60), Some("john")));
    assert_eq!((answer.acrs.as_ref().unwrap().len(), answer.acr_essential), (2, Some(true)));
    assert_eq!(answer.prompts.as_ref().unwrap().len(), 2);
    assert_eq!(answer.client.as_ref().unwrap().client_id, Some(7));
    assert_eq!(answer.scopes.as_ref().unwrap().len(), 1);
    assert!(answer.ticket.is_none());
}

#[test]
fn without_interaction_there_is_a_ticket_and_no_response() {
    let mut value = answer("NO_INTERACTION");
    value["prompts"] = json!(["NONE"]);
    let Next::NoInteraction(state) = next(value.clone()) else { panic!() };
    assert_eq!((state.ticket.expose(), &state.demands()), ("t-1", &demands()));
    let john = Login::new("john").auth_time(1_000).acr("urn:b");
    assert_eq!(state.check(Some(john), at(1_060)), Ok(()));
    assert_eq!(state.check(Some(john), at(1_061)), Err(Reason::ExceedsMaxAge));
    value["prompts"] = json!(["NONE", "LOGIN"]);
    let Next::NoInteraction(state) = next(value) else { panic!() };
    assert_eq!(state.check(Some(john), at(1_000)), Err(Reason::NotAuthenticated));
}

#[test]
fn demands_are_checked() {
    let demands = demands();
    let john = Login::new("john").auth_time(1_000).acr("urn:b");
    let timeless = Login::new("john").acr("urn:b");
    let no_acr = Login::new("john").auth_time(1_000);
    let jane = Login::new("jane").auth_time(1_000).acr("urn:b");
    let check = |login, now| demands.check(login, at(now));
    assert_eq!(check(Some(john), 1_060), Ok(()));
    assert_eq!(check(Some(john), 1_000), Ok(()));
    assert_eq!(check(None, 1_060), Err(Reason::NotLoggedIn));
    assert_eq!(check(Some(john), 1_061), Err(Reason::ExceedsMaxAge));
    assert_eq!(check(Some(john.auth_time(-5)), 1_060), Err(Reason::ExceedsMaxAge));
    assert_eq!(check(Some(john.auth_time(i64::MIN)), 1_060), Err(Reason::ExceedsMaxAge));
    assert_eq!(check(Some(timeless), 1_060), Err(Reason::MaxAgeNotSupported));
    assert_eq!(check(Some(jane), 1_060), Err(Reason::DifferentSubject));
    assert_eq!(
        check(Some(Login::new("").auth_time(1_000).acr("urn:b")), 1_060),
        Err(Reason::DifferentSubject)
    );
    assert_eq!(check(Some(john.acr("urn:c")), 1_060), Err(Reason::AcrNotSatisfied));
    assert_eq!(check(Some(no_acr), 1_060), Err(Reason::AcrNotSatisfied));

    // A login made for this request, when the user has taken a minute to consent.
    assert_eq!(demands.check_new(timeless), Ok(()));
    assert_eq!(demands.check_new(jane), Err(Reason::DifferentSubject));
    assert_eq!(demands.check_new(no_acr), Err(Reason::AcrNotSatisfied));

    let mut wish = demands.clone();
    wish.acr_essential = false;
    assert_eq!(wish.check(Some(no_acr), at(1_060)), Ok(()));
    let none = Demands::default();
    assert_eq!(none.check(Some(Login::new("")), at(0)), Ok(()));
    assert_eq!(none.check(None, at(0)), Err(Reason::NotLoggedIn));
    assert!(!format!("{john:?}").contains("john"));
}

/// A clock may be behind by a minute. A time beyond that is not in seconds, or is made up.
#[test]
fn a_login_of_the_future_meets_no_age() {
    let demands = demands();
    let at_time = |seconds| Some(Login::new("john").acr("urn:a").auth_time(seconds));
    assert_eq!(demands.check(at_time(1_060), at(1_000)), Ok(()));
    assert_eq!(demands.check(at_time(1_061), at(1_000)), Err(Reason::ExceedsMaxAge));
    assert_eq!(demands.check(at_time(1_700_000_000_000), at(1_700_000_000)), Err(Reason::ExceedsMaxAge));
    assert_eq!(demands.check(at_time(i64::MAX), at(1_000)), Err(Reason::ExceedsMaxAge));
    assert_eq!(
        demands.check(at_time(1_000), UNIX_EPOCH - Duration::from_secs(1)),
        Err(Reason::ExceedsMaxAge)
    );
}

#[test]
fn an_age_of_zero_is_met_by_no_earlier_login() {
    let mut demands = Demands::default();
    demands.max_age = Some(0);
    for time in [0, 999, 1_000, 1_001, i64::MAX] {
        let login = Login::new("john").auth_time(time);
        assert_eq!(demands.check(Some(login), at(1_000)), Err(Reason::ExceedsMaxAge), "{time}");
        assert_eq!(demands.check_new(login), Ok(()));
    }
}

/// Authlete says 0 where the client says nothing. The payload of a request object tells them apart.
#[test]
fn an_age_of_zero_in_a_request_object_counts() {
    let max_age = |age: Value, payload: Value| {
        demands_of(json!({"action": "INTERACTION", "maxAge": age, "requestObjectPayload": payload})).max_age
    };
    for payload in [
        r#"{"max_age":0}"#,
        r#" { "client_id" : "1" , "max_age" : 0 } "#,
        r#"{"max_age":"0"}"#,
        r#"{"max\u005fage":0.0}"#,
        r#"{"max_age":-1}"#,
    ] {
        assert_eq!(max_age(json!(0), json!(payload)), Some(0), "{payload}");
        assert_eq!(max_age(Value::Null, json!(payload)), Some(0), "{payload}");
        assert_eq!(max_age(json!(60), json!(payload)), Some(60), "{payload}");
    }
    for payload in [r#"{"max_age":1}"#, "{}", r#"{"claims":{"max_age":0}}"#, r#"{"max_age":null}"#, "", "[0]"]
    {
        assert_eq!(max_age(json!(0), json!(payload)), None, "{payload}");
    }
    assert_eq!(max_age(json!(0), Value::Null), None);
    assert_eq!(max_age(json!(-1), Value::Null), Some(0));
}

#[test]
fn an_age_of_zero_in_parameters_becomes_a_prompt() {
    for (parameters, expected) in [
        ("max_age=0", "max_age=0&prompt=login"),
        ("a=b&max%5Fage=%30&c", "a=b&max%5Fage=%30&c&prompt=login"),
        ("max_age=000", "max_age=000&prompt=login"),
        ("prompt=consent&max_age=0", "prompt=consent+login&max_age=0"),
        ("prompt=consent%20login&max_age=0", "prompt=consent%20login&max_age=0"),
        ("max_age=0&prompt=login", "max_age=0&prompt=login"),
        ("max_age=0&prompt=", "max_age=0&prompt=login"),
        ("max_age=0&prompt", "max_age=0&prompt=login"),
        ("max_age=0&prompt=none", "max_age=0&prompt=none+login"),
        ("%70rompt=none&max_age=0", "%70rompt=none+login&max_age=0"),
    ] {
        assert_eq!(with_login_for_max_age_0(parameters), expected);
    }
    for other in
        ["", "max_age", "max_age=", "max_age=10", "xmax_age=0", "MAX_AGE=0", "max_age=0x", "prompt=none"]
    {
        assert_eq!(with_login_for_max_age_0(other), other);
    }
}

#[test]
fn a_login_in_the_session_may_not_do() {
    let john = Login::new("john").auth_time(1_000).acr("urn:a");
    let Next::Interaction(state) = next(answer("INTERACTION")) else { panic!() };
    assert!(state.must_authenticate(Some(john), at(1_000)));
    let mut value = answer("INTERACTION");
    value["prompts"] = json!(["CONSENT"]);
    let Next::Interaction(state) = next(value) else { panic!() };
    assert!(!state.must_authenticate(Some(john), at(1_000)));
    assert!(state.must_authenticate(Some(john), at(2_000)));
    assert!(state.must_authenticate(Some(Login::new("jane").auth_time(1_000).acr("urn:a")), at(1_000)));
    assert!(state.must_authenticate(None, at(1_000)));
}

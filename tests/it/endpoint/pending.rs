//! A request that waits for its user, and what comes next for it.

mod backchannel;
mod combinations;
mod consents;
mod device;
mod flow;
mod kept;
mod rules;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authlete::endpoint::authorization::{self, Next, NextStep, Pending};
use authlete::models::AuthorizationIssueRequest;
use serde_json::{Value, json};

use super::harness::options;

/// When the requests of these tests arrive, in seconds.
const BEGAN: u64 = 10_000;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// The JSON of a request for something of everything, with changes.
fn answer(changes: Value) -> Value {
    let mut answer = json!({
        "action": "INTERACTION", "ticket": "the-ticket",
        "client": {"clientId": 7, "clientName": "App", "logoUri": "https://app.example/logo"},
        "scopes": [{"name": "openid", "description": "who you are"}, {"name": "email"}],
        "dynamicScopes": [{"name": "pay", "value": "pay:1"}],
        "claims": ["email", "name"], "claimsAtUserInfo": ["name", "phone"],
        "authorizationDetails": {"elements": [{"type": "a", "actions": ["read"]}, {"type": "b"}]},
        "resources": ["https://rs.example/"], "purpose": "to know you", "loginHint": "the-hint",
    });
    for (name, value) in changes.as_object().unwrap() {
        answer[name] = value.clone();
    }
    answer
}

fn pending(changes: Value) -> Pending {
    let answer = serde_json::from_value(answer(changes)).unwrap();
    match authorization::respond(answer, &options()) {
        Next::Interaction(state) => state.into_pending(at(BEGAN)),
        Next::NoInteraction(state) => state.into_pending(at(BEGAN)),
        Next::Respond(response) => panic!("{response:?}"),
    }
}

/// A step in a word or two.
fn word(step: &NextStep) -> String {
    match step {
        NextStep::Login => "login".into(),
        NextStep::SelectAccount => "select".into(),
        NextStep::Consent => "consent".into(),
        NextStep::Issue(_) => "issue".into(),
        NextStep::Fail(request) => {
            assert_eq!(request.ticket.expose(), "the-ticket");
            request.reason.as_str().to_owned()
        }
    }
}

fn issued(step: NextStep) -> AuthorizationIssueRequest {
    match step {
        NextStep::Issue(request) => request,
        other => panic!("{other:?}"),
    }
}

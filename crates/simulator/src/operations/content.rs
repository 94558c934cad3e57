//! Contents for the client: errors as JSON, and what the browser carries.

use std::fmt::Write;

use form_urlencoded::Serializer;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::call::Call;
use super::engine::World;
use crate::config::Switches;
use crate::protocol::codes::Code;
use crate::protocol::problem::OAuthError;
use crate::protocol::settings::Settings;
use crate::state::{ResponseMode, ResponseTarget, State};

/// An action, its code and what happened.
pub(super) type Action = (&'static str, Code, &'static str);

/// An action, and why it is not the one that was wished for.
pub(super) type Rejection = (&'static str, OAuthError);

/// A refusal with the action `BAD_REQUEST`.
pub(super) fn bad(problem: OAuthError) -> Rejection {
    ("BAD_REQUEST", problem)
}

/// Decides a request of a flow with the state of its service and the time, and answers as [`judged`] does.
pub(super) fn decided(
    call: &Call<'_>,
    decide: impl FnOnce(&mut State, &Switches, i64) -> Result<(Action, Value), Rejection>,
) -> Answer {
    call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let decision = decide(state, switches, moment.now);
        judged(call, switches, decision, None)
    })
}

/// The answer to a judged request: what it comes to, or the error as JSON. Either carries the nonce for the next proof.
pub(super) fn judged(
    call: &Call<'_>,
    switches: &Switches,
    judged: Result<(Action, Value), Rejection>,
    nonce: Option<String>,
) -> Answer {
    let (outcome, mut object) = judged.unwrap_or_else(|(action, problem)| {
        let content = error(&problem, Settings(&switches.service));
        ((action, problem.code, problem.text), json!({"responseContent": content}))
    });
    if let (Some(object), Some(nonce)) = (object.as_object_mut(), nonce) {
        object.insert("dpopNonce".to_owned(), nonce.into());
    }
    Answer::outcome(switches.nulls, outcome, call.label, object)
}

/// The members of an error (RFC 6749, section 5.2), less those that the service omits.
fn members(problem: &OAuthError, service: Settings<'_>) -> Vec<(&'static str, String)> {
    let mut members = vec![("error", problem.error.to_owned())];
    if !service.flag("errorDescriptionOmitted") {
        members.push(("error_description", format!("[{}] {}", problem.code, problem.text)));
    }
    if !service.flag("errorUriOmitted") {
        members.push(("error_uri", format!("https://docs.authlete.com/#{}", problem.code)));
    }
    members
}

/// An error as JSON.
pub(super) fn error(problem: &OAuthError, service: Settings<'_>) -> String {
    let members = members(problem, service).into_iter();
    Value::Object(members.map(|(name, value)| (name.to_owned(), value.into())).collect::<Map<_, _>>())
        .to_string()
}

/// Has the browser carry parameters to the client, with the request's `state` and, unless the service suppresses it,
/// `iss` (RFC 9207): the action and its content.
pub(super) fn deliver<'a>(
    target: &'a ResponseTarget,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    service: Settings<'a>,
) -> (&'static str, String) {
    let state = target.state.as_deref().map(|state| ("state", state));
    let issuer = (!service.flag("issSuppressed")).then(|| ("iss", service.issuer()));
    let parameters = parameters.into_iter().chain(state).chain(issuer);
    let uri = &target.redirect_uri;
    let separator = match target.mode {
        ResponseMode::FormPost => return ("FORM", form(uri, parameters)),
        ResponseMode::Fragment => '#',
        ResponseMode::Query if uri.contains('?') => '&',
        ResponseMode::Query => '?',
    };
    let encoded = Serializer::new(String::new()).extend_pairs(parameters).finish();
    ("LOCATION", format!("{uri}{separator}{encoded}"))
}

/// Has the browser carry an error to the client.
pub(super) fn deliver_error(
    target: &ResponseTarget,
    problem: &OAuthError,
    service: Settings<'_>,
) -> (&'static str, String) {
    let members = members(problem, service);
    let pairs: Vec<_> = members.iter().map(|(name, value)| (*name, value.as_str())).collect();
    deliver(target, pairs, service)
}

/// A page that posts itself (OAuth 2.0 Form Post Response Mode, section 2).
fn form<'a>(uri: &str, parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut page = format!(
        "<!DOCTYPE html><html><head><title>Submitting</title></head>\
         <body onload=\"document.forms[0].submit()\"><form method=\"post\" action=\"{}\">",
        escaped(uri)
    );
    for (name, value) in parameters {
        // Writing to a string does not fail.
        let _ = write!(page, "<input type=\"hidden\" name=\"{name}\" value=\"{}\"/>", escaped(value));
    }
    page + "</form></body></html>"
}

/// A text as the value of an attribute in HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

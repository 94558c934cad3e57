//! Contents for the client: errors, and redirects.

use form_urlencoded::Serializer;
use serde_json::{Map, Value};

use crate::protocol::problem::Problem;
use crate::protocol::settings::Settings;

/// The members of an error (RFC 6749, section 5.2), less those that the service omits.
fn members(problem: &Problem, service: Settings<'_>) -> Vec<(&'static str, String)> {
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
pub(super) fn error(problem: &Problem, service: Settings<'_>) -> String {
    let members = members(problem, service).into_iter();
    Value::Object(members.map(|(name, value)| (name.to_owned(), value.into())).collect::<Map<_, _>>())
        .to_string()
}

/// A redirect with these parameters, the request's `state` and, unless the service suppresses it, `iss` (RFC 9207).
pub(super) fn redirect<'a>(
    uri: &str,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    state: Option<&str>,
    service: Settings<'_>,
) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(parameters);
    query.extend_pairs(state.map(|state| ("state", state)));
    query.extend_pairs((!service.flag("issSuppressed")).then(|| ("iss", service.issuer())));
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}{}", query.finish())
}

/// A redirect with an error.
pub(super) fn error_redirect(
    uri: &str,
    problem: &Problem,
    state: Option<&str>,
    service: Settings<'_>,
) -> String {
    let members = members(problem, service);
    let pairs = members.iter().map(|(name, value)| (*name, value.as_str()));
    redirect(uri, pairs, state, service)
}

/// An action, and why it is not the one that was wished for.
pub(super) type Refused = (&'static str, Problem);

/// A refusal with the action `BAD_REQUEST`.
pub(super) fn bad(problem: Problem) -> Refused {
    ("BAD_REQUEST", problem)
}

//! The authorization endpoint: a request, and how the user's decision ends it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, Refusal, members};
use super::call::Call;
use super::content::{error, error_redirect, redirect};
use super::engine::World;
use crate::json::Object;
use crate::protocol::authorization_request::{Parameters, Refused, check, find_client};
use crate::protocol::codes;
use crate::protocol::problem::Problem;
use crate::protocol::settings::Settings;
use crate::state::{AuthorizationRequest, Code, Property, Ticket};

/// How long a ticket lives: 24 hours.
const TICKET: i64 = 86_400_000;
/// How long a code lives unless the service says otherwise: 10 minutes.
const CODE: i64 = 600;

#[derive(Deserialize)]
struct Request {
    parameters: Option<String>,
}

/// Judges an authorization request, and gives it a ticket if the user is to be asked.
pub(super) fn process(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(Request { parameters }) = call.json_or_form()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let service = Settings(&switches.service);
        let answer = |outcome, object| Answer::outcome(switches.nulls, outcome, call.label, object);
        let refuse = |problem: &Problem, action, content: String| {
            answer((action, problem.code, problem.text), json!({"responseContent": content}))
        };
        let Some(parameters) = parameters else {
            return refuse(&NO_PARAMETERS, "BAD_REQUEST", error(&NO_PARAMETERS, service));
        };
        let parameters = match Parameters::parse(&parameters) {
            Ok(parameters) => parameters,
            Err(problem) => return refuse(&problem, "BAD_REQUEST", error(&problem, service)),
        };
        let clients = switches.clients.as_deref();
        let client = parameters.get("client_id").and_then(|id| find_client(clients, id));
        let request = match check(&parameters, client, service) {
            Ok(request) => request,
            Err(Refused::Here(problem)) => return refuse(&problem, "BAD_REQUEST", error(&problem, service)),
            Err(Refused::There { uri, state, problem }) => {
                let content = error_redirect(&uri, &problem, state.as_deref(), service);
                return refuse(&problem, "LOCATION", content);
            }
        };
        let prompts: Vec<_> = parameters.words("prompt").map(str::to_ascii_uppercase).collect();
        let is_silent = prompts.iter().any(|prompt| prompt == "NONE");
        let ticket = state.opaque.next();
        let expires_at = moment.now.saturating_add(TICKET);
        let object = json!({
            "ticket": ticket,
            "client": client.map(|client| members(switches.nulls, json!({
                "number": client.client_id,
                "clientId": client.client_id,
                "clientIdAlias": client.client_id_alias,
                "clientName": client.members.get("clientName"),
            }))),
            "clientIdAliasUsed": parameters.get("client_id") != Some(&request.client_id.to_string()),
            "service": Value::Object(switches.service.clone()),
            "scopes": request.scopes.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
            "prompts": prompts,
            "maxAge": parameters.get("max_age").and_then(|age| age.parse::<i32>().ok()).unwrap_or(0),
            "acrs": parameters.words("acr_values").collect::<Vec<_>>(),
            "acrEssential": false,
            "loginHint": parameters.get("login_hint"),
        });
        let ticketed = Ticket { service_id: call.service_id.clone(), request, expires_at };
        // It is kept a while longer, so that its end can be told from its absence.
        state.flows.tickets.insert(ticket, ticketed, expires_at.saturating_add(TICKET), moment.now);
        let (action, text) = if is_silent {
            ("NO_INTERACTION", "The request asks for no interaction.")
        } else {
            ("INTERACTION", "The user is to be asked.")
        };
        answer((action, codes::AUTHORIZATION_VALID, text), object)
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issue {
    ticket: Option<String>,
    subject: Option<String>,
    auth_time: Option<i64>,
    acr: Option<String>,
    claims: Option<String>,
    properties: Option<Vec<Object<Property>>>,
    scopes: Option<Vec<String>>,
}

/// Issues an authorization code for the user who has agreed.
pub(super) fn issue(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(issue) = call.json_or_form::<Object<Issue>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let service = Settings(&switches.service);
        let answer = |outcome, object| Answer::outcome(switches.nulls, outcome, call.label, object);
        let refuse = |problem: Problem| {
            answer(
                ("BAD_REQUEST", problem.code, problem.text),
                json!({"responseContent": error(&problem, service)}),
            )
        };
        let Some(subject) = issue.subject.filter(|subject| !subject.is_empty()) else {
            return refuse(NO_SUBJECT);
        };
        let name = issue.ticket.as_deref().unwrap_or_default();
        let request = match spend(&mut state.flows.tickets, name, &call.service_id, moment.now) {
            Ok(request) => request,
            Err(problem) => return refuse(problem),
        };
        let code = state.opaque.next();
        let lasts = service.seconds("authorizationCodeDuration").unwrap_or(CODE).saturating_mul(1000);
        let expires_at = moment.now.saturating_add(lasts);
        let parameters = [("code", code.as_str())];
        let location = redirect(&request.redirect_uri, parameters, request.state.as_deref(), service);
        let kept = Code {
            service_id: call.service_id.clone(),
            subject,
            scopes: issue.scopes.unwrap_or_else(|| request.scopes.clone()),
            auth_time: issue.auth_time.filter(|time| *time > 0),
            acr: issue.acr,
            claims: issue.claims,
            properties: issue.properties.into_iter().flatten().map(|Object(property)| property).collect(),
            expires_at,
            request,
        };
        state.flows.codes.insert(code.clone(), kept, expires_at, moment.now);
        let object = json!({"responseContent": location, "authorizationCode": code});
        answer(("LOCATION", codes::AUTHORIZATION_ISSUED, "An authorization code was issued."), object)
    }))
}

#[derive(Deserialize)]
struct Fail {
    ticket: Option<String>,
    reason: Option<String>,
}

/// Ends a request without success, for a reason that the client is told as an error.
pub(super) fn fail(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(fail) = call.json_or_form::<Object<Fail>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let service = Settings(&switches.service);
        let name = fail.ticket.as_deref().unwrap_or_default();
        let (action, problem, content) =
            match spend(&mut state.flows.tickets, name, &call.service_id, moment.now) {
                Ok(request) => {
                    let problem = reason(fail.reason.as_deref().unwrap_or_default());
                    let (uri, state) = (&request.redirect_uri, request.state.as_deref());
                    ("LOCATION", problem, error_redirect(uri, &problem, state, service))
                }
                Err(problem) => ("BAD_REQUEST", problem, error(&problem, service)),
            };
        let outcome = (action, problem.code, problem.text);
        Answer::outcome(switches.nulls, outcome, call.label, json!({"responseContent": content}))
    }))
}

/// The request of a ticket, which is good once, in its service and in its time.
fn spend(
    tickets: &mut crate::state::Waiting<Ticket>,
    name: &str,
    service_id: &str,
    now: i64,
) -> Result<AuthorizationRequest, Problem> {
    if tickets.get(name).is_none_or(|ticket| ticket.service_id.as_ref() != service_id) {
        return Err(NO_TICKET);
    }
    let ticket = tickets.take(name).ok_or(NO_TICKET)?;
    if ticket.expires_at <= now { Err(OLD_TICKET) } else { Ok(ticket.request) }
}

/// The error that stands for a reason (OpenID Connect Core 1.0, section 3.1.2.6).
fn reason(name: &str) -> Problem {
    let (code, error, text) = match name {
        "NOT_LOGGED_IN" => (codes::FAIL_NOT_LOGGED_IN, "login_required", "The user is not logged in."),
        "MAX_AGE_NOT_SUPPORTED" => {
            (codes::FAIL_OTHER, "login_required", "The server does not know when the user logged in.")
        }
        "EXCEEDS_MAX_AGE" => (codes::FAIL_OTHER, "login_required", "The login is too long ago."),
        "DIFFERENT_SUBJECT" => (codes::FAIL_OTHER, "login_required", "Another user is logged in."),
        "NOT_AUTHENTICATED" => (codes::FAIL_OTHER, "login_required", "The user was not authenticated."),
        "ACR_NOT_SATISFIED" => (
            codes::FAIL_ACR,
            "unmet_authentication_requirements",
            "The authentication is not of a class that was asked for.",
        ),
        "DENIED" => (codes::FAIL_DENIED, "access_denied", "The user denied the request."),
        "ACCOUNT_SELECTION_REQUIRED" => {
            (codes::FAIL_OTHER, "account_selection_required", "The user must choose an account.")
        }
        "CONSENT_REQUIRED" => (codes::FAIL_OTHER, "consent_required", "The user must agree."),
        "INTERACTION_REQUIRED" => {
            (codes::FAIL_INTERACTION, "interaction_required", "The user must be asked.")
        }
        "INVALID_TARGET" => (codes::FAIL_OTHER, "invalid_target", "The resource is not good."),
        "UNKNOWN" | "SERVER_ERROR" => (codes::FAIL_OTHER, "server_error", "The server failed."),
        _ => (codes::FAIL_UNKNOWN_REASON, "server_error", "The reason is not known."),
    };
    Problem::new(code, error, text)
}

const NO_PARAMETERS: Problem =
    Problem::invalid_request(codes::AUTHORIZATION_NO_PARAMETERS, "The parameters are missing.");
const NO_SUBJECT: Problem = Problem::invalid_request(codes::ISSUE_NO_SUBJECT, "The subject is missing.");
const NO_TICKET: Problem =
    Problem::invalid_request(codes::TICKET_GONE, "There is no such ticket, or it was used.");
const OLD_TICKET: Problem = Problem::invalid_request(codes::TICKET_EXPIRED, "The ticket has expired.");

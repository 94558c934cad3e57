//! The password grant (RFC 6749, section 4.3): the application checks the password.

use serde_json::{Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::content::{Action, Rejection, bad, decided, judged};
use super::decision::{Attributes, Decision, TicketCall, token_of};
use super::engine::World;
use super::issuing::{Issue, Issuer};
use crate::config::Switches;
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::parameters::RequestParameters;
use crate::protocol::problem::OAuthError;
use crate::protocol::refresh::NextRefreshToken;
use crate::protocol::scopes;
use crate::protocol::settings::Settings;
use crate::state::{FlowEnd, FlowKind, Flows, GrantType, Kept, PasswordRequest, State};

/// How long the application has to check a password: 10 minutes.
const TICKET: i64 = 600_000;

/// Whether the service lists the grant. RFC 9700, section 2.4, forbids it, so it is off unless it is listed.
pub(super) fn is_on(service: Settings<'_>) -> bool {
    service.list("supportedGrantTypes").is_some_and(|mut grants| grants.any(|grant| grant == "PASSWORD"))
}

/// Gives the application a password to check.
pub(super) fn ask(
    state: &mut State,
    issuer: Issuer<'_>,
    parameters: &RequestParameters,
    key: Option<String>,
) -> Result<(Action, Value), Rejection> {
    let (username, password) = (parameters.get("username"), parameters.get("password"));
    if username.is_none() || password.is_none() {
        return Err(bad(INCOMPLETE));
    }
    let ticket = state.opaque.next();
    let scopes = scopes::requested(parameters, issuer.service(), issuer.own()).map_err(bad)?;
    let object = json!({
        "username": username,
        "password": password,
        "ticket": ticket,
        "clientId": issuer.client.client_id,
        "clientIdAlias": issuer.client.client_id_alias,
        "scopes": scopes,
        "grantType": "PASSWORD",
    });
    let expires_at = issuer.now.saturating_add(TICKET);
    let kept = Kept {
        service_id: issuer.service_id.clone(),
        client_id: issuer.client.client_id,
        expires_at,
        value: PasswordRequest { scopes, dpop_thumbprint: key },
    };
    state.flows.note(FlowKind::PasswordTicket, &ticket, &kept, None, issuer.now);
    state.flows.passwords.insert(ticket, kept, expires_at, issuer.now);
    Ok((("PASSWORD", codes::PASSWORD, "The application is to check the password."), object))
}

/// Issues a token for the user whose password was right.
pub(super) fn issue(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<TicketCall>>()?;
    let Object(decision) = call.json_or_form::<Object<Decision>>()?;
    let Object(attributes) = call.json_or_form::<Object<Attributes>>()?;
    Ok(decided(call, |state, switches, now| {
        // The operation has no action for a wrong call but this one.
        decide(call, state, switches, (&request, decision, attributes), now)
            .map_err(|problem| ("INTERNAL_SERVER_ERROR", problem))
    }))
}

fn decide(
    call: &Call<'_>,
    state: &mut State,
    switches: &Switches,
    (request, decision, attributes): (&TicketCall, Decision, Attributes),
    now: i64,
) -> Result<(Action, Value), OAuthError> {
    let name = request.ticket.as_deref().unwrap_or_default();
    let held = state.flows.passwords.get(name).map(|kept| kept.value.scopes.as_slice());
    let approval = decision.approval(held.unwrap_or_default()).ok_or(NO_SUBJECT)?;
    let kept = spend(&mut state.flows, name, &call.service_id, now)?;
    state.flows.log.agree(name, &approval.subject);
    state.flows.log.end(name, FlowEnd::Used, now);
    let client = switches.clients.iter().flatten().find(|client| client.client_id == kept.client_id);
    let issuer = Issuer { service_id: &call.service_id, switches, client: client.ok_or(NO_TICKET)?, now };
    issuer.check(state, attributes.access_token.as_deref())?;
    let mut token = token_of(&approval);
    token.access_token = attributes.access_token.filter(|token| !token.is_empty());
    token.dpop_key_thumbprint = kept.value.dpop_thumbprint;
    let refresh = issuer.allows("REFRESH_TOKEN").then(NextRefreshToken::default);
    let issue = Issue {
        request: token,
        grant_type: GrantType::Password,
        refresh,
        userinfo_claims: Vec::new(),
        code: None,
    };
    let issued = issuer.issue(state, issue)?;
    let members = issuer.members(&issued, None);
    Ok((("OK", codes::PASSWORD_ISSUED, "The token was issued."), Value::Object(members)))
}

/// Tells the client that there is no token.
pub(super) fn fail(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<TicketCall>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let name = request.ticket.as_deref().unwrap_or_default();
        let spent = spend(&mut state.flows, name, &call.service_id, moment.now);
        let refused = match spent {
            Ok(_) => {
                state.flows.log.end(name, FlowEnd::Denied, moment.now);
                bad(reason(request.reason.as_deref().unwrap_or_default()))
            }
            Err(problem) => ("INTERNAL_SERVER_ERROR", problem),
        };
        judged(call, config.switches(&call.service_id), Err(refused), None)
    }))
}

/// The request of a ticket, which is good once, in its service and in its time.
fn spend(
    flows: &mut Flows,
    name: &str,
    service_id: &str,
    now: i64,
) -> Result<Kept<PasswordRequest>, OAuthError> {
    if flows.passwords.get(name).is_none_or(|kept| !kept.is_of(service_id, None)) {
        return Err(NO_TICKET);
    }
    flows.passwords.take(name).filter(|kept| kept.expires_at > now).ok_or(NO_TICKET)
}

/// The error that stands for a reason (RFC 6749, section 5.2).
fn reason(name: &str) -> OAuthError {
    let (error, text) = match name {
        "INVALID_RESOURCE_OWNER_CREDENTIALS" => ("invalid_grant", "The user's credentials are wrong."),
        "INVALID_TARGET" => ("invalid_target", "The resource is not good."),
        "INVALID_CLIENT" => ("invalid_client", "The client is not good."),
        "INVALID_SCOPE" => ("invalid_scope", "The scope is not good."),
        "UNAUTHORIZED_CLIENT" => ("unauthorized_client", "The client may not ask in this way."),
        _ => ("invalid_request", "The reason is not known."),
    };
    OAuthError::new(codes::TOKEN_FAIL, error, text)
}

const INCOMPLETE: OAuthError =
    OAuthError::invalid_request(codes::PASSWORD_INCOMPLETE, "The request lacks 'username' or 'password'.");
const NO_SUBJECT: OAuthError =
    OAuthError::new(codes::ISSUE_NO_SUBJECT, "server_error", "The subject is missing.");
const NO_TICKET: OAuthError =
    OAuthError::new(codes::PASSWORD_TICKET, "server_error", "There is no such ticket, or it was used.");

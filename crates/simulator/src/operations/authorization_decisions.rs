//! How the user's decision ends an authorization request.

use serde_json::{Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::content::{Action, Rejection, bad, decided, deliver, deliver_error, error};
use super::decision::{Attributes, Decision, TicketCall, token_of};
use super::engine::World;
use super::id_tokens::{Authentication, Beside, id_token, signer};
use super::issuing::{Issue, Issued, Issuer, NO_KEY};
use crate::config::Switches;
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::fail;
use crate::protocol::problem::OAuthError;
use crate::protocol::settings::Settings;
use crate::state::{
    Approval, AuthorizationRequest, CodeGrant, FlowEnd, FlowKind, Flows, GrantType, Kept, State,
};

/// How long a code lives unless the service says otherwise, in seconds: 10 minutes.
const CODE: i64 = 600;

/// Issues what the request asked for, for the user who has agreed.
pub(super) fn issue(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<TicketCall>>()?;
    let Object(decision) = call.json_or_form::<Object<Decision>>()?;
    let Object(attributes) = call.json_or_form::<Object<Attributes>>()?;
    let name = request.ticket.as_deref().unwrap_or_default();
    Ok(decided(call, |state, switches, now| decide(call, state, switches, (name, decision, attributes), now)))
}

fn decide(
    call: &Call<'_>,
    state: &mut State,
    switches: &Switches,
    (name, decision, attributes): (&str, Decision, Attributes),
    now: i64,
) -> Result<(Action, Value), Rejection> {
    let held = state.flows.tickets.get(name).map(|ticket| ticket.value.scopes.as_slice());
    let approval = decision.approval(held.unwrap_or_default()).ok_or(bad(NO_SUBJECT))?;
    let ticket = state.flows.tickets.get(name).filter(|ticket| ticket.is_of(&call.service_id, None));
    let ticket = ticket.ok_or(bad(NO_TICKET))?;
    let client = switches.clients.iter().flatten().find(|client| client.client_id == ticket.client_id);
    let issuer =
        Issuer { service_id: &call.service_id, switches, client: client.ok_or(bad(NO_CLIENT))?, now };
    let response_type = ticket.value.response_type;
    if response_type.token {
        issuer.check(state, attributes.access_token.as_deref()).map_err(bad)?;
    }
    if response_type.id_token && signer(issuer).is_none() {
        return Err(bad(NO_KEY));
    }
    let request = spend(&mut state.flows, name, &call.service_id, now).map_err(bad)?;
    state.flows.log.agree(name, &approval.subject);
    state.flows.log.end(name, FlowEnd::Used, now);
    state.consents.grant(&call.service_id, request.client_id, &approval.subject, &approval.scopes, now);
    let code = response_type.code.then(|| state.opaque.next());
    if let Some(code) = &code {
        keep(state, issuer, code, &request, &approval);
    }
    let issued = match response_type.token {
        true => Some(implicit(state, issuer, &request, &approval, attributes).map_err(bad)?),
        false => None,
    };
    let beside = Beside {
        access_token: issued.as_ref().map(Issued::access_token),
        code: code.as_deref(),
        state: request.target.state.as_deref(),
    };
    let user = Authentication::new(&approval, request.nonce.as_deref());
    let id_token = match response_type.id_token {
        true => Some(id_token(issuer, &user, beside).ok_or(bad(NO_KEY))?),
        false => None,
    };
    let mut parameters = Vec::new();
    parameters.extend(code.as_ref().map(|code| ("code", code.clone())));
    if let Some(issued) = &issued {
        let shown = issued.properties().filter_map(|(key, value)| Some((key, value?.to_owned())));
        parameters.extend(shown);
        let end = issued.token.access_token_expires_at;
        parameters.push(("access_token", issued.access_token().to_owned()));
        parameters.push(("token_type", issued.token_type().to_owned()));
        parameters.extend(end.map(|at| ("expires_in", (at.saturating_sub(now) / 1000).to_string())));
        parameters.extend(issued.scope().map(|scope| ("scope", scope)));
    }
    parameters.extend(id_token.as_ref().map(|id_token| ("id_token", id_token.clone())));
    let pairs = parameters.iter().map(|(name, value)| (*name, value.as_str()));
    let (action, content) = deliver(&request.target, pairs, issuer.service());
    let token = issued.as_ref().map(|issued| issued.token);
    let end = token.and_then(|token| token.access_token_expires_at);
    let object = json!({
        "responseContent": content,
        "authorizationCode": code,
        "accessToken": token.map(|token| token.access_token.as_ref()),
        "accessTokenExpiresAt": end,
        "accessTokenDuration": end.map(|at| at.saturating_sub(now) / 1000),
        "jwtAccessToken": issued.as_ref().and_then(|issued| issued.jwt.as_deref()),
        "idToken": id_token,
    });
    Ok(((action, codes::AUTHORIZATION_ISSUED, "The response to the client is in the content."), object))
}

/// Keeps an authorization code until it is exchanged.
fn keep(
    state: &mut State,
    issuer: Issuer<'_>,
    code: &str,
    request: &AuthorizationRequest,
    approval: &Approval,
) {
    let lasts = issuer.service().seconds("authorizationCodeDuration").unwrap_or(CODE).saturating_mul(1000);
    let expires_at = issuer.now.saturating_add(lasts);
    let kept = Kept {
        service_id: issuer.service_id.clone(),
        client_id: request.client_id,
        expires_at,
        value: CodeGrant { request: request.clone(), approval: approval.clone() },
    };
    state.flows.note(FlowKind::Code, code, &kept, Some(&approval.subject), issuer.now);
    state.flows.codes.insert(code.to_owned(), kept, expires_at, issuer.now);
}

/// Issues an access token without a code between (RFC 6749, section 4.2).
fn implicit<'a>(
    state: &'a mut State,
    issuer: Issuer<'_>,
    request: &AuthorizationRequest,
    approval: &Approval,
    attributes: Attributes,
) -> Result<Issued<'a>, OAuthError> {
    // The decision's own attributes are in the approval already.
    let mut token = token_of(approval);
    token.access_token = attributes.access_token.filter(|token| !token.is_empty());
    let userinfo_claims = request.userinfo_claims.clone();
    issuer.issue(
        state,
        Issue { request: token, grant_type: GrantType::Implicit, refresh: None, userinfo_claims, code: None },
    )
}

/// Ends a request without success, for a reason that the client is told as an error.
pub(super) fn fail(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<TicketCall>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let service = Settings(&switches.service);
        let name = request.ticket.as_deref().unwrap_or_default();
        let spent = spend(&mut state.flows, name, &call.service_id, moment.now);
        let ((action, content), problem) = match spent {
            Ok(spent) => {
                state.flows.log.end(name, FlowEnd::Denied, moment.now);
                let problem = fail::reason(request.reason.as_deref().unwrap_or_default());
                (deliver_error(&spent.target, &problem, service), problem)
            }
            Err(problem) => (("BAD_REQUEST", error(&problem, service)), problem),
        };
        let outcome = (action, problem.code, problem.text);
        Answer::outcome(switches.nulls, outcome, call.label, json!({"responseContent": content}))
    }))
}

/// The request of a ticket, which is good once, in its service and in its time.
fn spend(
    flows: &mut Flows,
    name: &str,
    service_id: &str,
    now: i64,
) -> Result<AuthorizationRequest, OAuthError> {
    if flows.tickets.get(name).is_none_or(|ticket| !ticket.is_of(service_id, None)) {
        return Err(NO_TICKET);
    }
    let ticket = flows.tickets.take(name).ok_or(NO_TICKET)?;
    if ticket.expires_at <= now { Err(OLD_TICKET) } else { Ok(ticket.value) }
}

const NO_SUBJECT: OAuthError =
    OAuthError::invalid_request(codes::ISSUE_NO_SUBJECT, "The subject is missing.");
const NO_TICKET: OAuthError =
    OAuthError::invalid_request(codes::TICKET_GONE, "There is no such ticket, or it was used.");
const NO_CLIENT: OAuthError =
    OAuthError::invalid_request(codes::TICKET_GONE, "The client of the ticket does not exist any more.");
const OLD_TICKET: OAuthError = OAuthError::invalid_request(codes::TICKET_EXPIRED, "The ticket has expired.");

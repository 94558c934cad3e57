//! The pushed authorization request endpoint (RFC 9126).

use serde_json::{Value, json};

use super::answer::{Answer, Refusal};
use super::authorization::PUSHED;
use super::call::Call;
use super::client_requests::{CLIENT_UNKNOWN, ClientRequest, proven_key};
use super::content::{Action, Rejection, bad, judged};
use super::engine::World;
use crate::config::Switches;
use crate::json::Object;
use crate::protocol::authorization_request::{RequestError, Way, check};
use crate::protocol::codes;
use crate::protocol::problem::OAuthError;
use crate::protocol::proof::Possession;
use crate::protocol::settings::Settings;
use crate::state::{FlowKind, Kept, PushedRequest, State};

/// How long a request waits unless the service says otherwise, in seconds: 10 minutes.
const WAITS: i64 = 600;

/// Keeps an authorization request of an authenticated client, and names it.
pub(super) fn push(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<ClientRequest>>()?;
    let Object(shown) = call.json_or_form::<Object<Possession>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let nonce = shown.nonce(Settings(&switches.service), &state.opaque, moment.now);
        let kept = keep(call, state, switches, (&request, &shown), moment.now);
        judged(call, switches, kept, nonce)
    }))
}

fn keep(
    call: &Call<'_>,
    state: &mut State,
    switches: &Switches,
    (request, shown): (&ClientRequest, &Possession),
    now: i64,
) -> Result<(Action, Value), Rejection> {
    let service = Settings(&switches.service);
    let parameters = request.parameters().map_err(bad)?;
    let client = request.client(&parameters, switches, "UNAUTHORIZED", CLIENT_UNKNOWN)?;
    let checked = check(&parameters, Some(client), service, Way::Pushed);
    let (authorization, _) = checked.map_err(|not_good| match not_good {
        RequestError::Here(problem) | RequestError::There { problem, .. } => bad(problem),
    })?;
    let moment = (&state.opaque, now);
    let key = proven_key(shown, (service, client), moment, ("pushedAuthReqEndpoint", codes::PAR_PROOF_NONCE))
        .map_err(bad)?;
    // RFC 9449, section 10.1.
    if key.is_some() && authorization.dpop_thumbprint.is_some() && key != authorization.dpop_thumbprint {
        return Err(bad(OTHER_KEY));
    }
    let lasts = service.seconds("pushedAuthReqDuration").unwrap_or(WAITS);
    let expires_at = now.saturating_add(lasts.saturating_mul(1000));
    let name = format!("{PUSHED}{}", state.opaque.next());
    let content = json!({"expires_in": lasts, "request_uri": name}).to_string();
    let object = json!({
        "requestUri": name,
        "responseContent": content,
        "clientAuthMethod": client.members.get("tokenAuthMethod"),
    });
    let kept = Kept {
        service_id: call.service_id.clone(),
        client_id: client.client_id,
        expires_at,
        value: PushedRequest { parameters: request.text().to_owned(), dpop_thumbprint: key },
    };
    state.flows.note(FlowKind::PushedRequest, &name, &kept, None, now);
    state.flows.pushed.insert(name, kept, expires_at, now);
    Ok((("CREATED", codes::PAR_CREATED, "The request was kept."), object))
}

const OTHER_KEY: OAuthError = OAuthError::new(
    codes::CODE_OTHER_KEY,
    "invalid_dpop_proof",
    "The DPoP proof is of another key than 'dpop_jkt' names.",
);

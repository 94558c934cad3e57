//! The device flow (RFC 8628): the device's request, the code that its user types, the user's decision.

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::client_requests::{CLIENT_UNKNOWN, ClientRequest};
use super::content::{Action, Rejection, bad, decided};
use super::decision::Decision;
use super::engine::World;
use super::issuing::Issuer;
use crate::config::{Client, Switches};
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::problem::OAuthError;
use crate::protocol::scopes;
use crate::protocol::settings::Settings;
use crate::state::{Device, DeviceDecision, FlowEnd, FlowKind, Flows, Kept, State};

/// How long the codes live, how long a device waits between polls, and how long a user code is, unless the service says
/// otherwise: in seconds, in seconds, in characters.
const CODES: i64 = 600;
const INTERVAL: i64 = 5;
const LENGTH: i64 = 8;
/// How long an expired request is remembered, in milliseconds.
const REMEMBERED: i64 = 86_400_000;

/// The letters of a user code, without vowels and what looks like another (RFC 8628, section 6.1).
const BASE20: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
const NUMERIC: &[u8] = b"0123456789";

/// Begins a flow.
pub(super) fn authorize(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<ClientRequest>>()?;
    Ok(decided(call, |state, switches, now| begin(call, state, switches, &request, now)))
}

fn begin(
    call: &Call<'_>,
    state: &mut State,
    switches: &Switches,
    request: &ClientRequest,
    now: i64,
) -> Result<(Action, Value), Rejection> {
    let service = Settings(&switches.service);
    let parameters = request.parameters().map_err(bad)?;
    let client = request.client(&parameters, switches, "UNAUTHORIZED", CLIENT_UNKNOWN)?;
    let issuer = Issuer { service_id: &call.service_id, switches, client, now };
    if !issuer.allows("DEVICE_CODE") {
        return Err(bad(UNAUTHORIZED_CLIENT));
    }
    let scopes = scopes::requested(&parameters, service, issuer.own()).map_err(bad)?;
    let device_code = state.opaque.next();
    let user_code = loop {
        let length = service.seconds("userCodeLength").unwrap_or(LENGTH).min(255);
        let alphabet = if service.text("userCodeCharset") == Some("NUMERIC") { NUMERIC } else { BASE20 };
        let word = state.opaque.word(alphabet, usize::try_from(length).unwrap_or(8));
        // Codes that are too short run out; then the new one takes the place of an old one.
        if length < LENGTH || find(&mut state.flows, &call.service_id, &word).is_none() {
            break word;
        }
    };
    let lasts = service.seconds("deviceFlowCodeDuration").unwrap_or(CODES);
    let interval = service.seconds("deviceFlowPollingInterval").unwrap_or(INTERVAL);
    let uri = service.text("deviceVerificationUri").map(str::to_owned);
    let uri = uri.unwrap_or_else(|| format!("{}/device", service.issuer()));
    let complete = service.text("deviceVerificationUriComplete");
    let complete = complete.map(|template| template.replace("USER_CODE", &user_code));
    let mut content = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": uri,
        "expires_in": lasts,
        "interval": interval,
    });
    if let (Some(content), Some(complete)) = (content.as_object_mut(), &complete) {
        content.insert("verification_uri_complete".to_owned(), json!(complete));
    }
    let mut object = described(client, &scopes);
    if let Some(object) = object.as_object_mut() {
        object.extend([
            ("responseContent".to_owned(), json!(content.to_string())),
            ("clientAuthMethod".to_owned(), json!(issuer.own().text("tokenAuthMethod"))),
            ("deviceCode".to_owned(), json!(device_code)),
            ("userCode".to_owned(), json!(user_code)),
            ("verificationUri".to_owned(), json!(uri)),
            ("verificationUriComplete".to_owned(), json!(complete)),
            ("expiresIn".to_owned(), json!(lasts)),
            ("interval".to_owned(), json!(interval)),
        ]);
    }
    let expires_at = now.saturating_add(lasts.saturating_mul(1000));
    let interval = interval.saturating_mul(1000);
    let kept = Kept {
        service_id: call.service_id.clone(),
        client_id: client.client_id,
        expires_at,
        value: Device { user_code, scopes, interval, polled_at: None, decision: None },
    };
    state.flows.note(FlowKind::Device, &device_code, &kept, None, now);
    state.flows.devices.insert(device_code, kept, expires_at.saturating_add(REMEMBERED), now);
    Ok((("OK", codes::DEVICE_CREATED, "The device may wait for its user."), object))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserCode {
    user_code: Option<String>,
    result: Option<String>,
}

/// Tells the application which device a user code is of.
pub(super) fn verify(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<UserCode>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let answer = |outcome, object| Answer::outcome(switches.nulls, outcome, call.label, object);
        let name = request.user_code.as_deref().unwrap_or_default();
        let Some((_, kept)) = find(&mut state.flows, &call.service_id, name) else {
            return answer(("NOT_EXIST", codes::USER_CODE_UNKNOWN, UNKNOWN), json!({}));
        };
        if kept.expires_at <= moment.now {
            return answer(("EXPIRED", codes::USER_CODE_EXPIRED, EXPIRED), json!({}));
        }
        let client = switches.clients.iter().flatten().find(|client| client.client_id == kept.client_id);
        let mut object = client.map_or(json!({}), |client| described(client, &kept.value.scopes));
        if let Some(object) = object.as_object_mut() {
            object.insert("expiresAt".to_owned(), json!(kept.expires_at));
        }
        answer(("VALID", codes::DEVICE_VALID, "The user code is of a device that waits."), object)
    }))
}

/// Notes what the user decided. A user code is good once.
pub(super) fn complete(call: &Call<'_>) -> Result<Answer, Refusal> {
    let Object(request) = call.json_or_form::<Object<UserCode>>()?;
    let Object(decision) = call.json_or_form::<Object<Decision>>()?;
    Ok(call.engine.with(|world| {
        let World { config, state, moment } = world;
        let switches = config.switches(&call.service_id);
        let answer = |outcome| Answer::outcome(switches.nulls, outcome, call.label, json!({}));
        let name = request.user_code.as_deref().unwrap_or_default();
        let Some((device_code, kept)) = find(&mut state.flows, &call.service_id, name) else {
            return answer(("USER_CODE_NOT_EXIST", codes::USER_CODE_GONE, UNKNOWN));
        };
        if kept.expires_at <= moment.now {
            return answer(("USER_CODE_EXPIRED", codes::USER_CODE_EXPIRED, EXPIRED));
        }
        let decision = match request.result.as_deref() {
            Some("AUTHORIZED") => {
                let approval = decision.approval(&kept.value.scopes).map(Box::new);
                approval.map(DeviceDecision::Authorized)
            }
            Some("ACCESS_DENIED") => Some(DeviceDecision::Denied),
            Some("TRANSACTION_FAILED") => Some(DeviceDecision::Failed),
            _ => None,
        };
        let Some(decision) = decision else {
            let text = "The result is not known, or the subject is missing.";
            return answer(("INVALID_REQUEST", codes::DEVICE_INCOMPLETE, text));
        };
        let (client_id, device_code) = (kept.client_id, device_code.clone());
        kept.value.decision = Some(decision.clone());
        if let DeviceDecision::Authorized(approval) = &decision {
            let (subject, scopes) = (&approval.subject, &approval.scopes);
            state.consents.grant(&call.service_id, client_id, subject, scopes, moment.now);
            state.flows.log.agree(&device_code, subject);
        } else {
            state.flows.log.end(&device_code, FlowEnd::Denied, moment.now);
        }
        answer(("SUCCESS", codes::DEVICE_COMPLETED, "The decision was noted."))
    }))
}

/// The device of a user code that waits for a decision, by its device code.
fn find<'a>(
    flows: &'a mut Flows,
    service_id: &str,
    user_code: &str,
) -> Option<(&'a String, &'a mut Kept<Device>)> {
    let is_wanted = |kept: &Kept<Device>| {
        kept.is_of(service_id, None) && kept.value.decision.is_none() && kept.value.user_code == user_code
    };
    flows.devices.find_mut(is_wanted)
}

fn described(client: &Client, scopes: &[String]) -> Value {
    json!({
        "clientId": client.client_id,
        "clientIdAlias": client.client_id_alias,
        "clientName": client.members.get("clientName"),
        "scopes": scopes.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
    })
}

const UNKNOWN: &str = "There is no such user code.";
const EXPIRED: &str = "The user code has expired.";
const UNAUTHORIZED_CLIENT: OAuthError = OAuthError::new(
    codes::TOKEN_UNAUTHORIZED_CLIENT,
    "unauthorized_client",
    "The service or the client does not have the grant type.",
);

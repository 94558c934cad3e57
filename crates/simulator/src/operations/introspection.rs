//! The introspection endpoint.

use serde_json::{Value, json};

use super::answer::{Answer, Refusal, members};
use super::call::Call;
use crate::json::Object;
use crate::protocol::codes;
use crate::protocol::introspection::{self, EXPIRED, NO_TOKEN, Question, UNKNOWN, Verdict, has_expired};
use crate::protocol::jwt_access_token;
use crate::protocol::proof::Possession;
use crate::protocol::settings::Settings;
use crate::state::{Deletion, StoredToken};

/// Judges an access token. An expired one is reported once and then gone.
pub(super) fn introspect(call: &Call<'_>) -> Result<Answer, Refusal> {
    let question = call.json_or_form::<Object<Question>>()?.0;
    let shown = call.json_or_form::<Object<Possession>>()?.0;
    Ok(call.engine.with(|world| {
        let switches = world.config.switches(&call.service_id);
        let (nulls, service) = (switches.nulls, Settings(&switches.service));
        let token = question.token.as_deref().filter(|token| !token.is_empty());
        let hash = token.map(|token| jwt_access_token::hash(token, service));
        let nonce = shown.nonce(service, &world.state.opaque, world.moment.now);
        let report = |verdict: &Verdict, token, refreshable| {
            report(nulls, verdict, token, refreshable, nonce.as_deref())
        };
        let Some(hash) = hash else {
            return report(&NO_TOKEN, None, false);
        };
        let store = &mut world.state.store;
        let slot = store.find(&call.service_id, &hash);
        let Some((slot, token)) = slot.and_then(|slot| Some((slot, store.get(slot)?))) else {
            return report(&UNKNOWN, None, false);
        };
        let refreshable =
            token.refresh_token.is_some() && !has_expired(token.refresh_token_expires_at, world.moment.now);
        if has_expired(token.access_token_expires_at, world.moment.now) {
            let answer = report(&EXPIRED, Some((token, false)), refreshable);
            store.delete(slot, Deletion::Expired, world.moment.now);
            return answer;
        }
        let verdict =
            introspection::judge(token, &question, &shown, service, &world.state.opaque, world.moment.now);
        report(&verdict, Some((token, true)), refreshable)
    }))
}

/// The answer; `token` comes with whether it is usable.
fn report(
    nulls: bool,
    verdict: &Verdict,
    token: Option<(&StoredToken, bool)>,
    refreshable: bool,
    nonce: Option<&str>,
) -> Answer {
    let is_bound = token.is_some_and(|(token, _)| token.extra().dpop_key_thumbprint.is_some());
    let described = match token {
        Some((token, usable)) => described(token, usable),
        None => json!({"existent": false, "usable": false}),
    };
    let mut answer = members(nulls, described);
    // Bracketed like the others, but introspection messages name no path.
    let outcome = json!({
        "resultCode": verdict.code,
        "resultMessage": format!("[{}] {}", verdict.code, verdict.text),
        "action": verdict.action,
        "responseContent": challenge(is_bound, verdict.error),
        "dpopNonce": nonce,
        "sufficient": token.is_some() && verdict.code != codes::INTROSPECT_SCOPES,
        "refreshable": refreshable,
    });
    answer.extend(members(nulls, outcome));
    Answer::ok(answer)
}

/// A challenge for `WWW-Authenticate` (RFC 6750, section 3; RFC 9449, section 7.1).
pub(super) fn challenge(is_bound: bool, error: &str) -> String {
    if is_bound {
        format!("DPoP error=\"{error}\", algs=\"ES256 ES384 EdDSA PS256 PS384 PS512 RS256 RS384 RS512\"")
    } else {
        format!("Bearer error=\"{error}\"")
    }
}

fn described(token: &StoredToken, usable: bool) -> Value {
    let extra = token.extra();
    json!({
        "existent": true,
        "usable": usable,
        "clientId": token.client_id,
        "clientIdAlias": token.client_identifier.as_deref(),
        "clientIdAliasUsed": extra.client_id_alias_used,
        "clientEntityIdUsed": extra.client_entity_id_used,
        "metadataDocumentUsed": extra.metadata_document_used,
        "expiresAt": token.access_token_expires_at.unwrap_or(0),
        "subject": token.subject,
        "scopes": token.scopes.as_ref(),
        "properties": extra.properties,
        "certificateThumbprint": extra.certificate_thumbprint,
        "resources": extra.resources,
        "accessTokenResources": extra.resources,
        "authorizationDetails": extra.authorization_details,
        "forExternalAttachment": extra.for_external_attachment,
        "grantType": token.grant_type.as_str(),
        "acr": extra.acr,
        "authTime": extra.auth_time.unwrap_or(0),
        "serviceAttributes": null,
        "clientAttributes": null,
        "scopeDetails": null,
        "grantId": null,
        "grant": null,
        "consentedClaims": null,
        "forCredentialIssuance": false,
        "cnonce": null,
        "cnonceExpiresAt": 0,
        "issuableCredentials": null,
    })
}

//! How a token comes about: what it is bound to, when it expires, what it replaces.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::client;
use super::codes;
use super::item::{Place, Violation, kept_refresh_token, refreshable};
use crate::clock::millis;
use crate::config::{RefreshTokens, Switches};
use crate::json::Object;
use crate::state::{GrantType, State, Store, StoredToken, Taken, TokenExtra, TokenRequest};

/// The circumstances of a creation.
pub(crate) struct Creation<'a> {
    pub(crate) service_id: &'a Arc<str>,
    pub(crate) batch: Option<&'a Arc<str>>,
    pub(crate) now: i64,
    /// Whether older tokens of the same subject and client go.
    pub(crate) replace: bool,
}

/// Creates a token from an item that keeps the rules of its own, and returns its slot.
pub(crate) fn create(
    state: &mut State,
    creation: &Creation<'_>,
    item: TokenRequest,
    grant_type: GrantType,
    switches: &Switches,
) -> Result<usize, Violation> {
    let mut item = item;
    let place = if creation.batch.is_some() { Place::Batch } else { Place::Alone };
    let kept = kept_refresh_token(&item, grant_type, switches, place).is_some();
    item.refresh_token = item.refresh_token.filter(|_| kept);
    if !kept && refreshable(grant_type) && switches.refresh_tokens == RefreshTokens::Generated {
        item.refresh_token = Some(state.opaque.next().into());
    }
    let access_token = item.access_token.take().unwrap_or_else(|| state.opaque.next().into());
    let token = issued(&mut state.store, creation, item, access_token, grant_type, switches);
    let slot = state.store.insert(token).map_err(exists)?;
    if creation.replace {
        state.store.replace_older(slot, creation.now);
    }
    Ok(slot)
}

fn issued(
    store: &mut Store,
    creation: &Creation<'_>,
    mut item: TokenRequest,
    access_token: Box<str>,
    grant_type: GrantType,
    switches: &Switches,
) -> StoredToken {
    let subject = item.subject.take().filter(|_| grant_type != GrantType::ClientCredentials);
    let extra = extra(&mut item, subject.is_some());
    let expiry = |asked: i64, otherwise: Duration| {
        let lasts = if asked > 0 { asked.saturating_mul(1000) } else { millis(otherwise) };
        creation.now.saturating_add(lasts)
    };
    let persistent = item.access_token_persistent.unwrap_or_default();
    let access_token_duration = item.access_token_duration.unwrap_or_default();
    let refresh_token_duration = item.refresh_token_duration.unwrap_or_default();
    let client_identifier: Option<Arc<str>> = item.client_identifier.map(Into::into);
    let client_id = client::resolve(item.client_id, client_identifier.as_deref(), switches).flatten();
    StoredToken {
        service_id: Arc::clone(creation.service_id),
        batch: creation.batch.map(Arc::clone),
        access_token,
        refresh_token_expires_at: item
            .refresh_token
            .is_some()
            .then(|| expiry(refresh_token_duration, switches.refresh_token_duration)),
        refresh_token: item.refresh_token,
        client_id,
        client_identifier,
        subject,
        grant_type,
        scopes: store.intern(item.scopes.unwrap_or_default()),
        access_token_duration,
        refresh_token_duration,
        created_at: creation.now,
        access_token_expires_at: (!persistent)
            .then(|| expiry(access_token_duration, switches.access_token_duration)),
        extra,
    }
}

/// Takes the rarer attributes out, `None` when there are none. `acr` and `authTime` count only with an
/// effective subject.
fn extra(item: &mut TokenRequest, effective_subject: bool) -> Option<Box<TokenExtra>> {
    let extra = TokenExtra {
        properties: item.properties.take().into_iter().flatten().map(|Object(property)| property).collect(),
        resources: item.resources.take().unwrap_or_default(),
        certificate_thumbprint: item.certificate_thumbprint.take(),
        dpop_key_thumbprint: item.dpop_key_thumbprint.take(),
        authorization_details: item.authorization_details.take().map(details_without_nulls),
        jwt_at_claims: item.jwt_at_claims.take(),
        acr: item.acr.take().filter(|_| effective_subject),
        auth_time: item.auth_time.filter(|_| effective_subject),
        session_id: item.session_id.take(),
        for_external_attachment: item.for_external_attachment.unwrap_or_default(),
        client_id_alias_used: item.client_id_alias_used.unwrap_or_default(),
        client_entity_id_used: item.client_entity_id_used.unwrap_or_default(),
        metadata_document_used: item.metadata_document_used.unwrap_or_default(),
        userinfo_claims: Vec::new(),
        code: None,
    };
    (extra != TokenExtra::default()).then(|| Box::new(extra))
}

/// Authorization details whose own members, and those of their elements, all have a value.
fn details_without_nulls(mut details: Value) -> Value {
    let retain = |value: &mut Value| {
        if let Some(members) = value.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
    };
    retain(&mut details);
    details.get_mut("elements").and_then(Value::as_array_mut).into_iter().flatten().for_each(retain);
    details
}

/// The rule that a token which exists already breaks.
pub(crate) fn exists(taken: Taken) -> Violation {
    match taken {
        Taken::Access => {
            Violation { code: codes::ACCESS_TOKEN_EXISTS, text: "the access token exists already." }
        }
        Taken::Refresh => {
            Violation { code: codes::REFRESH_TOKEN_EXISTS, text: "the refresh token exists already." }
        }
    }
}

/// The seconds an access token had from its creation to its expiry; 0 for one that never expires.
pub(crate) fn lifetime(token: &StoredToken) -> i64 {
    token.access_token_expires_at.map_or(0, |expires_at| (expires_at - token.created_at) / 1000)
}

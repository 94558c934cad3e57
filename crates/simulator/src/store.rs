//! The tokens of all services.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::clock::millis;
use crate::codes;
use crate::config::{Config, RefreshTokens, SingleAccessToken};
use crate::digest::{Hash, Opaque, base64url, sha256};
use crate::ledger::{DeletedToken, Deletion};
use crate::rules::Violation;
use crate::token::{GrantType, StoredToken, TokenRequest};

/// Tokens in order of creation, found by the hash of either token within a service.
#[derive(Debug, Default)]
pub(crate) struct Store {
    slots: Vec<Option<StoredToken>>,
    services: HashMap<Arc<str>, Index>,
    scope_sets: HashSet<Arc<[Box<str>]>>,
    live: usize,
    deleted: Vec<DeletedToken>,
    rejected_duplicates: u64,
}

#[derive(Debug, Default)]
struct Index {
    access: HashMap<Hash, usize>,
    refresh: HashMap<Hash, usize>,
    by_holder: HashMap<(Box<str>, Holder), Vec<usize>>,
}

/// The client a token belongs to, for `singleAccessTokenPerSubject`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Holder {
    Number(i64),
    Identifier(Arc<str>),
}

/// How a token is to be created.
pub(crate) struct Creation<'a> {
    pub(crate) service_id: &'a Arc<str>,
    pub(crate) batch: Option<&'a Arc<str>>,
    pub(crate) now: i64,
    /// Remove older tokens of the same subject and client.
    pub(crate) replace: bool,
}

/// Hashes that a batch has claimed without applying it.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    access: HashSet<Hash>,
    refresh: HashSet<Hash>,
}

const ACCESS_EXISTS: Violation =
    Violation { code: codes::ACCESS_TOKEN_EXISTS, text: "the access token exists already." };
const REFRESH_EXISTS: Violation =
    Violation { code: codes::REFRESH_TOKEN_EXISTS, text: "the refresh token exists already." };

impl Store {
    /// The number of tokens in the store.
    pub(crate) fn len(&self) -> usize {
        self.live
    }

    /// The number of tokens ever created.
    pub(crate) fn created(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn deleted(&self) -> &[DeletedToken] {
        &self.deleted
    }

    pub(crate) fn rejected_duplicates(&self) -> u64 {
        self.rejected_duplicates
    }

    /// The tokens in order of creation.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &StoredToken> {
        self.slots.iter().flatten()
    }

    /// The token of any service that has this access token.
    pub(crate) fn find_anywhere(&self, access_token: &str) -> Option<&StoredToken> {
        let hash = sha256(access_token);
        let slot = self.services.values().find_map(|index| index.access.get(&hash))?;
        self.slots.get(*slot)?.as_ref()
    }

    /// The slot of an access token, given by its hash.
    pub(crate) fn find(&self, service_id: &str, access: &Hash) -> Option<usize> {
        self.services.get(service_id)?.access.get(access).copied()
    }

    pub(crate) fn get(&self, slot: usize) -> Option<&StoredToken> {
        self.slots.get(slot)?.as_ref()
    }

    /// Reports a token that cannot be inserted, taking into account what `claims` holds, and adds
    /// the item to the claims when it can.
    pub(crate) fn claim(
        &mut self,
        service_id: &str,
        item: &TokenRequest,
        grant_type: GrantType,
        config: &Config,
        claims: &mut Claims,
    ) -> Result<(), Violation> {
        let index = self.services.get(service_id);
        let access = item.access_token.as_deref().map(sha256);
        let refresh = kept_refresh_token(item, grant_type, config).map(sha256);
        let refused = if access.is_some_and(|hash| {
            claims.access.contains(&hash) || index.is_some_and(|index| index.access.contains_key(&hash))
        }) {
            Some(ACCESS_EXISTS)
        } else if refresh.is_some_and(|hash| {
            claims.refresh.contains(&hash) || index.is_some_and(|index| index.refresh.contains_key(&hash))
        }) {
            Some(REFRESH_EXISTS)
        } else {
            None
        };
        if let Some(violation) = refused {
            self.rejected_duplicates += 1;
            return Err(violation);
        }
        claims.access.extend(access);
        claims.refresh.extend(refresh);
        Ok(())
    }

    /// Creates a token; what it is bound to and when it expires is decided here.
    pub(crate) fn create(
        &mut self,
        creation: &Creation<'_>,
        mut item: TokenRequest,
        grant_type: GrantType,
        config: &Config,
        opaque: &Opaque,
    ) -> Result<usize, Violation> {
        let mut refresh_token: Option<Box<str>> =
            kept_refresh_token(&item, grant_type, config).map(Into::into);
        if refresh_token.is_none()
            && grant_type.refreshable()
            && config.refresh_tokens == RefreshTokens::Generated
        {
            refresh_token = Some(opaque.next().into());
        }
        let access_token = item.access_token.take().unwrap_or_else(|| opaque.next().into());
        let access = sha256(access_token.as_bytes());
        let refresh = refresh_token.as_deref().map(sha256);

        let slot = self.slots.len();
        let index = self.services.entry(Arc::clone(creation.service_id)).or_default();
        if refresh.is_some_and(|hash| index.refresh.contains_key(&hash)) {
            self.rejected_duplicates += 1;
            // An access token that exists is reported first.
            return Err(if index.access.contains_key(&access) { ACCESS_EXISTS } else { REFRESH_EXISTS });
        }
        match index.access.entry(access) {
            Entry::Occupied(_) => {
                self.rejected_duplicates += 1;
                return Err(ACCESS_EXISTS);
            }
            Entry::Vacant(vacant) => vacant.insert(slot),
        };
        if let Some(refresh) = refresh {
            index.refresh.insert(refresh, slot);
        }

        let subject = item.subject.take().filter(|_| grant_type != GrantType::ClientCredentials);
        let scopes = self.intern(item.scopes.take().unwrap_or_default());
        let persistent = item.access_token_persistent.unwrap_or_default();
        let access_token_duration = item.access_token_duration.unwrap_or_default();
        let refresh_token_duration = item.refresh_token_duration.unwrap_or_default();
        let expiry = |asked: i64, default| {
            let lasts = if asked > 0 { asked.saturating_mul(1000) } else { millis(default) };
            creation.now.saturating_add(lasts)
        };
        let client_identifier: Option<Arc<str>> = item.client_identifier.take().map(Into::into);
        let client_id =
            item.client_id.or_else(|| client_identifier.as_deref().and_then(|text| text.parse().ok()));
        let token = StoredToken {
            service_id: Arc::clone(creation.service_id),
            batch: creation.batch.map(Arc::clone),
            access_token,
            refresh_token_expires_at: refresh_token
                .is_some()
                .then(|| expiry(refresh_token_duration, config.refresh_token_duration)),
            refresh_token,
            client_id,
            client_identifier,
            grant_type,
            scopes,
            access_token_duration,
            refresh_token_duration,
            created_at: creation.now,
            access_token_expires_at: (!persistent)
                .then(|| expiry(access_token_duration, config.access_token_duration)),
            extra: item.take_extra(subject.is_some()),
            subject,
        };
        if config.single_access_token != SingleAccessToken::Off {
            self.hold(creation, &token, slot);
        }
        self.slots.push(Some(token));
        self.live += 1;
        Ok(slot)
    }

    /// Remembers whose token this is and, when asked, removes the holder's older ones.
    fn hold(&mut self, creation: &Creation<'_>, token: &StoredToken, slot: usize) {
        let Some(subject) = token.subject.clone() else {
            return;
        };
        let holder = match (token.client_id, &token.client_identifier) {
            (Some(number), _) => Holder::Number(number),
            (None, Some(identifier)) => Holder::Identifier(Arc::clone(identifier)),
            (None, None) => return,
        };
        let Some(index) = self.services.get_mut(creation.service_id) else {
            return;
        };
        let held = index.by_holder.entry((subject, holder)).or_default();
        let older = if creation.replace { std::mem::take(held) } else { Vec::new() };
        held.push(slot);
        for slot in older {
            self.delete(slot, Deletion::Replaced, creation.now);
        }
    }

    /// Deletes the token in a slot.
    pub(crate) fn delete(&mut self, slot: usize, why: Deletion, now: i64) {
        let Some(token) = self.slots.get_mut(slot).and_then(Option::take) else {
            return;
        };
        self.live -= 1;
        let access = sha256(token.access_token.as_bytes());
        if let Some(index) = self.services.get_mut(&token.service_id) {
            index.access.remove(&access);
            if let Some(refresh) = &token.refresh_token {
                index.refresh.remove(&sha256(refresh.as_bytes()));
            }
        }
        self.deleted.push(DeletedToken {
            service_id: token.service_id,
            access_token_hash: base64url(access),
            why,
            at: now,
        });
    }

    fn intern(&mut self, scopes: Vec<Box<str>>) -> Arc<[Box<str>]> {
        if let Some(known) = self.scope_sets.get(scopes.as_slice()) {
            return Arc::clone(known);
        }
        let scopes: Arc<[Box<str>]> = scopes.into();
        self.scope_sets.insert(Arc::clone(&scopes));
        scopes
    }
}

/// The refresh token of a request, unless the service or the grant type has none.
fn kept_refresh_token<'a>(item: &'a TokenRequest, grant_type: GrantType, config: &Config) -> Option<&'a str> {
    let kept = grant_type.refreshable() && config.refresh_tokens != RefreshTokens::Unsupported;
    item.refresh_token.as_deref().filter(|_| kept)
}

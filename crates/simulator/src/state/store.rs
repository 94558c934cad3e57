//! The tokens of all services.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::digest::{Hash, base64url, sha256};
use super::token::StoredToken;

/// Why a token is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deletion {
    /// The delete operation.
    Requested,
    /// It had expired when it was introspected.
    Expired,
    /// `singleAccessTokenPerSubject`: a newer one took its place.
    Replaced,
}

/// A token that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeletedToken {
    /// The service it belonged to.
    pub service_id: Arc<str>,
    /// The base64url SHA-256 hash of the access token.
    pub access_token_hash: String,
    /// Why it is gone.
    pub why: Deletion,
    /// When, in Unix milliseconds on the simulator's clock.
    pub at: i64,
}

/// Tokens in order of creation, found by the hash of either token within a service.
#[derive(Debug, Default)]
pub(crate) struct Store {
    slots: Vec<Option<StoredToken>>,
    services: HashMap<Arc<str>, Index>,
    scope_sets: HashSet<Arc<[Box<str>]>>,
    /// Made when it is first needed: few services replace tokens.
    by_holder: Option<HashMap<Holder, Vec<usize>>>,
    live: usize,
    deleted: Vec<DeletedToken>,
    rejected_duplicates: u64,
}

#[derive(Debug, Default)]
struct Index {
    access: HashMap<Hash, usize>,
    refresh: HashMap<Hash, usize>,
}

/// The subject and the client a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Holder {
    service_id: Arc<str>,
    subject: Box<str>,
    client: Client,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Client {
    Number(i64),
    Identifier(Arc<str>),
}

impl Holder {
    /// `None` for a token without a subject.
    fn of(token: &StoredToken) -> Option<Self> {
        let client = match (token.client_id, &token.client_identifier) {
            (Some(number), _) => Client::Number(number),
            (None, Some(identifier)) => Client::Identifier(Arc::clone(identifier)),
            (None, None) => return None,
        };
        Some(Self { service_id: Arc::clone(&token.service_id), subject: token.subject.clone()?, client })
    }
}

/// Which of the two tokens exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Access,
    Refresh,
}

/// Hashes that a batch has claimed without applying it.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    access: HashSet<Hash>,
    refresh: HashSet<Hash>,
}

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

    /// Says what keeps a pair of tokens from being inserted, `claims` included, and adds the pair to
    /// the claims when nothing does.
    pub(crate) fn claim(
        &mut self,
        service_id: &str,
        access_token: Option<&str>,
        refresh_token: Option<&str>,
        claims: &mut Claims,
    ) -> Result<(), Taken> {
        let index = self.services.get(service_id);
        let access = access_token.map(sha256);
        let refresh = refresh_token.map(sha256);
        let taken = if access.is_some_and(|hash| {
            claims.access.contains(&hash) || index.is_some_and(|index| index.access.contains_key(&hash))
        }) {
            Some(Taken::Access)
        } else if refresh.is_some_and(|hash| {
            claims.refresh.contains(&hash) || index.is_some_and(|index| index.refresh.contains_key(&hash))
        }) {
            Some(Taken::Refresh)
        } else {
            None
        };
        if let Some(taken) = taken {
            self.rejected_duplicates += 1;
            return Err(taken);
        }
        claims.access.extend(access);
        claims.refresh.extend(refresh);
        Ok(())
    }

    /// Puts a token into the store and returns its slot.
    pub(crate) fn insert(&mut self, token: StoredToken) -> Result<usize, Taken> {
        let access = sha256(token.access_token.as_bytes());
        let refresh = token.refresh_token.as_deref().map(sha256);
        let slot = self.slots.len();
        let index = self.services.entry(Arc::clone(&token.service_id)).or_default();
        let refresh_exists = refresh.is_some_and(|hash| index.refresh.contains_key(&hash));
        match index.access.entry(access) {
            Entry::Vacant(vacant) if !refresh_exists => {
                vacant.insert(slot);
            }
            entry => {
                self.rejected_duplicates += 1;
                // An access token that exists is reported first.
                let access_exists = matches!(entry, Entry::Occupied(_));
                return Err(if access_exists { Taken::Access } else { Taken::Refresh });
            }
        }
        if let Some(refresh) = refresh {
            index.refresh.insert(refresh, slot);
        }
        if let Some(holders) = &mut self.by_holder {
            hold(holders, &token, slot);
        }
        self.slots.push(Some(token));
        self.live += 1;
        Ok(slot)
    }

    /// Deletes the older tokens that belong to the same subject and client as the token in a slot.
    pub(crate) fn replace_older(&mut self, slot: usize, now: i64) {
        let Some(holder) = self.get(slot).and_then(Holder::of) else {
            return;
        };
        let slots = &self.slots;
        let holders = self.by_holder.get_or_insert_with(|| {
            let mut holders = HashMap::new();
            for (slot, token) in slots.iter().enumerate() {
                if let Some(token) = token {
                    hold(&mut holders, token, slot);
                }
            }
            holders
        });
        let held = holders.insert(holder, vec![slot]).unwrap_or_default();
        for older in held.into_iter().filter(|held| *held != slot) {
            self.delete(older, Deletion::Replaced, now);
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

    /// One copy of a list of scopes for all tokens that have it.
    pub(crate) fn intern(&mut self, scopes: Vec<Box<str>>) -> Arc<[Box<str>]> {
        if let Some(known) = self.scope_sets.get(scopes.as_slice()) {
            return Arc::clone(known);
        }
        let scopes: Arc<[Box<str>]> = scopes.into();
        self.scope_sets.insert(Arc::clone(&scopes));
        scopes
    }
}

fn hold(holders: &mut HashMap<Holder, Vec<usize>>, token: &StoredToken, slot: usize) {
    if let Some(holder) = Holder::of(token) {
        holders.entry(holder).or_default().push(slot);
    }
}

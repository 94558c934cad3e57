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
    /// Slots in order of creation, those of deleted tokens included. Made when it is first needed: few tests ask for it.
    by_subject: Option<HashMap<Box<str>, Vec<usize>>>,
    live: usize,
    deleted: Vec<DeletedToken>,
    rejected_duplicates: u64,
}

#[derive(Debug, Default)]
struct Index {
    access: HashMap<Hash, usize>,
    refresh: HashMap<Hash, usize>,
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

    /// The tokens of a subject, of all services, in order of creation.
    pub(crate) fn of_subject(&mut self, subject: &str) -> impl Iterator<Item = &StoredToken> {
        let held = by_subject(&mut self.by_subject, &self.slots).get(subject);
        let slots = &self.slots;
        held.into_iter().flatten().filter_map(|slot| slots.get(*slot)?.as_ref())
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

    /// The slot of a refresh token, given by its hash.
    pub(crate) fn find_by_refresh(&self, service_id: &str, refresh: &Hash) -> Option<usize> {
        self.services.get(service_id)?.refresh.get(refresh).copied()
    }

    /// The slots of the tokens that a predicate picks, in order of creation.
    pub(crate) fn slots_where(&self, wanted: impl Fn(&StoredToken) -> bool) -> impl Iterator<Item = usize> {
        let of = move |(slot, token): (usize, &Option<StoredToken>)| {
            token.as_ref().filter(|token| wanted(token)).map(|_| slot)
        };
        self.slots.iter().enumerate().filter_map(of)
    }

    /// The token in a slot, for changes of anything but its values, its service and its subject.
    pub(crate) fn get_mut(&mut self, slot: usize) -> Option<&mut StoredToken> {
        self.slots.get_mut(slot)?.as_mut()
    }

    /// Gives the token in a slot another access token, which must be new.
    pub(crate) fn rename(&mut self, slot: usize, access_token: Box<str>) {
        let Some(token) = self.slots.get_mut(slot).and_then(Option::as_mut) else {
            return;
        };
        if let Some(index) = self.services.get_mut(&token.service_id) {
            index.access.remove(&sha256(token.access_token.as_bytes()));
            index.access.insert(sha256(access_token.as_bytes()), slot);
        }
        token.access_token = access_token;
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
        if let (Some(by_subject), Some(subject)) = (&mut self.by_subject, &token.subject) {
            by_subject.entry(subject.clone()).or_default().push(slot);
        }
        self.slots.push(Some(token));
        self.live += 1;
        Ok(slot)
    }

    /// Deletes the older tokens that belong to the same subject and client as the token in a slot.
    pub(crate) fn replace_older(&mut self, slot: usize, now: i64) {
        let slots = &self.slots;
        let Some(newest) = slots.get(slot).and_then(Option::as_ref) else {
            return;
        };
        let Some(subject) = &newest.subject else {
            return;
        };
        let Some(held) = by_subject(&mut self.by_subject, slots).get_mut(subject) else {
            return;
        };
        let is_older = |held: &mut usize| {
            let token = slots.get(*held).and_then(Option::as_ref);
            *held != slot && token.is_some_and(|token| is_of_the_same_client(token, newest))
        };
        for older in held.extract_if(.., is_older).collect::<Vec<_>>() {
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

fn by_subject<'a>(
    index: &'a mut Option<HashMap<Box<str>, Vec<usize>>>,
    slots: &[Option<StoredToken>],
) -> &'a mut HashMap<Box<str>, Vec<usize>> {
    index.get_or_insert_with(|| {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for (slot, token) in slots.iter().enumerate() {
            if let Some(subject) = token.as_ref().and_then(|token| token.subject.clone()) {
                index.entry(subject).or_default().push(slot);
            }
        }
        index
    })
}

/// Whether the tokens are of one service and of one client, by its number or else by its identifier.
fn is_of_the_same_client(one: &StoredToken, other: &StoredToken) -> bool {
    let is_same = match (one.client_id, other.client_id) {
        (None, None) => one.client_identifier.is_some() && one.client_identifier == other.client_identifier,
        (one, other) => one == other,
    };
    is_same && one.service_id == other.service_id
}

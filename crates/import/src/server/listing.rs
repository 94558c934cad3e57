//! The list of a holder's tokens, which names them by hash.
//!
//! The list is no snapshot. Pages overlap by one entry: if the first entry of a page has not been seen before, tokens have
//! gone from the list meanwhile, and it is read from further back. A long list is read once: of each of its tokens a part of
//! the hash is kept, and later looks read on from its end.

use std::collections::HashMap;

use authlete::funcs::token_management_list;
use authlete::models::operations::AuthTokenGetListApiRequest;
use authlete::models::{AccessToken, Secret, TokenCreateRequest};

use super::connection::Server;
use super::pace::Kind;
use super::patience::Failure;
use super::wanted::subject;
use crate::input::hash::{base64url, sha256};

/// Whose tokens to list.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Holder {
    client: Option<String>,
    subject: Option<String>,
}

impl Holder {
    pub(super) fn of(token: &TokenCreateRequest) -> Self {
        let client = token.client_id.map(|id| id.to_string()).or_else(|| token.client_identifier.clone());
        Self { client, subject: subject(token).map(str::to_owned) }
    }

    /// Whether these may be all tokens of a client.
    pub(super) fn is_wide(&self) -> bool {
        self.subject.is_none()
    }
}

/// What a list says of a token.
pub(super) enum Listing {
    There(Box<AccessToken>),
    /// There are other tokens only.
    Absent,
    /// There are no tokens at all.
    Empty,
    /// The list kept changing.
    Unsteady,
}

const PAGE: i64 = 100;

/// What is known of a list.
#[derive(Default)]
pub(super) struct Directory {
    /// Where a token was, by a part of its hash.
    places: HashMap<u128, u32>,
    /// How much of it has been read.
    read: i64,
    /// The time of the last entry that was read.
    last_created: i64,
    /// Whether new tokens have been seen to come at its end.
    is_ascending: bool,
}

struct Page {
    total: i64,
    entries: Vec<AccessToken>,
}

impl Directory {
    /// Whether it is worth keeping.
    pub(super) fn is_long(&self) -> bool {
        self.read > PAGE
    }

    /// Looks for tokens by their hashes.
    pub(super) async fn find(
        &mut self,
        server: &Server,
        holder: &Holder,
        wanted: Vec<(usize, String)>,
    ) -> Result<Vec<(usize, Listing)>, Failure> {
        let mut there: HashMap<_, _> = wanted.iter().map(|(_, hash)| (hash.clone(), None)).collect();
        if !self.is_ascending {
            *self = Self { is_ascending: true, ..Self::default() };
        }
        let is_steady = self.read_on(server, holder, &mut there).await?;
        let mut found = Vec::with_capacity(wanted.len());
        for (index, hash) in wanted {
            let listing = match there.remove(&hash).flatten() {
                Some(entry) => Listing::There(Box::new(entry)),
                None => match self.places.get(&part(&hash)).copied() {
                    Some(place) => self.fetch(server, holder, &hash, place).await?,
                    None if !is_steady => Listing::Unsteady,
                    None if self.places.is_empty() => Listing::Empty,
                    None => Listing::Absent,
                },
            };
            found.push((index, listing));
        }
        Ok(found)
    }

    /// Reads what has not been read yet, and takes out the entries that are looked for. `false` if it kept changing.
    async fn read_on(
        &mut self,
        server: &Server,
        holder: &Holder,
        there: &mut HashMap<String, Option<AccessToken>>,
    ) -> Result<bool, Failure> {
        let mut start = (self.read - 1).max(0);
        let mut steps_back = 0;
        loop {
            let Page { total, entries } = page(server, holder, start).await?;
            let first = entries.first().and_then(|entry| entry.access_token_hash.as_deref()).map(part);
            let is_known = first.is_some_and(|first| self.places.contains_key(&first));
            if start > 0 && !is_known {
                steps_back += 1;
                if steps_back > 20 + total / PAGE {
                    return Ok(false);
                }
                start = (start.min(total) - PAGE).max(0);
                continue;
            }
            let count = entries.len() as i64;
            for (entry, place) in entries.into_iter().zip(start..) {
                let Some(hash) = entry.access_token_hash.clone() else {
                    continue;
                };
                let created = entry.created_at.unwrap_or(self.last_created);
                self.is_ascending &= created >= self.last_created || self.places.contains_key(&part(&hash));
                self.last_created = self.last_created.max(created);
                self.places.insert(part(&hash), u32::try_from(place).unwrap_or(u32::MAX));
                if let Some(slot) = there.get_mut(&hash) {
                    *slot = Some(entry);
                }
            }
            self.read = start + count;
            if self.read >= total {
                return Ok(true);
            }
            if count == 0 {
                return Ok(false);
            }
            start = self.read - 1;
        }
    }

    /// Reads the entry of a token that was seen before. Those before it may have gone since.
    async fn fetch(
        &mut self,
        server: &Server,
        holder: &Holder,
        hash: &str,
        place: u32,
    ) -> Result<Listing, Failure> {
        let mut start = (i64::from(place) - PAGE / 2).max(0);
        loop {
            let Page { entries, .. } = page(server, holder, start).await?;
            let entry = entries.into_iter().find(|entry| entry.access_token_hash.as_deref() == Some(hash));
            match entry {
                Some(entry) => return Ok(Listing::There(Box::new(entry))),
                None if start > 0 => start = (start - PAGE).max(0),
                None => {
                    self.places.remove(&part(hash));
                    return Ok(Listing::Absent);
                }
            }
        }
    }
}

/// 16 bytes that stand for a hash, however the server writes it.
fn part(hash: &str) -> u128 {
    let [prefix @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = sha256(hash);
    u128::from_be_bytes(prefix)
}

async fn page(server: &Server, holder: &Holder, start: i64) -> Result<Page, Failure> {
    let mut request = AuthTokenGetListApiRequest::new().start(start).end(start + PAGE);
    request.client_identifier.clone_from(&holder.client);
    request.subject.clone_from(&holder.subject);
    let asked = server.ask(Kind::Single, |core| {
        let request = request.clone();
        async move { token_management_list(&core, &request, None).await }
    });
    let answer = asked.await?.into_value();
    let entries = answer.access_tokens.unwrap_or_default();
    let total = answer.total_count.unwrap_or(start + entries.len() as i64);
    Ok(Page { total, entries })
}

/// The hash by which a token is looked for.
pub(super) fn hash(token: &Secret) -> String {
    base64url(&sha256(token.expose()))
}

/// Whether one of a holder's tokens has this refresh token, given by its hash.
pub(super) async fn has_refresh_token(
    server: &Server,
    holder: &Holder,
    refresh_hash: &str,
) -> Result<bool, Failure> {
    let mut start = 0;
    loop {
        let Page { total, entries } = page(server, holder, start).await?;
        let count = entries.len() as i64;
        if entries.iter().any(|entry| entry.refresh_token_hash.as_deref() == Some(refresh_hash)) {
            return Ok(true);
        }
        start += count;
        if count == 0 || start >= total {
            return Ok(false);
        }
    }
}

//! Finds out which tokens exist.
//!
//! Introspection answers for one token, and has two traps: an expired token is deleted by it, its refresh token with it,
//! and a token that is bound to a certificate or key is refused for want of a proof. The list of tokens has neither, but
//! shows hashes whose algorithm is not documented: that a token is missing from it is believed only once another token has
//! been found in it by its hash, or if the list is empty.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use authlete::AuthleteCore;
use authlete::funcs::{introspection_process, token_management_list};
use authlete::models::operations::{AuthIntrospectionApiRequest, AuthTokenGetListApiRequest};
use authlete::models::{
    GrantType, IntrospectionRequest, IntrospectionResponse, IntrospectionResponseAction, Secret,
    TokenCreateRequest,
};
use tokio::task::JoinSet;

use crate::chunk::Batch;
use crate::cli::Lookup;
use crate::duplicates::sha256;
use crate::record::now;
use crate::server::Server;
use crate::stop::Stop;

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Missing,
    Present {
        /// When it was created, on the server's clock, if that was asked for and told.
        created_at: Option<i64>,
        /// Whether it is unusable, or has another client, subject or scopes than its record.
        differs: bool,
    },
    /// It cannot be told.
    Unclear,
}

pub(crate) struct Finder {
    how: Lookup,
    /// Whether a token has been found in the list by its hash.
    hash_known: AtomicBool,
}

impl Finder {
    pub(crate) fn new(how: Lookup) -> Self {
        Self { how, hash_known: AtomicBool::new(false) }
    }

    /// Whether the list is known to name tokens by the hash that is used here.
    pub(crate) fn knows_hash(&self) -> bool {
        self.hash_known.load(Ordering::Relaxed)
    }

    /// Looks for the records of a batch at these indexes.
    pub(crate) async fn find(
        &self,
        server: &Server,
        batch: &Batch,
        indexes: &[usize],
    ) -> Result<Vec<Found>, Stop> {
        let (mut to_introspect, mut to_list) = (Vec::new(), Vec::new());
        for (place, &index) in indexes.iter().enumerate() {
            let places = if self.may_introspect(batch, index) { &mut to_introspect } else { &mut to_list };
            places.push((place, index));
        }
        let mut found = vec![Found::Unclear; indexes.len()];
        for (place, what) in introspect(server, batch, &to_introspect).await? {
            if let Some(slot) = found.get_mut(place) {
                *slot = what;
            }
        }
        let listed = self.list(server, batch, &to_list).await?;
        for ((place, _), what) in to_list.into_iter().zip(listed) {
            if let Some(slot) = found.get_mut(place) {
                *slot = what;
            }
        }
        Ok(found)
    }

    /// When these tokens, which exist, were created; by the list, which alone tells.
    pub(crate) async fn created_at(
        &self,
        server: &Server,
        batch: &Batch,
        indexes: &[usize],
    ) -> Result<Vec<Option<i64>>, Stop> {
        let places: Vec<_> = indexes.iter().copied().enumerate().collect();
        let found = self.list(server, batch, &places).await?;
        Ok(found
            .into_iter()
            .map(|found| match found {
                Found::Present { created_at, .. } => created_at,
                _ => None,
            })
            .collect())
    }

    async fn list(
        &self,
        server: &Server,
        batch: &Batch,
        wanted: &[(usize, usize)],
    ) -> Result<Vec<Found>, Stop> {
        let mut holders: HashMap<Holder, Vec<(usize, String)>> = HashMap::new();
        for (place, &(_, index)) in wanted.iter().enumerate() {
            if let Some(token) = batch.tokens().get(index) {
                let hash = base64url(&sha256(token.access_token.as_ref().map_or("", Secret::expose)));
                holders.entry(Holder::of(token)).or_default().push((place, hash));
            }
        }
        let mut tasks = JoinSet::new();
        let mut holders = holders.into_iter();
        let mut seen = Vec::new();
        loop {
            while tasks.len() < server.lookups
                && let Some((holder, hashes)) = holders.next()
            {
                tasks.spawn(listed(server.core.clone(), holder, hashes));
            }
            let Some(done) = tasks.join_next().await else {
                break;
            };
            seen.extend(done.map_err(|error| Stop::during("a lookup failed", error))??);
        }
        if seen.iter().any(|(_, listing)| matches!(listing, Listing::At(_))) {
            self.hash_known.store(true, Ordering::Relaxed);
        }
        let mut found = vec![Found::Unclear; wanted.len()];
        for (place, listing) in seen {
            let what = match listing {
                Listing::At(created_at) => Found::Present { created_at, differs: false },
                Listing::Empty => Found::Missing,
                Listing::Absent if self.knows_hash() => Found::Missing,
                Listing::Absent | Listing::Unsteady => Found::Unclear,
            };
            if let Some(slot) = found.get_mut(place) {
                *slot = what;
            }
        }
        Ok(found)
    }
}

impl Finder {
    /// Whether introspection can neither delete the token nor be refused for want of a proof.
    fn may_introspect(&self, batch: &Batch, index: usize) -> bool {
        /// How long a token must live on.
        const MARGIN: i64 = 60_000;
        let (Some(token), Some(lifetimes)) = (batch.tokens().get(index), batch.lifetimes.get(index)) else {
            return false;
        };
        let is_bound = token.certificate_thumbprint.is_some() || token.dpop_key_thumbprint.is_some();
        let lives_on = match lifetimes.access {
            _ if token.access_token_persistent == Some(true) => true,
            Some(at) => at.saturating_sub(now()) > MARGIN,
            // It may have been created long ago, by an earlier import.
            None => self.how == Lookup::Introspection,
        };
        self.how != Lookup::List && !is_bound && lives_on
    }
}

async fn introspect(
    server: &Server,
    batch: &Batch,
    wanted: &[(usize, usize)],
) -> Result<Vec<(usize, Found)>, Stop> {
    let mut tasks: JoinSet<Result<(usize, usize, IntrospectionResponse), Stop>> = JoinSet::new();
    let mut waiting = wanted.iter();
    let mut found = Vec::with_capacity(wanted.len());
    loop {
        while tasks.len() < server.lookups
            && let Some(&(place, index)) = waiting.next()
        {
            let Some(token) = batch.tokens().get(index).and_then(|token| token.access_token.clone()) else {
                continue;
            };
            let core = server.core.clone();
            tasks.spawn(async move {
                let request = AuthIntrospectionApiRequest::new(IntrospectionRequest::new(token));
                Ok((place, index, introspection_process(&core, &request, None).await?.into_value()))
            });
        }
        let Some(done) = tasks.join_next().await else {
            return Ok(found);
        };
        let (place, index, answer) = done.map_err(|error| Stop::during("a lookup failed", error))??;
        let token = batch.tokens().get(index);
        found.push((place, token.map_or(Found::Unclear, |token| judge(token, &answer))));
    }
}

/// What an introspection says of a token.
fn judge(token: &TokenCreateRequest, answer: &IntrospectionResponse) -> Found {
    use IntrospectionResponseAction::{Forbidden, Ok, Unauthorized};
    match (&answer.action, answer.existent) {
        (Some(Ok | Forbidden | Unauthorized), Some(true)) => {
            Found::Present { created_at: None, differs: differs(token, answer) }
        }
        (Some(Unauthorized), Some(false)) => Found::Missing,
        _ => Found::Unclear,
    }
}

fn differs(token: &TokenCreateRequest, answer: &IntrospectionResponse) -> bool {
    let client =
        token.client_id.is_some() && answer.client_id.is_some() && token.client_id != answer.client_id;
    let subject = token.grant_type != GrantType::ClientCredentials && token.subject != answer.subject;
    let scopes = token.scopes.as_ref().is_some_and(|asked| {
        let has = answer.scopes.as_deref().unwrap_or_default();
        asked.iter().any(|scope| !has.contains(scope)) || has.iter().any(|scope| !asked.contains(scope))
    });
    client || subject || scopes || answer.usable == Some(false)
}

/// Whose tokens to list.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Holder {
    client: Option<String>,
    subject: Option<String>,
}

impl Holder {
    fn of(token: &TokenCreateRequest) -> Self {
        let subject = token.subject.clone().filter(|_| token.grant_type != GrantType::ClientCredentials);
        let client = token.client_id.map(|id| id.to_string()).or_else(|| token.client_identifier.clone());
        Self { client, subject }
    }
}

/// What a list says of a token.
#[derive(Clone, Copy)]
enum Listing {
    At(Option<i64>),
    /// There are other tokens only.
    Absent,
    /// There are no tokens at all.
    Empty,
    /// The list kept changing, or is too long.
    Unsteady,
}

/// Pages through a holder's tokens. They are no snapshot: if their number changes, it begins anew.
async fn listed(
    core: AuthleteCore,
    holder: Holder,
    hashes: Vec<(usize, String)>,
) -> Result<Vec<(usize, Listing)>, Stop> {
    const PAGE: i64 = 100;
    const PAGES: i64 = 1000;
    'anew: for _ in 0..3 {
        let mut created: HashMap<String, Option<i64>> = HashMap::new();
        let mut total = None;
        for page in 0..PAGES {
            let mut request = AuthTokenGetListApiRequest::new().start(page * PAGE).end((page + 1) * PAGE);
            request.client_identifier.clone_from(&holder.client);
            request.subject.clone_from(&holder.subject);
            let answer = token_management_list(&core, &request, None).await?.into_value();
            let (Some(count), Some(tokens)) = (answer.total_count, answer.access_tokens) else {
                break 'anew;
            };
            if total.is_some_and(|total| total != count) {
                continue 'anew;
            }
            total = Some(count);
            let of_page = tokens.into_iter();
            created.extend(of_page.filter_map(|token| Some((token.access_token_hash?, token.created_at))));
            let all_found = hashes.iter().all(|(_, hash)| created.contains_key(hash));
            if all_found || (page + 1) * PAGE >= count {
                let missing = if count == 0 { Listing::Empty } else { Listing::Absent };
                return Ok(hashes
                    .into_iter()
                    .map(|(place, hash)| (place, created.get(&hash).map_or(missing, |at| Listing::At(*at))))
                    .collect());
            }
        }
    }
    Ok(hashes.into_iter().map(|(place, _)| (place, Listing::Unsteady)).collect())
}

/// Base64url without padding (RFC 4648 section 5).
fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..=group.len() {
            let value = (bits >> (18 - 6 * digit)) & 63;
            text.push(char::from(DIGITS.get(value as usize).copied().unwrap_or_default()));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_that_of_rfc_4648() {
        for (plain, encoded) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("~~~?", "fn5-Pw")] {
            assert_eq!(base64url(plain.as_bytes()), encoded);
        }
    }
}

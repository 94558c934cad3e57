//! Finds out which tokens exist.
//!
//! Introspection answers for one token, and has two traps: an expired token is deleted by it, its refresh token with it,
//! and a token that is bound to a certificate or key is refused for want of a proof. The list of tokens has neither, but
//! shows hashes whose algorithm is not documented: that a token is missing from it is believed only once another token has
//! been found in it by its hash, or if the list is empty.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use authlete::funcs::introspection_process;
use authlete::models::operations::AuthIntrospectionApiRequest;
use authlete::models::{
    GrantType, IntrospectionRequest, IntrospectionResponse, IntrospectionResponseAction, Secret,
    TokenCreateRequest,
};
use tokio::task::JoinSet;

use super::connection::Server;
use super::listing::{Holder, Listing, listed};
use super::options::Lookup;
use crate::clock::now;
use crate::input::Lifetimes;
use crate::input::hash::{base64url, sha256};
use crate::stop::Stop;

/// A token to look for, and when it expires.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) token: &'a TokenCreateRequest,
    pub(crate) lifetimes: Lifetimes,
}

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

    /// Looks for tokens. What is found stands in their order.
    pub(crate) async fn find(&self, server: &Server, wanted: &[Wanted<'_>]) -> Result<Vec<Found>, Stop> {
        let (to_introspect, to_list): (Vec<_>, Vec<_>) =
            wanted.iter().copied().enumerate().partition(|(_, wanted)| self.may_introspect(wanted));
        let mut found = vec![Found::Unclear; wanted.len()];
        let mut told = introspect(server, &to_introspect).await?;
        told.extend(self.list(server, &to_list).await?);
        for (place, what) in told {
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
        wanted: &[Wanted<'_>],
    ) -> Result<Vec<Option<i64>>, Stop> {
        let places: Vec<_> = wanted.iter().copied().enumerate().collect();
        let mut times = vec![None; wanted.len()];
        for (place, found) in self.list(server, &places).await? {
            if let (Found::Present { created_at, .. }, Some(slot)) = (found, times.get_mut(place)) {
                *slot = created_at;
            }
        }
        Ok(times)
    }

    async fn list(
        &self,
        server: &Server,
        wanted: &[(usize, Wanted<'_>)],
    ) -> Result<Vec<(usize, Found)>, Stop> {
        let mut holders: HashMap<Holder, Vec<(usize, String)>> = HashMap::new();
        for (place, Wanted { token, .. }) in wanted {
            let hash = base64url(&sha256(token.access_token.as_ref().map_or("", Secret::expose)));
            holders.entry(Holder::of(token)).or_default().push((*place, hash));
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
        let found = seen.into_iter().map(|(place, listing)| {
            let what = match listing {
                Listing::At(created_at) => Found::Present { created_at, differs: false },
                Listing::Empty => Found::Missing,
                Listing::Absent if self.knows_hash() => Found::Missing,
                Listing::Absent | Listing::Unsteady => Found::Unclear,
            };
            (place, what)
        });
        Ok(found.collect())
    }

    /// Whether introspection can neither delete the token nor be refused for want of a proof.
    fn may_introspect(&self, wanted: &Wanted<'_>) -> bool {
        /// How long a token must live on.
        const MARGIN: i64 = 60_000;
        let Wanted { token, lifetimes } = wanted;
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

async fn introspect(server: &Server, wanted: &[(usize, Wanted<'_>)]) -> Result<Vec<(usize, Found)>, Stop> {
    let mut tasks: JoinSet<Result<(usize, IntrospectionResponse), Stop>> = JoinSet::new();
    let mut waiting = wanted.iter().enumerate();
    let mut found = Vec::with_capacity(wanted.len());
    loop {
        while tasks.len() < server.lookups
            && let Some((at, (_, Wanted { token, .. }))) = waiting.next()
        {
            let Some(token) = token.access_token.clone() else {
                continue;
            };
            let core = server.core.clone();
            tasks.spawn(async move {
                let request = AuthIntrospectionApiRequest::new(IntrospectionRequest::new(token));
                Ok((at, introspection_process(&core, &request, None).await?.into_value()))
            });
        }
        let Some(done) = tasks.join_next().await else {
            return Ok(found);
        };
        let (at, answer) = done.map_err(|error| Stop::during("a lookup failed", error))??;
        found.extend(wanted.get(at).map(|(place, Wanted { token, .. })| (*place, judge(token, &answer))));
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

//! Finds out which tokens exist, and whether they are what their records say.
//!
//! Introspection answers for one token, and has two traps: an expired token is deleted by it, its refresh token with it,
//! and a token that is bound to a certificate or key may be refused for want of a proof. The list of tokens has neither, but
//! shows hashes whose algorithm is not documented: that a token is missing from it is believed only once another token has
//! been found in it by its hash, or if the list is empty.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use authlete::funcs::introspection_process;
use authlete::models::operations::AuthIntrospectionApiRequest;
use authlete::models::{IntrospectionRequest, IntrospectionResponse, IntrospectionResponseAction};
use tokio::sync::Mutex;

use super::compare::{Comparison, Differences};
use super::concurrent::for_each;
use super::connection::Server;
use super::listing::{self, Directory, Holder, Listing, hash};
use super::options::{Lookup, ServerArgs};
use super::pace::RequestKind;
use super::retry::Failure;
use super::wanted::{Wanted, has_refresh_token};
use crate::stop::Stop;

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Missing,
    Present {
        /// When it was created, on the server's clock, if that was told.
        created_at: Option<i64>,
        differences: Differences,
    },
    /// It cannot be told, or has not been.
    Unclear,
}

/// What the list of tokens is to be asked for beside introspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Refresh tokens.
    Whole,
    /// When tokens were created, too.
    Age,
}

type Places<'a> = Vec<(usize, Wanted<'a>)>;

pub(crate) struct Finder {
    server: Arc<Server>,
    how: Lookup,
    tolerance: Duration,
    /// Whether a token has been found in the list by its hash.
    hash_known: AtomicBool,
    /// The long lists.
    directories: Mutex<HashMap<Holder, Arc<Mutex<Directory>>>>,
}

impl Finder {
    pub(crate) fn new(server: &Arc<Server>, args: &ServerArgs) -> Self {
        Self {
            server: Arc::clone(server),
            how: args.lookup,
            tolerance: args.compare.expiry_tolerance,
            hash_known: AtomicBool::new(false),
            directories: Mutex::default(),
        }
    }

    /// Whether the list is known to name tokens by the hash that is used here.
    pub(crate) fn knows_hash(&self) -> bool {
        self.hash_known.load(Ordering::Relaxed)
    }

    /// Looks for tokens. What is found stands in their order, up to what made it stop, if something did.
    pub(crate) async fn find(&self, wanted: &[Wanted<'_>], detail: Detail) -> (Vec<Found>, Option<Stop>) {
        let mut found = vec![Found::Unclear; wanted.len()];
        let stop = self.find_into(wanted, detail, &mut found).await.err();
        if stop.is_some() && detail == Detail::Age {
            // Whose it is has not been told: it is looked up again.
            let is_ageless = |found: &&mut Found| matches!(found, Found::Present { created_at: None, .. });
            found.iter_mut().filter(is_ageless).for_each(|found| *found = Found::Unclear);
        }
        (found, stop)
    }

    async fn find_into(
        &self,
        wanted: &[Wanted<'_>],
        detail: Detail,
        found: &mut [Found],
    ) -> Result<(), Stop> {
        let all = || wanted.iter().copied().enumerate();
        let is = |found: &[Found], place: usize, what: fn(&Found) -> bool| found.get(place).is_some_and(what);
        let is_there = |found: &Found| matches!(found, Found::Present { .. });

        // A list of all tokens of a client may be long: one that exists need not be looked for in it.
        let introspected = |wanted: &Wanted<'_>| {
            self.may_introspect(wanted) && (!wanted.is_bound() || Holder::of(wanted.token).is_wide())
        };
        let first: Places<'_> = all().filter(|(_, wanted)| introspected(wanted)).collect();
        // What has been found is looked at as a whole even if the rest cannot be asked for.
        let stopped = self.introspect(&first, found).await;

        let asks_list = |found: &[Found], place: usize, wanted: &Wanted<'_>| {
            if !introspected(wanted) || is(found, place, |found| *found == Found::Unclear) {
                return stopped.is_ok();
            }
            is(found, place, is_there)
                && (detail == Detail::Age || has_refresh_token(wanted, self.server.clock.now()))
        };
        let second: Places<'_> = all().filter(|(place, wanted)| asks_list(found, *place, wanted)).collect();
        self.list(&second, found).await?;
        stopped?;

        // It may be another's, whose list was not asked for.
        let third: Places<'_> = second
            .into_iter()
            .filter(|(place, wanted)| {
                wanted.is_bound()
                    && !introspected(wanted)
                    && self.may_introspect(wanted)
                    && !is(found, *place, is_there)
            })
            .collect();
        self.introspect(&third, found).await
    }

    /// Looks for tokens in the list first, and introspects those that it does not tell of.
    pub(crate) async fn listed(&self, wanted: &[Wanted<'_>]) -> (Vec<Found>, Option<Stop>) {
        let mut found = vec![Found::Unclear; wanted.len()];
        let all: Places<'_> = wanted.iter().copied().enumerate().collect();
        let stop = async {
            self.list(&all, &mut found).await?;
            let is_left = |place: usize| !matches!(found.get(place), Some(Found::Present { .. }));
            let left =
                all.into_iter().filter(|(place, wanted)| is_left(*place) && self.may_introspect(wanted));
            let left: Places<'_> = left.collect();
            self.introspect(&left, &mut found).await
        };
        let stop = stop.await.err();
        (found, stop)
    }

    /// Which of these records have a refresh token that one of their holder's tokens has.
    pub(crate) async fn with_known_refresh_token(&self, wanted: &[Wanted<'_>]) -> (Vec<usize>, Option<Stop>) {
        let now = self.server.clock.now();
        let places = wanted.iter().enumerate().filter_map(|(place, wanted)| {
            let holder = Holder::of(wanted.token);
            let token = wanted.token.refresh_token.as_ref();
            let token = token.filter(|_| has_refresh_token(wanted, now) && !holder.is_wide())?;
            Some((place, holder, hash(token)))
        });
        let work = |(place, holder, hash): (usize, Holder, String)| {
            let server = Arc::clone(&self.server);
            async move { Ok(listing::has_refresh_token(&server, &holder, &hash).await?.then_some(place)) }
        };
        let (found, stop) = for_each(places, self.server.lookups, work).await;
        (found.into_iter().flatten().collect(), stop)
    }

    /// Looks tokens up in the lists of their holders.
    async fn list(&self, wanted: &Places<'_>, found: &mut [Found]) -> Result<(), Stop> {
        let mut holders: HashMap<Holder, Vec<(usize, String)>> = HashMap::new();
        for (place, wanted) in wanted {
            holders
                .entry(Holder::of(wanted.token))
                .or_default()
                .push((*place, wanted.token.access_token.as_ref().map_or_else(String::new, hash)));
        }
        let mut lists = Vec::with_capacity(holders.len());
        let directories = self.directories.lock().await;
        for (holder, hashes) in holders {
            let directory = directories.get(&holder).map(Arc::clone).unwrap_or_default();
            lists.push((holder, directory, hashes));
        }
        drop(directories);
        let work = |(holder, directory, hashes): (Holder, Arc<Mutex<Directory>>, _)| {
            let server = Arc::clone(&self.server);
            async move {
                let mut open = directory.lock().await;
                let listings = match open.find(&server, &holder, hashes).await {
                    Err(Failure::Silent(..)) if !server.is_spent() => Vec::new(),
                    listings => listings?,
                };
                let keep = open.is_long().then(|| Arc::clone(&directory));
                Ok((keep.map(|directory| (holder, directory)), listings))
            }
        };
        let (seen, stop) = for_each(lists, self.server.lookups, work).await;
        let mut listings = Vec::new();
        let mut directories = self.directories.lock().await;
        for (keep, of_holder) in seen {
            directories.extend(keep);
            listings.extend(of_holder);
        }
        drop(directories);
        if listings.iter().any(|(_, listing)| matches!(listing, Listing::There(_))) {
            self.hash_known.store(true, Ordering::Relaxed);
        }
        let of_place: HashMap<usize, Wanted<'_>> = wanted.iter().copied().collect();
        for (place, listing) in listings {
            let (Some(slot), Some(wanted)) = (found.get_mut(place), of_place.get(&place)) else {
                continue;
            };
            self.note(wanted, listing, slot);
        }
        stop.map_or(Ok(()), Err)
    }

    /// Adds what the list says of a token to what is known of it.
    fn note(&self, wanted: &Wanted<'_>, listing: Listing, slot: &mut Found) {
        match (listing, *slot) {
            (Listing::There(entry), before) => {
                let mut differences = self.comparison().listed(wanted, &entry);
                if let Found::Present { differences: before, .. } = before {
                    differences = differences.and(before);
                }
                *slot = Found::Present { created_at: entry.created_at, differences };
            }
            // Introspection has seen it, with another holder or another hash.
            (_, Found::Present { .. }) => {}
            (Listing::Empty, _) => *slot = Found::Missing,
            (Listing::Absent, _) if self.knows_hash() => *slot = Found::Missing,
            (Listing::Absent | Listing::Unsteady, _) => *slot = Found::Unclear,
        }
    }

    fn comparison(&self) -> Comparison {
        Comparison { tolerance: self.tolerance, now: self.server.clock.now() }
    }

    /// Whether introspection cannot delete the token.
    fn may_introspect(&self, wanted: &Wanted<'_>) -> bool {
        /// How long a token must live on.
        const MARGIN: i64 = 60_000;
        let Wanted { token, lifetimes } = wanted;
        let lives_on = match lifetimes.access {
            _ if token.access_token_persistent == Some(true) => true,
            Some(at) => at.saturating_sub(self.server.clock.now()) > MARGIN,
            // It may have been created long ago, by an earlier import.
            None => self.how == Lookup::Introspection,
        };
        self.how != Lookup::List && lives_on
    }

    async fn introspect(&self, wanted: &Places<'_>, found: &mut [Found]) -> Result<(), Stop> {
        let work = |(place, wanted): (usize, Wanted<'_>)| {
            let (server, token) = (Arc::clone(&self.server), wanted.token.access_token.clone());
            async move {
                let request =
                    AuthIntrospectionApiRequest::new(IntrospectionRequest::new(token.unwrap_or_default()));
                let asked = server.ask(RequestKind::Single, |core| {
                    let request = request.clone();
                    async move { introspection_process(&core, &request, None).await }
                });
                match asked.await {
                    Ok(answer) => Ok((place, Some(answer.into_value()))),
                    // This one alone cannot be told.
                    Err(Failure::Silent(..)) if !server.is_spent() => Ok((place, None)),
                    Err(failure) => Err(failure),
                }
            }
        };
        let (answers, stop) = for_each(wanted.iter().copied(), self.server.lookups, work).await;
        let of_place: HashMap<usize, Wanted<'_>> = wanted.iter().copied().collect();
        for (place, answer) in answers {
            let (Some(slot), Some(wanted), Some(answer)) =
                (found.get_mut(place), of_place.get(&place), answer)
            else {
                continue;
            };
            match self.judge(wanted, &answer) {
                // Refused for want of a proof, perhaps.
                Found::Missing if wanted.is_bound() => {}
                what => *slot = what,
            }
        }
        stop.map_or(Ok(()), Err)
    }

    /// What an introspection says of a token.
    fn judge(&self, wanted: &Wanted<'_>, answer: &IntrospectionResponse) -> Found {
        use IntrospectionResponseAction::{Forbidden, Ok, Unauthorized};
        match (&answer.action, answer.existent) {
            (Some(Ok | Forbidden | Unauthorized), Some(true)) => {
                let differences = self.comparison().introspected(wanted, answer);
                Found::Present { created_at: None, differences }
            }
            (Some(Unauthorized), Some(false)) => Found::Missing,
            _ => Found::Unclear,
        }
    }
}

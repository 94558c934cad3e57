//! The list of a holder's tokens, which names them by hash.
//!
//! The list is no snapshot: if tokens have gone from it meanwhile, it is read from further back. A long list is read once: of
//! each of its tokens a part of the hash is kept, and later looks read on from its end.

use std::collections::HashMap;

use authlete::models::operations::AuthTokenGetListApiRequest;
use authlete::models::{AccessToken, Secret, TokenCreateRequest};
use authlete::{HttpMeta, Page, Pages, PagesError};
use tokio::sync::Mutex;

use super::connection::Server;
use super::pace::RequestKind;
use super::retry::Failure;
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

/// As many as Authlete documents to be the most.
const PAGE: u32 = 20;
/// How often a list may grow while a page of it is asked for.
const GROWTHS: u32 = 1_000;
/// How often a list is read from further back before it counts as one that keeps changing.
const STEPS_BACK: i64 = 20;

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

impl Directory {
    /// Whether it is worth keeping.
    pub(super) fn is_long(&self) -> bool {
        self.read > i64::from(PAGE)
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
        let mut from = (self.read - 1).max(0);
        let mut pages = walk(server, holder, from);
        let mut steps_back = 0;
        loop {
            let stopped_at = match look(server, &mut pages).await? {
                Look::Page(page) if from == 0 || page.start > from || self.knows(&page.entries) => {
                    self.keep(page, there);
                    continue;
                }
                Look::End if from == 0 || pages.position() > from => {
                    self.read = pages.position();
                    return Ok(true);
                }
                Look::Unsteady => return Ok(false),
                Look::Page(_) | Look::End => from,
                Look::Shifted => pages.position(),
            };
            let total = pages.total().unwrap_or(stopped_at);
            steps_back += 1;
            if steps_back > STEPS_BACK + total / i64::from(PAGE) {
                return Ok(false);
            }
            from = (stopped_at.min(total) - i64::from(PAGE)).max(0);
            pages = walk(server, holder, from);
        }
    }

    /// Whether the first of these has been seen before.
    fn knows(&self, entries: &[AccessToken]) -> bool {
        let hash = entries.first().and_then(|entry| entry.access_token_hash.as_deref());
        hash.is_some_and(|hash| self.places.contains_key(&part(hash)))
    }

    /// Notes where the entries are, and takes out those that are looked for.
    fn keep(&mut self, page: Page<AccessToken>, there: &mut HashMap<String, Option<AccessToken>>) {
        for (entry, place) in page.entries.into_iter().zip(page.start..) {
            self.read = place + 1;
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
    }

    /// Reads the entry of a token that was seen before. Those before it may have gone since.
    async fn fetch(
        &mut self,
        server: &Server,
        holder: &Holder,
        hash: &str,
        place: u32,
    ) -> Result<Listing, Failure> {
        let mut start = i64::from(place.saturating_sub(PAGE / 2));
        loop {
            let entries = match look(server, &mut walk(server, holder, start)).await? {
                Look::Page(page) => page.entries,
                _ => Vec::new(),
            };
            let entry = entries.into_iter().find(|entry| entry.access_token_hash.as_deref() == Some(hash));
            match entry {
                Some(entry) => return Ok(Listing::There(Box::new(entry))),
                None if start > 0 => start = (start - i64::from(PAGE)).max(0),
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

type Walk = Pages<AuthTokenGetListApiRequest>;

/// What a walk over a list comes to next.
enum Look {
    Page(Page<AccessToken>),
    End,
    /// Tokens before the position have gone.
    Shifted,
    /// The answers contradict each other.
    Unsteady,
}

impl Look {
    fn head(&self) -> Option<&HttpMeta> {
        if let Self::Page(page) = self { Some(&page.http) } else { None }
    }
}

fn walk(server: &Server, holder: &Holder, start: i64) -> Walk {
    let mut request = AuthTokenGetListApiRequest::new().start(start);
    request.client_identifier.clone_from(&holder.client);
    request.subject.clone_from(&holder.subject);
    Pages::new(&server.core, request).page_size(PAGE).max_entries(u64::MAX)
}

async fn look(server: &Server, pages: &mut Walk) -> Result<Look, Failure> {
    let pages = Mutex::new(pages);
    let next = |_| async {
        match pages.lock().await.next().await {
            Ok(Some(page)) => Ok(Some(Look::Page(page))),
            Ok(None) => Ok(Some(Look::End)),
            // New tokens come at the end.
            Err(PagesError::Changed { is_shifted: false, .. }) => Ok(None),
            Err(PagesError::Changed { .. }) => Ok(Some(Look::Shifted)),
            Err(PagesError::Call(error)) => Err(error),
            Err(_) => Ok(Some(Look::Unsteady)),
        }
    };
    for _ in 0..GROWTHS {
        // Each request waits for its turn, so that an interruption is heeded.
        let looked =
            server.ask_for(RequestKind::Single, next, |look| look.as_ref().and_then(Look::head)).await?;
        if let Some(look) = looked {
            return Ok(look);
        }
    }
    Ok(Look::Unsteady)
}

/// The hash by which a token is looked for.
pub(super) fn hash(token: &Secret) -> String {
    base64url(&sha256(token.expose()))
}

/// Whether one of a holder's tokens has this refresh token, given by its hash. `false` if the list keeps changing.
pub(super) async fn has_refresh_token(
    server: &Server,
    holder: &Holder,
    refresh_hash: &str,
) -> Result<bool, Failure> {
    let is_its = |entry: &AccessToken| entry.refresh_token_hash.as_deref() == Some(refresh_hash);
    for _ in 0..STEPS_BACK {
        let mut pages = walk(server, holder, 0);
        loop {
            match look(server, &mut pages).await? {
                Look::Page(page) if page.entries.iter().any(is_its) => return Ok(true),
                Look::Page(_) => {}
                Look::End => return Ok(false),
                Look::Shifted | Look::Unsteady => break,
            }
        }
    }
    Ok(false)
}

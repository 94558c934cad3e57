//! How to walk a list that the server hands out in ranges.

mod error;
pub(crate) mod ranged;
#[cfg(feature = "stream")]
mod stream;

pub use error::PagesError;
#[cfg(feature = "stream")]
pub use stream::{EntryStream, PageStream};

pub use self::ranged::ListRequest;
use self::ranged::{ListRange, Listing};
use crate::call::{Envelope, RequestOptions};
use crate::core::AuthleteCore;
use crate::error::AuthleteError;
use crate::exchange::HttpMeta;

/// How many entries a page may have at most, as Authlete documents for lists of tokens.
const SMALL_PAGE: i64 = 20;

/// Walks a list page by page, and notices when the list changes on the way.
///
/// The list operations answer with a range and with the number of all entries. Their ranges are no snapshot: an entry
/// that comes or goes between two requests shifts the rest, so that a later page would skip or repeat entries. A walk
/// therefore compares the totals, asks from the second page on for one entry that it has already returned, and compares
/// that as well. If either differs, it fails with [`PagesError::Changed`]. What it cannot notice is a change before its
/// position that leaves as many entries there as before. After any error you can go on with
/// [`next`](Self::next), or begin anew.
///
/// A walk ends where the last total that the server told is reached. If the server never tells one, only a page without any
/// entry ends the walk. A `nextCursor` in an answer goes into the next request.
///
/// The `start` and `end` of the request bound the walk: by default it goes from 0 to the end of the list. To resume a
/// walk later, store the [`position`](Self::position) and pass it as `start`.
///
#[cfg_attr(feature = "hyper-client", doc = "```")]
#[cfg_attr(not(feature = "hyper-client"), doc = "```no_run")]
/// use authlete::models::operations::AuthTokenGetListApiRequest;
/// use authlete::{AuthleteCore, Pages};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let simulator = authlete_simulator::Simulator::start().await?;
/// # let (bearer, url) = (simulator.bearer(), simulator.url());
/// let core =
///     AuthleteCore::builder().bearer(bearer).base_url(url).service_id("1234567890").build()?;
/// let mut pages = Pages::new(&core, AuthTokenGetListApiRequest::new().subject("john"));
/// while let Some(page) = pages.next().await? {
///     for token in page.entries {
///         println!(
///             "{:?} expires at {:?}",
///             token.access_token_hash, token.access_token_expires_at
///         );
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// With the feature `stream`, `into_pages` and `into_entries` make a `futures_core::Stream` of it.
#[derive(Debug)]
#[must_use = "a walk sends nothing until `next` is called"]
pub struct Pages<R: ListRequest> {
    core: AuthleteCore,
    request: R,
    options: RequestOptions,
    page_size: i64,
    entries_left: u64,
    max_entries: u64,
    position: i64,
    end: Option<i64>,
    total: Option<i64>,
    /// The entry before the position, if it has been read.
    last: Option<R::Entry>,
    /// Where the next page begins, by the server's own count.
    cursor: Option<String>,
    /// A page that was fetched when the list was found to have changed.
    held: Option<Page<R::Entry>>,
}

/// Some entries of a list, in the list's order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The index of the first entry, from 0.
    pub start: i64,
    /// The entries. A page has at least one.
    pub entries: Vec<T>,
    /// How many entries the whole list had when this page was read, if the server told.
    pub total: Option<i64>,
    /// The head of the response that brought the page.
    pub http: HttpMeta,
}

impl<R: ListRequest> Pages<R> {
    /// A walk over the list that `request` describes, with pages of 20 entries, and 100,000 entries at most.
    pub fn new(core: &AuthleteCore, mut request: R) -> Self {
        let ListRange { start, end, cursor } = request.range();
        let (position, end, cursor) = (start.unwrap_or(0), *end, cursor.take());
        Self {
            core: core.clone(),
            request,
            options: RequestOptions::default(),
            page_size: SMALL_PAGE,
            entries_left: 100_000,
            max_entries: 100_000,
            position,
            end,
            total: None,
            last: None,
            cursor,
            held: None,
        }
    }

    /// How many entries to ask for at a time: 20, at least 2. Authlete documents 20 as the most for a list of tokens. If the server
    /// refuses a larger page with a 400, the walk asks for 20 from then on.
    ///
    /// All pages but the first return one less, because they begin with an entry that the walk knows. If the server answers with
    /// fewer, the walk goes on after those.
    pub fn page_size(mut self, entries: u32) -> Self {
        self.page_size = entries.max(2).into();
        self
    }

    /// How many entries to return at most: 100,000. A list that is longer ends in [`PagesError::TooMany`], not silently.
    pub fn max_entries(mut self, entries: u64) -> Self {
        (self.entries_left, self.max_entries) = (entries, entries);
        self
    }

    /// Settings for each request.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.options = options;
        self
    }

    /// The index of the next entry: what to pass as `start` to resume here.
    #[must_use]
    pub fn position(&self) -> i64 {
        self.held.as_ref().map_or(self.position, |page| page.start)
    }

    /// How many entries the list had when the server last told.
    #[must_use]
    pub fn total(&self) -> Option<i64> {
        self.total
    }

    /// The next page, or `None` at the end of the list.
    ///
    /// # Errors
    /// - [`PagesError::Call`] if the call for the page fails. The next call of `next` asks for the same page again.
    /// - [`PagesError::Changed`] if the list has another number of entries than before, or others at the walk's position. The page
    ///   that was just read is kept: the next call of `next` returns it.
    /// - [`PagesError::Misplaced`] if the server answers with another range than the one it was asked for.
    /// - [`PagesError::Missing`] if the server answers with no new entry and does not show that there are no more.
    /// - [`PagesError::TooMany`] if the bound on entries is reached before the end of the list.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing: the next call asks for the same page.
    pub async fn next(&mut self) -> Result<Option<Page<R::Entry>>, PagesError> {
        if let Some(page) = self.held.take() {
            return Ok(Some(page));
        }
        let all = self.total.unwrap_or(i64::MAX).min(self.end.unwrap_or(i64::MAX));
        if self.position >= all {
            return Ok(None);
        }
        if self.entries_left == 0 {
            return Err(PagesError::TooMany { max_entries: self.max_entries, position: self.position });
        }
        // A cursor names the entry after the last one.
        let overlaps = self.last.is_some() && self.cursor.is_none();
        let page = self.read(overlaps).await?;
        if page.is_some() || !overlaps || !self.may_go_on() {
            return Ok(page);
        }
        // The server may answer with a single entry at a time.
        let page = self.read(false).await?;
        if page.is_none() && self.total.is_some_and(|total| self.position < total) {
            return Err(self.missing());
        }
        Ok(page)
    }

    /// Whether a page without a new entry leaves it open that there are more.
    fn may_go_on(&self) -> bool {
        self.position < self.end.unwrap_or(i64::MAX) && self.total.is_none_or(|total| self.position < total)
    }

    fn missing(&self) -> PagesError {
        PagesError::Missing { position: self.position, total: self.total }
    }

    /// Reads the page at the position, together with the entry before it if it `overlaps`. `None` if there is no new entry.
    async fn read(&mut self, overlaps: bool) -> Result<Option<Page<R::Entry>>, PagesError> {
        let position = self.position;
        let from = position - i64::from(overlaps);
        let had_cursor = self.cursor.is_some();
        let answer = self.fetch(from, position).await?;
        let Listing { start, total, next_cursor, mut entries } = answer.value;
        let most = i64::try_from(self.entries_left).unwrap_or(i64::MAX).saturating_add(position - from);
        let most = most.min(self.page_size).min(self.end.unwrap_or(i64::MAX).saturating_sub(from));
        entries.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        if let Some(answered) = start.filter(|start| *start != from && !entries.is_empty()) {
            return Err(PagesError::Misplaced { asked: from, answered });
        }
        let before = self.total;
        self.total = total.or(before);
        let is_shifted = overlaps && !self.begins_with_known(&mut entries);
        let is_repeated = !overlaps
            && self.last.as_ref().zip(entries.first()).is_some_and(|(last, first)| R::is_same(last, first));
        if is_repeated {
            return Err(self.missing());
        }
        if is_shifted || !entries.is_empty() {
            self.last = entries.last().cloned();
        }
        self.cursor = next_cursor.filter(|cursor| !cursor.is_empty());
        self.position = position.saturating_add_unsigned(entries.len() as u64);
        self.entries_left = self.entries_left.saturating_sub(entries.len() as u64);
        let page = (!entries.is_empty()).then(|| Page { start: position, entries, total, http: answer.http });
        if is_shifted || before.is_some_and(|before| total.is_some_and(|after| before != after)) {
            self.held = page;
            return Err(PagesError::Changed { before, after: self.total, position, is_shifted });
        }
        let is_last = if page.is_none() { !overlaps } else { had_cursor && self.cursor.is_none() };
        if is_last && self.may_go_on() {
            if page.is_none() && (self.total.is_some() || self.cursor.is_some()) {
                return Err(self.missing());
            }
            // Without a cursor, and with no more than the server counts, it ends here.
            self.end = if self.total.is_none() { Some(self.position) } else { self.end };
        }
        Ok(page)
    }

    /// Takes out the first entry, and says whether it is the one that was read last. A list that has ended there has shrunk.
    fn begins_with_known(&self, entries: &mut Vec<R::Entry>) -> bool {
        let known = entries.drain(..entries.len().min(1)).next();
        match (known, &self.last) {
            (Some(known), Some(last)) => R::is_same(last, &known),
            (None, _) => self.total.is_some_and(|total| total > self.position),
            (Some(_), None) => true,
        }
    }

    /// Asks for a page from index `from` on, and for a smaller one if the server refuses its size.
    async fn fetch(&mut self, from: i64, position: i64) -> Result<Envelope<Listing<R::Entry>>, PagesError> {
        loop {
            let most = i64::try_from(self.entries_left).unwrap_or(i64::MAX).saturating_add(position - from);
            let to = from.saturating_add(self.page_size.min(most)).min(self.end.unwrap_or(i64::MAX));
            let ListRange { start, end, cursor } = self.request.range();
            (*start, *end) = (Some(from), Some(to));
            cursor.clone_from(&self.cursor);
            match self.request.fetch(&self.core, &self.options).await {
                Err(error) if self.page_size > SMALL_PAGE && is_bad_request(&error) => {
                    self.page_size = SMALL_PAGE;
                }
                answer => return answer.map_err(PagesError::Call),
            }
        }
    }
}

fn is_bad_request(error: &AuthleteError) -> bool {
    error.http().is_some_and(|http| http.status == http::StatusCode::BAD_REQUEST)
}

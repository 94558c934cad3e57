//! How to walk a list that the server hands out in ranges.

use std::error::Error;
use std::fmt;

use crate::core::AuthleteCore;
use crate::error::AuthleteError;
use crate::head::HttpMeta;
use crate::options::RequestOptions;
use crate::response::ApiResult;

/// The request of an operation that lists a range of entries: one of
/// [`AuthTokenGetListApiRequest`](crate::models::operations::AuthTokenGetListApiRequest),
/// [`ClientGetListApiRequest`](crate::models::operations::ClientGetListApiRequest),
/// [`ServiceGetListApiRequest`](crate::models::operations::ServiceGetListApiRequest),
/// [`ClientAuthorizationGetListApiRequest`](crate::models::operations::ClientAuthorizationGetListApiRequest),
/// [`ClientAuthorizationGetListApiPostRequest`](crate::models::operations::ClientAuthorizationGetListApiPostRequest) and
/// [`ClientAuthorizationGetListBySubjectApiRequest`](crate::models::operations::ClientAuthorizationGetListBySubjectApiRequest).
/// It is sealed.
pub trait ListRequest: ranged::Ranged {}

impl<R: ranged::Ranged> ListRequest for R {}

pub(crate) mod ranged {
    use super::{ApiResult, AuthleteCore, RequestOptions, fmt};

    /// What an answer tells of its range.
    #[derive(Debug)]
    pub struct Answer<T> {
        pub(crate) start: Option<i64>,
        pub(crate) total: Option<i64>,
        pub(crate) entries: Vec<T>,
    }

    pub trait Ranged: Send + Sync {
        type Entry: Clone + fmt::Debug + Send;

        /// Where the range starts, and before which index it ends.
        fn range(&mut self) -> (&mut Option<i64>, &mut Option<i64>);

        fn fetch(
            &self,
            core: &AuthleteCore,
            options: &RequestOptions,
        ) -> impl Future<Output = ApiResult<Answer<Self::Entry>>> + Send;

        /// Whether two entries are of the same thing, as far as they name it.
        fn is_same(one: &Self::Entry, other: &Self::Entry) -> bool;
    }
}

/// Walks a list page by page, and notices when the list changes on the way.
///
/// The list operations answer with a range and with the number of all entries. Their ranges are no snapshot: an entry
/// that comes or goes between two requests shifts the rest, so that a later page would skip or repeat entries. A walk
/// therefore compares the totals, asks from the second page on for one entry that it has already returned, and compares
/// that as well. If either differs, it fails with [`PagesError::Changed`]. What it cannot notice is a change before its
/// position that leaves as many entries there as before. After any error you can go on with
/// [`next`](Self::next), or begin anew.
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
/// let core = AuthleteCore::builder().bearer(bearer).base_url(url).service_id("1234567890").build()?;
/// let mut pages = Pages::new(&core, AuthTokenGetListApiRequest::new().subject("john"));
/// while let Some(page) = pages.next().await? {
///     for token in page.entries {
///         println!("{:?} expires at {:?}", token.access_token_hash, token.access_token_expires_at);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a walk sends nothing until `next` is called"]
pub struct Pages<R: ListRequest> {
    core: AuthleteCore,
    request: R,
    options: RequestOptions,
    page_size: i64,
    pages_left: u32,
    max_pages: u32,
    position: i64,
    end: Option<i64>,
    total: Option<i64>,
    /// The entry before the position, if it has been read.
    last: Option<R::Entry>,
    /// A page that was fetched when the total was found to have changed.
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
    /// A walk over the list that `request` describes, with pages of 100 entries, and 1,000 pages at most.
    pub fn new(core: &AuthleteCore, mut request: R) -> Self {
        let (start, end) = request.range();
        let (position, end) = (start.unwrap_or(0), *end);
        Self {
            core: core.clone(),
            request,
            options: RequestOptions::default(),
            page_size: 100,
            pages_left: 1_000,
            max_pages: 1_000,
            position,
            end,
            total: None,
            last: None,
            held: None,
        }
    }

    /// How many entries to ask for at a time: 100, at least 2. All pages but the first return one less, because they begin
    /// with an entry that the walk knows. If the server answers with fewer, the walk goes on after those.
    pub fn page_size(mut self, entries: u32) -> Self {
        self.page_size = entries.max(2).into();
        self
    }

    /// How many pages to fetch at most: 1,000. A list that is longer ends in [`PagesError::TooMany`], not silently.
    pub fn max_pages(mut self, pages: u32) -> Self {
        (self.pages_left, self.max_pages) = (pages, pages);
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

    /// How many entries the list had at the last look, if the server told.
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
    /// - [`PagesError::Missing`] if the server answers with no entry though its own count says that there are more.
    /// - [`PagesError::TooMany`] if the bound on pages is reached before the end of the list.
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
        if self.pages_left == 0 {
            return Err(PagesError::TooMany { max_pages: self.max_pages, position: self.position });
        }
        let position = self.position;
        let from = position - i64::from(self.last.is_some());
        let to = from.saturating_add(self.page_size).min(self.end.unwrap_or(i64::MAX));
        let (start, end) = self.request.range();
        (*start, *end) = (Some(from), Some(to));
        let answer = self.request.fetch(&self.core, &self.options).await.map_err(PagesError::Call)?;
        self.pages_left -= 1;
        let ranged::Answer { start, total, mut entries } = answer.value;
        entries.truncate(usize::try_from(to - from).unwrap_or(usize::MAX));
        if let Some(answered) = start.filter(|start| *start != from && !entries.is_empty()) {
            return Err(PagesError::Misplaced { asked: from, answered });
        }
        let is_shifted = self.last.as_ref().is_some_and(|last| {
            let known = entries.drain(..entries.len().min(1)).next();
            known.map_or(total.is_none_or(|total| total <= position), |known| !R::is_same(last, &known))
        });
        let before = self.total;
        self.total = total.or(before);
        if is_shifted || !entries.is_empty() {
            self.last = entries.last().cloned();
        }
        let is_last = entries.is_empty() && total.is_none_or(|total| total <= position);
        self.position = position.saturating_add_unsigned(entries.len() as u64);
        let page = (!entries.is_empty()).then(|| Page { start: position, entries, total, http: answer.http });
        if is_shifted || before.is_some_and(|before| total.is_some_and(|after| before != after)) {
            self.held = page;
            return Err(PagesError::Changed { before, after: self.total, position, is_shifted });
        }
        if page.is_none() && !is_last {
            return Err(PagesError::Missing { position, total: total.unwrap_or_default() });
        }
        if is_last {
            self.end = Some(position);
        }
        Ok(page)
    }
}

/// Why a walk over a list cannot go on as if nothing had happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum PagesError {
    /// The call for a page failed.
    Call(AuthleteError),
    /// Entries came or went during the walk, so that some may have been skipped or returned twice.
    #[non_exhaustive]
    Changed {
        /// How many entries there were, if the server told.
        before: Option<i64>,
        /// How many there are now, if the server told.
        after: Option<i64>,
        /// The index of the next entry.
        position: i64,
        /// Whether another entry than before precedes the position: what follows is not what would have followed, so that
        /// entries have been skipped or will be repeated. Otherwise entries have come or gone after the position, as at the
        /// end of the list, or as many have come as gone before it.
        is_shifted: bool,
    },
    /// The server answered with another range than the one it was asked for.
    #[non_exhaustive]
    Misplaced {
        /// The index asked for.
        asked: i64,
        /// The index that the answer names.
        answered: i64,
    },
    /// The server counts more entries than it hands out: there are none at the index.
    #[non_exhaustive]
    Missing {
        /// The index asked for.
        position: i64,
        /// How many entries there are, as the server counts.
        total: i64,
    },
    /// The list is longer than the bound on pages allows.
    #[non_exhaustive]
    TooMany {
        /// The bound.
        max_pages: u32,
        /// The index of the next entry.
        position: i64,
    },
}

impl fmt::Display for PagesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(_) => write!(f, "a page of the list could not be read"),
            Self::Changed { position, is_shifted: true, .. } => write!(
                f,
                "the list changed while it was read: another entry than before precedes index {position}; entries may be missing or doubled"
            ),
            Self::Changed { before, after, position, .. } => write!(
                f,
                "the list changed while it was read: {} entries before, {} at index {position}",
                before.unwrap_or_default(),
                after.unwrap_or_default(),
            ),
            Self::Misplaced { asked, answered } => {
                write!(f, "the server was asked for the list from index {asked} and answered from {answered}")
            }
            Self::Missing { position, total } => {
                write!(f, "the server counts {total} entries and answered with none from index {position}")
            }
            Self::TooMany { max_pages, position } => {
                write!(f, "the list goes on after {max_pages} pages, at index {position}")
            }
        }
    }
}

impl Error for PagesError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }
}

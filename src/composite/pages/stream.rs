//! Walks as streams.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{ListRequest, Page, Pages, PagesError};
use crate::transport::BoxFuture;

type Read<R> = (Box<Pages<R>>, Result<Option<Page<<R as ListRequest>::Entry>>, PagesError>);

/// The pages of a list as a [`Stream`], made by [`Pages::into_pages`]. It ends after the last page, or after the first error.
#[must_use = "a stream sends nothing until it is polled"]
pub struct PageStream<R: ListRequest>(StreamState<R>);

enum StreamState<R: ListRequest> {
    Reading(BoxFuture<'static, Read<R>>),
    Resting(Box<Pages<R>>),
    Ended,
}

impl<R: ListRequest> Pages<R> {
    /// The rest of the walk as a stream of pages. To go on after an error, call [`next`](Self::next) instead.
    pub fn into_pages(self) -> PageStream<R> {
        PageStream(StreamState::Resting(Box::new(self)))
    }

    /// The rest of the walk as a stream of entries. To go on after an error, call [`next`](Self::next) instead.
    pub fn into_entries(self) -> EntryStream<R> {
        EntryStream { pages: self.into_pages(), entries: VecDeque::new() }
    }
}

impl<R: ListRequest> Stream for PageStream<R> {
    type Item = Result<Page<R::Entry>, PagesError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.0, StreamState::Ended) {
                StreamState::Ended => return Poll::Ready(None),
                StreamState::Resting(mut pages) => {
                    let read = async move {
                        let page = pages.next().await;
                        (pages, page)
                    };
                    self.0 = StreamState::Reading(Box::pin(read));
                }
                StreamState::Reading(mut read) => match read.as_mut().poll(context) {
                    Poll::Pending => {
                        self.0 = StreamState::Reading(read);
                        return Poll::Pending;
                    }
                    Poll::Ready((pages, Ok(Some(page)))) => {
                        self.0 = StreamState::Resting(pages);
                        return Poll::Ready(Some(Ok(page)));
                    }
                    Poll::Ready((_, Ok(None))) => return Poll::Ready(None),
                    Poll::Ready((_, Err(error))) => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }
}

/// The entries of a list as a [`Stream`], made by [`Pages::into_entries`]. It ends after the last entry, or after the first
/// error.
#[must_use = "a stream sends nothing until it is polled"]
pub struct EntryStream<R: ListRequest> {
    pages: PageStream<R>,
    entries: VecDeque<R::Entry>,
}

impl<R: ListRequest> Stream for EntryStream<R> {
    type Item = Result<R::Entry, PagesError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(entry) = self.entries.pop_front() {
                return Poll::Ready(Some(Ok(entry)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.entries = page.entries.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: ListRequest> fmt::Debug for PageStream<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PageStream").finish_non_exhaustive()
    }
}

impl<R: ListRequest> fmt::Debug for EntryStream<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EntryStream").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

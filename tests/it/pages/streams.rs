//! Walks as streams.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::Ordering;

use authlete::PagesError;
use authlete::{AuthleteError, Pages};
use futures_core::Stream;

use super::{List, tokens};
use crate::fake::broken;

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

#[tokio::test]
async fn entries_and_pages_come_in_order_and_end() {
    let list = List::of("accessTokens", 45);
    let mut entries = Pages::new(&list.core(), tokens()).into_entries();
    let mut found = Vec::new();
    while let Some(entry) = next(&mut entries).await {
        found.push(entry.unwrap().created_at.unwrap());
    }
    assert_eq!(found, (0..45).collect::<Vec<_>>());
    assert!(next(&mut entries).await.is_none(), "the end stays the end");

    let mut pages = Pages::new(&list.core(), tokens()).into_pages();
    let mut sizes = Vec::new();
    while let Some(page) = next(&mut pages).await {
        sizes.push(page.unwrap().entries.len());
    }
    assert_eq!(sizes, [20, 19, 6]);
}

#[tokio::test]
async fn an_error_is_the_last_item() {
    let list = List::of("accessTokens", 45);
    let core = list.changed(|number, answer| match number {
        1 => Err(broken().unwrap_err()),
        _ => Ok(answer),
    });
    let mut entries = Pages::new(&core, tokens()).into_entries();
    for _ in 0..20 {
        next(&mut entries).await.unwrap().unwrap();
    }
    let error = next(&mut entries).await.unwrap().unwrap_err();
    assert!(matches!(error, PagesError::Call(AuthleteError::Connection { .. })), "{error:?}");
    assert!(next(&mut entries).await.is_none());

    let list = List::of("accessTokens", 45);
    let mut pages = Pages::new(&list.core(), tokens()).into_pages();
    next(&mut pages).await.unwrap().unwrap();
    list.entries.store(44, Ordering::Relaxed);
    let error = next(&mut pages).await.unwrap().unwrap_err();
    assert!(matches!(error, PagesError::Changed { .. }), "{error:?}");
    assert!(next(&mut pages).await.is_none());
}

#[test]
fn a_stream_may_be_sent_to_another_thread() {
    fn assert_send<T: Send + Unpin + 'static>(_: &T) {}
    let core = List::of("accessTokens", 1).core();
    assert_send(&Pages::new(&core, tokens()).into_pages());
    assert_send(&Pages::new(&core, tokens()).into_entries());
}

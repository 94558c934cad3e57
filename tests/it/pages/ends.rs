//! When a walk has come to the end of a list, and when it has not.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use authlete::transport::transport_fn;
use authlete::{AuthleteCore, AuthleteError, Pages, PagesError};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use super::{List, entry, range, tokens, walked};
use crate::fake::{ok, status};

#[tokio::test]
async fn the_last_known_total_counts() {
    // The second answer has neither a total nor a new entry, and so have all others.
    let list = List::of("accessTokens", 3);
    let core = list.changed(|number, _| {
        Ok(match number {
            0 => json!({ "totalCount": 3, "accessTokens": [entry(0)] }),
            _ => json!({ "accessTokens": [entry(0)] }),
        })
    });
    let mut pages = Pages::new(&core, tokens());
    assert_eq!(pages.next().await.unwrap().unwrap().entries.len(), 1);
    for _ in 0..2 {
        let error = pages.next().await.unwrap_err();
        assert!(matches!(error, PagesError::Missing { position: 1, total: Some(3), .. }), "{error:?}");
    }
    // Without a total nothing is known, and nothing is proved.
    let core = list.changed(|_, _| Ok(json!({ "accessTokens": [entry(0)] })));
    let mut pages = Pages::new(&core, tokens());
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, PagesError::Missing { position: 1, total: None, .. }), "{error:?}");
    assert!(error.to_string().contains("does not show that the list ends there"), "{error}");
}

#[tokio::test]
async fn a_server_that_answers_with_one_entry_at_a_time_is_walked_to_the_end() {
    for has_total in [true, false] {
        let list = List::of("accessTokens", 6);
        let single = list.changed(move |_, mut answer| {
            answer["accessTokens"].as_array_mut().unwrap().truncate(1);
            if !has_total {
                answer.as_object_mut().unwrap().remove("totalCount");
            }
            Ok(answer)
        });
        let found = walked(Pages::new(&single, tokens()), |token| token.created_at).await;
        assert_eq!(found, (0..6).collect::<Vec<_>>(), "{has_total}");
    }
}

#[tokio::test]
async fn twenty_entries_are_asked_for_and_a_larger_page_that_is_refused_becomes_that() {
    let list = List::of("accessTokens", 100);
    let core = list.core();
    let mut pages = Pages::new(&core, tokens());
    assert_eq!(pages.next().await.unwrap().unwrap().entries.len(), 20);

    // As Authlete's knowledge base has it: more than 20 are an error.
    let list = List::of("accessTokens", 45);
    let (asked, log) = (Arc::new(Mutex::new(Vec::new())), list.clone());
    let sizes = Arc::clone(&asked);
    let transport = transport_fn(move |request: Request<Bytes>| {
        let (start, end) = range(&request);
        sizes.lock().unwrap().push(end - start);
        let total = log.entries.load(Ordering::Relaxed);
        let reply = if end - start > 20 {
            status(400)
        } else {
            let entries: Vec<Value> = (start..end.min(total)).map(entry).collect();
            ok(json!({ "start": start, "totalCount": total, "accessTokens": entries }).to_string())
        };
        std::future::ready(reply)
    });
    let core = AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build().unwrap();
    let found = walked(Pages::new(&core, tokens()).page_size(100), |token| token.created_at).await;
    assert_eq!(found, (0..45).collect::<Vec<_>>());
    assert_eq!(*asked.lock().unwrap(), [100, 20, 20, 20], "it is kept");

    // A 400 for another reason is the caller's.
    let refused = transport_fn(|_| std::future::ready(status(400)));
    let core = AuthleteCore::builder().bearer("b").service_id("1").transport(refused).build().unwrap();
    let error = Pages::new(&core, tokens()).page_size(100).next().await.unwrap_err();
    assert!(matches!(error, PagesError::Call(AuthleteError::Result { .. })), "{error:?}");
}

#[tokio::test]
async fn a_cursor_is_followed_to_its_end() {
    // A server that heeds nothing but the cursor.
    let cursors = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&cursors);
    let transport = transport_fn(move |request: Request<Bytes>| {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let cursor = query.split('&').find_map(|pair| pair.strip_prefix("cursor=")).map(str::to_owned);
        let start: i64 =
            cursor.as_deref().map_or(0, |cursor| cursor.trim_start_matches('c').parse().unwrap());
        seen.lock().unwrap().push(cursor);
        let entries: Vec<Value> = (start..(start + 3).min(8)).map(entry).collect();
        let mut answer = json!({ "accessTokens": entries });
        if start + 3 < 8 {
            answer["nextCursor"] = json!(format!("c{}", start + 3));
        }
        std::future::ready(ok(answer.to_string()))
    });
    let core = AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build().unwrap();
    let found = walked(Pages::new(&core, tokens()), |token| token.created_at).await;
    assert_eq!(found, (0..8).collect::<Vec<_>>());
    assert_eq!(*cursors.lock().unwrap(), [None, Some("c3".to_owned()), Some("c6".to_owned())]);
}

/// Whatever a server answers, a walk that ends without an error has returned what the server counted, each entry once.
#[tokio::test]
async fn a_walk_over_any_server_ends_rightly_or_in_an_error() {
    for seed in 0..10_000_u64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut draw = move |bound: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) % bound
        };
        let entries = i64::try_from(draw(12)).unwrap();
        let draw = Mutex::new(move |bound: u64| draw(bound));
        let list = List::of("accessTokens", entries);
        let totals = Arc::new(AtomicI64::new(0));
        let last_told = Arc::clone(&totals);
        let core = list.changed(move |_, mut answer| {
            let mut draw = draw.lock().unwrap();
            let page = answer["accessTokens"].as_array_mut().unwrap();
            match draw(6) {
                0 => page.truncate(usize::try_from(draw(3)).unwrap()),
                1 => page.truncate(1),
                _ => {}
            }
            match draw(8) {
                0 => answer["totalCount"] = json!(i64::try_from(draw(14)).unwrap()),
                1 | 2 => _ = answer.as_object_mut().unwrap().remove("totalCount"),
                3 => answer["start"] = json!(i64::try_from(draw(5)).unwrap()),
                4 => _ = answer.as_object_mut().unwrap().remove("start"),
                _ => {}
            }
            if let Some(total) = answer["totalCount"].as_i64() {
                last_told.store(total, Ordering::Relaxed);
            }
            Ok(answer)
        });
        let mut pages = Pages::new(&core, tokens()).page_size(4);
        let mut found = Vec::new();
        let ended = loop {
            match pages.next().await {
                Ok(Some(page)) => {
                    assert_eq!(page.start, i64::try_from(found.len()).unwrap(), "seed {seed}");
                    found.extend(page.entries.iter().map(|token| token.created_at.unwrap()));
                }
                Ok(None) => break true,
                Err(_) => break false,
            }
            assert!(list.requests() < 100, "seed {seed} does not end");
        };
        if ended {
            let all: Vec<i64> = (0..i64::try_from(found.len()).unwrap()).collect();
            assert_eq!(found, all, "seed {seed}");
            let total = totals.load(Ordering::Relaxed);
            assert!(total <= i64::try_from(found.len()).unwrap(), "seed {seed}: {found:?} of {total}");
        }
    }
}

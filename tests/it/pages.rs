//! Walking lists page by page: the simulator's list of tokens, and scripted lists that misbehave.

mod ends;
#[cfg(feature = "stream")]
mod streams;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use authlete::models::operations::{
    AuthTokenGetListApiRequest, ClientAuthorizationGetListApiPostRequest,
    ClientAuthorizationGetListApiRequest, ClientAuthorizationGetListBySubjectApiRequest,
    ClientGetListApiRequest, ServiceGetListApiRequest,
};
use authlete::models::{ClientAuthorizationGetListRequest, Property};
use authlete::transport::{TransportError, transport_fn};
use authlete::{AuthleteCore, AuthleteError, ListRequest, Pages, PagesError};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::fake::{Reply, broken, ok};
use crate::support::{assert_discreet, core, simulator};

/// The range that a request asks for, from its query or its body.
fn range(request: &Request<Bytes>) -> (i64, i64) {
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let number = |name: &str| {
        let pairs = request.uri().query().unwrap_or_default().split('&');
        let in_query =
            pairs.filter_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok()).next();
        in_query.or_else(|| body[name].as_i64()).unwrap()
    };
    (number("start"), number("end"))
}

/// An entry of any list, as different from the others as the models can tell.
fn entry(number: i64) -> Value {
    json!({
        "number": number, "createdAt": number, "accessTokenHash": format!("hash-{number}"), "clientId": number, "apiKey": number,
    })
}

/// A server with a list, each of whose entries is its index under the names that the models have.
#[derive(Clone)]
struct List {
    /// The member that holds the entries.
    member: &'static str,
    entries: Arc<AtomicI64>,
    /// What the first entry is: as many have gone.
    first: Arc<AtomicI64>,
    requests: Arc<AtomicUsize>,
}

impl List {
    fn of(member: &'static str, entries: i64) -> Self {
        Self { member, entries: Arc::new(entries.into()), first: Arc::default(), requests: Arc::default() }
    }

    fn core(&self) -> AuthleteCore {
        self.changed(|_, answer| Ok(answer))
    }

    /// A core whose answers are changed on their way; the number is the request's, from 0.
    fn changed(
        &self,
        change: impl Fn(usize, Value) -> Result<Value, TransportError> + Send + Sync + 'static,
    ) -> AuthleteCore {
        let list = self.clone();
        let answer = move |request: Request<Bytes>| -> Reply {
            let (start, end) = range(&request);
            let total = list.entries.load(Ordering::Relaxed);
            let first = list.first.load(Ordering::Relaxed);
            let entries: Vec<Value> = (start..end.min(total)).map(|index| entry(first + index)).collect();
            let answer = json!({ "start": start, "end": end, "totalCount": total, list.member: entries });
            ok(change(list.requests.fetch_add(1, Ordering::Relaxed), answer)?.to_string())
        };
        let transport = transport_fn(move |request| std::future::ready(answer(request)));
        AuthleteCore::builder().bearer("b").service_id("1").transport(transport).build().unwrap()
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

/// Walks to the end and returns what an entry's index is, entry by entry.
async fn walked<R: ListRequest>(mut pages: Pages<R>, index: impl Fn(&R::Entry) -> Option<i64>) -> Vec<i64> {
    let mut found = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        assert_eq!(page.start, i64::try_from(found.len()).unwrap());
        found.extend(page.entries.iter().map(|entry| index(entry).unwrap()));
    }
    assert!(pages.next().await.unwrap().is_none(), "the end stays the end");
    found
}

fn tokens() -> AuthTokenGetListApiRequest {
    AuthTokenGetListApiRequest::new()
}

#[tokio::test]
async fn every_list_operation_is_walked_to_its_end() {
    let all: Vec<i64> = (0..7).collect();
    let of_user = ClientAuthorizationGetListRequest::new("john").start(0);

    let list = List::of("accessTokens", 7);
    assert_eq!(walked(Pages::new(&list.core(), tokens()).page_size(3), |token| token.created_at).await, all);
    assert_eq!(list.requests(), 3);
    let core = List::of("clients", 7).core();
    let clients = Pages::new(&core, ClientGetListApiRequest::new()).page_size(2);
    assert_eq!(walked(clients, |client| client.number).await, all);
    let services = Pages::new(&List::of("services", 7).core(), ServiceGetListApiRequest::new()).page_size(7);
    assert_eq!(walked(services, |service| service.number).await, all);
    let by_query = Pages::new(&core, ClientAuthorizationGetListApiRequest::new("john")).page_size(4);
    assert_eq!(walked(by_query, |client| client.number).await, all);
    let by_body = Pages::new(&core, ClientAuthorizationGetListApiPostRequest::from(of_user)).page_size(1);
    assert_eq!(walked(by_body, |client| client.number).await, all);
    let by_path = Pages::new(&core, ClientAuthorizationGetListBySubjectApiRequest::new("john"));
    assert_eq!(walked(by_path, |client| client.number).await, all);
}

#[tokio::test]
async fn a_list_of_tokens_is_walked_at_the_simulator() {
    let simulator = simulator().await;
    for number in 0..23 {
        let token = json!({
            "grantType": "AUTHORIZATION_CODE", "clientId": 42, "subject": "john",
            "properties": [{ "key": "number", "value": number.to_string() }],
        });
        simulator.add_token("1234567890", token).unwrap();
    }
    let core = core(simulator.url()).build().unwrap();
    let mut numbers = Vec::new();
    let mut pages = Pages::new(&core, tokens().subject("john")).page_size(10);
    while let Some(page) = pages.next().await.unwrap() {
        assert_eq!(page.total, Some(23));
        let value = |property: &Property| property.value.as_ref().unwrap().parse::<i64>().unwrap();
        numbers.extend(page.entries.iter().map(|token| value(&token.properties.as_ref().unwrap()[0])));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (0..23).collect::<Vec<_>>());
    assert_eq!(simulator.ledger().requests().len(), 3);
}

#[tokio::test]
async fn a_change_of_the_list_is_an_error_that_can_be_passed() {
    let list = List::of("accessTokens", 10);
    let mut pages = Pages::new(&list.core(), tokens()).page_size(4);
    assert_eq!(pages.next().await.unwrap().unwrap().entries.len(), 4);
    list.entries.store(9, Ordering::Relaxed);
    let error = pages.next().await.unwrap_err();
    let PagesError::Changed { before, after, position, is_shifted, .. } = error else { panic!("{error:?}") };
    assert_eq!((before, after, position, is_shifted), (Some(10), Some(9), 4, false));
    assert_eq!(error.to_string(), "the list changed while it was read: 10 entries before, 9 at index 4");
    assert_eq!((pages.position(), pages.total()), (4, Some(9)));

    let held = pages.next().await.unwrap().unwrap();
    assert_eq!((held.start, held.entries.len()), (4, 3));
    assert_eq!(list.requests(), 2, "the page that told of the change is not asked for again");
    assert_eq!(pages.next().await.unwrap().unwrap().entries.len(), 2);
    assert!(pages.next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_list_that_shrinks_below_the_position_is_a_change_too() {
    let list = List::of("accessTokens", 10);
    let mut pages = Pages::new(&list.core(), tokens()).page_size(4);
    pages.next().await.unwrap();
    list.entries.store(2, Ordering::Relaxed);
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, PagesError::Changed { after: Some(2), is_shifted: true, .. }), "{error:?}");
    assert!(pages.next().await.unwrap().is_none());

    let uncounted = list.changed(|_, mut answer| {
        answer.as_object_mut().unwrap().remove("totalCount");
        Ok(answer)
    });
    let mut pages = Pages::new(&uncounted, tokens()).page_size(2);
    pages.next().await.unwrap();
    list.entries.store(1, Ordering::Relaxed);
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, PagesError::Changed { after: None, is_shifted: true, .. }), "{error:?}");
    assert!(pages.next().await.unwrap().is_none());
}

/// One entry goes at the front while another comes at the end: the total stays as it was.
async fn assert_a_shift_is_noticed<R: ListRequest>(member: &'static str, request: R) {
    let list = List::of(member, 10);
    let mut pages = Pages::new(&list.core(), request).page_size(4);
    pages.next().await.unwrap();
    list.first.store(1, Ordering::Relaxed);
    let error = pages.next().await.unwrap_err();
    let PagesError::Changed { before, after, position, is_shifted, .. } = error else { panic!("{error:?}") };
    assert_eq!((before, after, position, is_shifted), (Some(10), Some(10), 4, true), "{member}");
    assert_eq!(
        error.to_string(),
        "the list changed while it was read: another entry than before precedes index 4; entries may be missing or doubled"
    );
    let mut left = 6;
    while let Some(page) = pages.next().await.unwrap() {
        assert_eq!(page.start, 10 - left);
        left -= i64::try_from(page.entries.len()).unwrap();
    }
    assert_eq!((left, list.requests()), (0, 3), "{member}");
}

#[tokio::test]
async fn a_shift_is_noticed_in_every_list_even_if_the_total_stays() {
    let of_user = ClientAuthorizationGetListRequest::new("john").start(0);
    assert_a_shift_is_noticed("accessTokens", tokens()).await;
    assert_a_shift_is_noticed("clients", ClientGetListApiRequest::new()).await;
    assert_a_shift_is_noticed("services", ServiceGetListApiRequest::new()).await;
    assert_a_shift_is_noticed("clients", ClientAuthorizationGetListApiRequest::new("john")).await;
    assert_a_shift_is_noticed("clients", ClientAuthorizationGetListApiPostRequest::from(of_user)).await;
    assert_a_shift_is_noticed("clients", ClientAuthorizationGetListBySubjectApiRequest::new("john")).await;
}

#[tokio::test]
async fn the_range_of_the_request_bounds_the_walk_and_resumes_it() {
    let list = List::of("accessTokens", 100);
    let core = list.core();
    let mut pages = Pages::new(&core, tokens().start(10).end(35)).page_size(20);
    assert_eq!(pages.next().await.unwrap().unwrap().entries.len(), 20);
    let mut resumed = Pages::new(&core, tokens().start(pages.position()).end(35)).page_size(20);
    let page = resumed.next().await.unwrap().unwrap();
    assert_eq!((page.start, page.entries.len()), (30, 5));
    assert!(resumed.next().await.unwrap().is_none());
    assert_eq!(list.requests(), 2);
}

#[tokio::test]
async fn a_server_that_gives_less_or_more_than_asked_skips_and_doubles_nothing() {
    let list = List::of("accessTokens", 10);
    let capped = list.changed(|_, mut answer| {
        answer["accessTokens"].as_array_mut().unwrap().truncate(3);
        Ok(answer)
    });
    assert_eq!(
        walked(Pages::new(&capped, tokens()), |token| token.created_at).await,
        (0..10).collect::<Vec<_>>()
    );
    let generous = list.changed(|_, mut answer| {
        let next = answer["end"].as_i64().unwrap();
        if next <= 8 {
            answer["accessTokens"].as_array_mut().unwrap().push(entry(next));
        }
        Ok(answer)
    });
    let pages = Pages::new(&generous, tokens()).page_size(4);
    assert_eq!(walked(pages, |token| token.created_at).await, (0..10).collect::<Vec<_>>());
}

#[tokio::test]
async fn without_a_total_the_list_ends_with_an_empty_page() {
    let list = List::of("accessTokens", 6);
    let core = list.changed(|_, mut answer| {
        answer.as_object_mut().unwrap().remove("totalCount");
        Ok(answer)
    });
    let pages = Pages::new(&core, tokens()).page_size(3);
    assert_eq!(walked(pages, |token| token.created_at).await, (0..6).collect::<Vec<_>>());
    assert_eq!(list.requests(), 5, "only an empty page proves an end that is not counted");
    let null = list.changed(|_, _| Ok(json!({ "accessTokens": null })));
    assert!(Pages::new(&null, tokens()).next().await.unwrap().is_none());
}

#[tokio::test]
async fn answers_that_contradict_the_request_or_themselves_are_errors() {
    let list = List::of("accessTokens", 10);
    let stuck = list.changed(|_, mut answer| {
        answer["start"] = json!(0);
        Ok(answer)
    });
    let mut pages = Pages::new(&stuck, tokens()).page_size(4);
    pages.next().await.unwrap();
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, PagesError::Misplaced { asked: 3, answered: 0, .. }), "{error:?}");

    let list = List::of("accessTokens", 10);
    let empty = list.changed(|number, mut answer| {
        if number >= 1 {
            answer["accessTokens"] = json!([]);
        }
        Ok(answer)
    });
    let mut pages = Pages::new(&empty, tokens()).page_size(4);
    pages.next().await.unwrap();
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, PagesError::Missing { position: 4, total: Some(10), .. }), "{error:?}");
}

#[tokio::test]
async fn the_bound_on_entries_is_an_error_with_a_position() {
    let list = List::of("accessTokens", 10);
    let mut pages = Pages::new(&list.core(), tokens()).page_size(3).max_entries(6);
    let mut sizes = Vec::new();
    for _ in 0..3 {
        sizes.push(pages.next().await.unwrap().unwrap().entries.len());
    }
    assert_eq!(sizes, [3, 2, 1]);
    for _ in 0..2 {
        assert!(matches!(pages.next().await, Err(PagesError::TooMany { max_entries: 6, position: 6, .. })));
    }
    assert_eq!(list.requests(), 3);
    // A list that ends just there does not go on.
    let exact = List::of("accessTokens", 6);
    let pages = Pages::new(&exact.core(), tokens()).page_size(3).max_entries(6);
    assert_eq!(walked(pages, |token| token.created_at).await.len(), 6);
    // At 20 a page, the default goes well beyond 20,000 entries.
    let long = List::of("accessTokens", 25_000);
    let mut pages = Pages::new(&long.core(), tokens());
    let mut entries = 0;
    while let Some(page) = pages.next().await.unwrap() {
        entries += page.entries.len();
    }
    assert_eq!(entries, 25_000);
}

#[tokio::test]
async fn a_page_that_fails_is_asked_for_again() {
    let list = List::of("accessTokens", 4);
    let core = list.changed(|number, answer| match number {
        1 => Err(broken().unwrap_err()),
        _ => Ok(answer),
    });
    let mut pages = Pages::new(&core, tokens()).page_size(3);
    pages.next().await.unwrap();
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, PagesError::Call(AuthleteError::Connection { .. })), "{error:?}");
    assert_discreet(&error);
    assert_eq!(pages.position(), 3);
    assert_eq!(pages.next().await.unwrap().unwrap().start, 3);
    assert!(pages.next().await.unwrap().is_none());
}

#[test]
fn a_walk_may_be_sent_to_another_thread() {
    fn assert_send<T: Send>(_: &T) {}
    let core = List::of("clients", 1).core();
    let mut pages = Pages::new(&core, ClientGetListApiRequest::new());
    assert_send(&pages);
    assert_send(&pages.next());
}

//! What the error of several attempts says of them all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use authlete::transport::TransportError;
use authlete::{AuthleteError, BoxError, Delivery, RequestOptions, RetryConfig, Secret};

use crate::fake::{
    Fake, Reply, asks, attempts, batch_status, broken, create, dry_run, ms, secs, status, unsent,
};
use crate::support::assert_discreet;

/// A reply, what it says of delivery, and the status it has.
type Attempt = (fn() -> Reply, Delivery, Option<u16>);

const ATTEMPTS: [Attempt; 7] = [
    (unsent, Delivery::NotSent, None),
    (|| Err(TransportError::new("slow").connect_timeout()), Delivery::NotSent, None),
    (|| status(503), Delivery::Answered, Some(503)),
    (|| status(408), Delivery::Answered, Some(408)),
    (|| asks(429, "0"), Delivery::Answered, Some(429)),
    (broken, Delivery::MaybeSent, None),
    (|| status(500), Delivery::MaybeSent, Some(500)),
];

fn strongest(deliveries: [Delivery; 3]) -> Delivery {
    let has = |delivery| deliveries.contains(&delivery);
    match (has(Delivery::MaybeSent), has(Delivery::Answered)) {
        (true, _) => Delivery::MaybeSent,
        (false, true) => Delivery::Answered,
        (false, false) => Delivery::NotSent,
    }
}

/// Every sequence of three, of an operation that may be repeated and of one that may not but is.
#[tokio::test(start_paused = true)]
async fn an_error_is_as_strong_as_the_strongest_attempt() {
    let open = RequestOptions::new().replay_non_idempotent(true);
    for first in ATTEMPTS {
        for second in ATTEMPTS {
            for third in ATTEMPTS {
                let all = [first, second, third];
                let fake = Fake::new(move |number| all[number].0());
                let core = fake.core().retries(attempts(3)).build().unwrap();
                let error = dry_run(&core, None).await.unwrap_err();
                check(&error, all);
                let fake = Fake::new(move |number| all[number].0());
                let core = fake.core().retries(attempts(3)).build().unwrap();
                check(&create(&core, Some(&open)).await.unwrap_err(), all);
            }
        }
    }
}

fn check(error: &AuthleteError, all: [Attempt; 3]) {
    let deliveries = all.map(|(_, delivery, _)| delivery);
    let answers =
        || all.iter().zip(1..).filter_map(|((_, _, status), number)| Some((status.as_ref()?, number)));
    assert_eq!((error.attempts(), error.delivery()), (3, strongest(deliveries)), "{deliveries:?}");
    assert!(error.is_retryable());
    // The variant is the last attempt's, the response the last there was.
    let http = error.http().map(|http| (http.status.as_u16(), http.attempts));
    let (status, number) = answers().last().map_or((None, 0), |(status, number)| (Some(*status), number));
    assert_eq!(http, status.map(|status| (status, number)));
    assert_eq!(error.body().is_some(), status.is_some());
    assert_eq!(error.retry_after(), (status == Some(429)).then_some(secs(0)));
    assert_eq!(matches!(error, AuthleteError::Result { .. }), all[2].2.is_some());
    let words = match error.delivery() {
        Delivery::NotSent => "not sent",
        Delivery::MaybeSent => "maybe sent",
        Delivery::Answered => "answered",
    };
    assert!(error.to_string().contains(words), "{error}");
    assert_discreet(error);
}

/// The gate asks about the failed attempt, the error about all of them.
#[tokio::test(start_paused = true)]
async fn what_was_answered_before_is_not_retryable_unless_it_may_be_repeated() {
    let asked = AtomicUsize::new(0);
    let provider = move || {
        let bearer = Secret::from(format!("bearer-{}", asked.fetch_add(1, Ordering::SeqCst)));
        async { Ok::<_, BoxError>(bearer) }
    };
    let fake = Fake::new(|number| if number == 0 { status(401) } else { unsent() });
    let core = fake.bare().bearer_provider(provider).retries(attempts(4)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Connection { .. }), "{error:?}");
    assert_eq!((error.attempts(), error.delivery(), error.is_retryable()), (4, Delivery::Answered, false));
    let http = error.http().unwrap();
    assert_eq!((http.status.as_u16(), http.attempts), (401, 1));
}

#[tokio::test(start_paused = true)]
async fn a_bearer_that_fails_after_an_answer_does_not_hide_it() {
    let asked = AtomicUsize::new(0);
    let provider = move || {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        async move { if first { Ok(Secret::from("bearer")) } else { Err(BoxError::from("sealed")) } }
    };
    let fake = Fake::new(|_| asks(503, "3"));
    let core = fake.bare().bearer_provider(provider).retries(attempts(4)).build().unwrap();
    let error = batch_status(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Credential { .. }), "{error:?}");
    assert_eq!((error.attempts(), error.delivery()), (1, Delivery::Answered));
    assert_eq!(error.http().map(|http| http.status.as_u16()), Some(503));
    assert_eq!(error.retry_after(), Some(secs(3)));
}

/// Row 83. The provider stands for whatever makes a pause longer than it was meant to be.
#[tokio::test(start_paused = true)]
async fn a_deadline_that_passes_in_a_pause_leaves_the_failure() {
    for (reply, kept) in
        [(|| asks(503, "1")) as fn() -> _, broken, unsent].into_iter().zip([Some(503), None, None])
    {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let provider = move || {
            let again = counter.fetch_add(1, Ordering::SeqCst) > 0;
            async move {
                if again {
                    tokio::time::advance(secs(60)).await;
                }
                Ok::<_, BoxError>(Secret::from("bearer"))
            }
        };
        let fake = Fake::new(move |_| reply());
        let core = fake.bare().bearer_provider(provider).retries(attempts(4)).build().unwrap();
        let error = batch_status(&core, None).await.unwrap_err();
        assert_eq!((fake.count(), asked.load(Ordering::SeqCst)), (1, 2));
        assert_eq!((error.attempts(), error.is_retryable()), (1, true));
        assert!(!error.is_timeout(), "{error:?}");
        assert_eq!(error.http().map(|http| http.status.as_u16()), kept);
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_does_not_fit_leaves_the_failure() {
    let fake = Fake::new(|_| asks(503, "30"));
    let core = fake.core().retries(attempts(4)).timeout(secs(5)).build().unwrap();
    let error = batch_status(&core, None).await.unwrap_err();
    assert_eq!((error.attempts(), error.delivery()), (1, Delivery::Answered));
    assert_eq!(error.retry_after(), Some(secs(30)));
}

#[tokio::test(start_paused = true)]
async fn no_time_at_all_is_not_sent() {
    let fake = Fake::new(|_| unsent());
    let core = fake.core().retries(RetryConfig::backoff()).build().unwrap();
    let error = create(&core, Some(&RequestOptions::new().timeout(ms(0)))).await.unwrap_err();
    assert_eq!((fake.count(), error.attempts(), error.delivery()), (0, 0, Delivery::NotSent));
    assert!(error.is_timeout());
}

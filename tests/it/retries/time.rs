//! How long pauses and calls last.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use authlete::{
    AuthleteCore, AuthleteError, Backoff, BoxError, Delivery, RequestOptions, Secret, TimeoutPhase,
};
use tokio::time::{Instant, sleep};

use crate::fake::{Fake, asks, attempts, batch_status, create, fine, ms, secs, status};

/// The gaps between the requests of a call that fails with 503 each time.
async fn gaps(backoff: Backoff, jitter: f64) -> Vec<Duration> {
    let fake = Fake::new(|_| status(503));
    let core = fake.core().retries(backoff).jitter(move || jitter).build().unwrap();
    batch_status(&core, None).await.unwrap_err();
    fake.gaps()
}

#[tokio::test(start_paused = true)]
async fn pauses_have_the_documented_defaults() {
    assert_eq!(gaps(Backoff::default(), 1.0).await, [ms(500), ms(750)]);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_capped() {
    let backoff = attempts(5).exponent(2.0).max_interval(ms(1_500));
    assert_eq!(gaps(backoff, 1.0).await, [ms(500), ms(1_000), ms(1_500), ms(1_500)]);
}

#[tokio::test(start_paused = true)]
async fn jitter_is_full() {
    assert_eq!(gaps(attempts(4), 0.0).await, [ms(0), ms(0), ms(0)]);
    assert_eq!(gaps(attempts(3), 0.5).await, [ms(250), ms(375)]);
}

#[tokio::test(start_paused = true)]
async fn built_in_jitter_spreads_pauses_over_the_whole_range() {
    let mut gaps = Vec::new();
    for _ in 0..5 {
        let fake = Fake::new(|_| status(503));
        let backoff = attempts(41).initial_interval(ms(1_000)).exponent(1.0);
        let core = AuthleteCore::builder().bearer("b").service_id("1").transport(fake.clone());
        let core = core.retries(backoff).timeout(secs(3_600)).build().unwrap();
        batch_status(&core, None).await.unwrap_err();
        gaps.extend(fake.gaps());
    }
    assert_eq!(gaps.len(), 200);
    assert!(gaps.iter().all(|gap| *gap <= ms(1_000)));
    // Each of these fails once in 10^25 runs.
    assert!(gaps.iter().any(|gap| *gap < ms(250)));
    assert!(gaps.iter().any(|gap| *gap > ms(750)));
}

#[tokio::test(start_paused = true)]
async fn impossible_jitter_is_brought_into_range() {
    for (jitter, pause) in [(2.0, 500), (-1.0, 0), (f64::NAN, 500), (f64::INFINITY, 500)] {
        assert_eq!(gaps(attempts(2), jitter).await, [ms(pause)], "{jitter}");
    }
}

#[tokio::test(start_paused = true)]
async fn max_elapsed_time_counts_from_the_start_of_the_call() {
    let slow = Fake::with(|_| {
        Box::pin(async {
            sleep(ms(400)).await;
            status(503)
        })
    });
    let backoff = attempts(50).initial_interval(ms(100)).exponent(1.0);
    for (budget, requests) in [(500, 1), (501, 2), (1_000, 2), (1_001, 3)] {
        let before = slow.count();
        let backoff = backoff.clone().max_elapsed_time(ms(budget));
        let core = slow.core().retries(backoff).build().unwrap();
        batch_status(&core, None).await.unwrap_err();
        assert_eq!(slow.count() - before, requests, "{budget} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_replaces_the_pause_and_is_waited_in_full() {
    for asked in [0, 1, 7, 50] {
        let fake = Fake::new(move |number| if number == 0 { asks(429, asked.to_string()) } else { fine() });
        let core = fake.core().retries(attempts(2)).jitter(|| 0.0).build().unwrap();
        batch_status(&core, None).await.unwrap();
        assert_eq!(fake.gaps(), [secs(asked)]);
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_that_does_not_fit_returns_at_once_and_is_exposed() {
    let fake = Fake::new(|_| asks(503, "60"));
    let core = fake.core().retries(attempts(3)).timeout(secs(60)).build().unwrap();
    let started = Instant::now();
    let error = batch_status(&core, None).await.unwrap_err();
    assert_eq!((fake.count(), started.elapsed()), (1, ms(0)));
    assert_eq!(error.retry_after(), Some(secs(60)));
    assert!(error.is_retryable());
    assert_eq!(error.delivery(), Delivery::Answered);
    // Without retries it is exposed too.
    let core = fake.core().build().unwrap();
    assert_eq!(batch_status(&core, None).await.unwrap_err().retry_after(), Some(secs(60)));
}

#[tokio::test(start_paused = true)]
async fn retry_after_in_the_past_is_ignored() {
    let past = httpdate::fmt_http_date(SystemTime::now() - secs(3_600));
    let fake = Fake::new(move |number| if number == 0 { asks(503, &past) } else { fine() });
    let core = fake.core().retries(attempts(2)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.gaps(), [ms(500)]);
}

#[tokio::test(start_paused = true)]
async fn two_retry_afters_are_none() {
    let fake = Fake::new(|number| {
        let mut reply = if number == 0 { asks(503, "5")? } else { fine()? };
        reply.headers_mut().append("retry-after", http::HeaderValue::from_static("9"));
        Ok(reply)
    });
    let core = fake.core().retries(attempts(2)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.gaps(), [ms(500)]);
}

#[tokio::test(start_paused = true)]
async fn attempts_time_out_one_by_one() {
    let fake = Fake::hanging();
    let backoff = attempts(3).initial_interval(ms(100)).exponent(1.0);
    let core = fake.core().retries(backoff).attempt_timeout(ms(1_000)).build().unwrap();
    let started = Instant::now();
    let error = batch_status(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Attempt, .. }), "{error:?}");
    assert_eq!(error.delivery(), Delivery::MaybeSent);
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(fake.gaps(), [ms(1_100), ms(1_100)]);
    assert_eq!(started.elapsed(), ms(3_200));
}

#[tokio::test(start_paused = true)]
async fn last_attempt_ends_with_the_call() {
    let fake = Fake::hanging();
    let backoff = attempts(9).initial_interval(ms(100)).exponent(1.0);
    let core = fake.core().retries(backoff).attempt_timeout(ms(1_000)).timeout(ms(1_500)).build().unwrap();
    let started = Instant::now();
    let error = batch_status(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, .. }), "{error:?}");
    assert_eq!((fake.count(), started.elapsed()), (2, ms(1_500)));
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn timeouts_of_the_call_replace_those_of_the_core() {
    let fake = Fake::hanging();
    let core = fake.core().attempt_timeout(secs(20)).timeout(secs(30)).build().unwrap();
    let (attempt, call) = (TimeoutPhase::Attempt, TimeoutPhase::Call);
    for (options, expected, ended) in [
        (RequestOptions::new(), secs(20), attempt),
        (RequestOptions::new().attempt_timeout(secs(25)), secs(25), attempt),
        (RequestOptions::new().attempt_timeout(secs(30)), secs(30), call),
        (RequestOptions::new().attempt_timeout(secs(40)), secs(30), call),
        (RequestOptions::new().timeout(secs(3)), secs(3), call),
        (RequestOptions::new().timeout(secs(90)).attempt_timeout(secs(80)), secs(80), attempt),
    ] {
        let started = Instant::now();
        let error = batch_status(&core, Some(&options)).await.unwrap_err();
        assert_eq!(started.elapsed(), expected, "{options:?}");
        assert!(
            matches!(error, AuthleteError::RequestTimeout { phase, .. } if phase == ended),
            "{options:?}: {error:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn timeouts_have_the_documented_defaults() {
    let fake = Fake::hanging();
    let core = fake.core().build().unwrap();
    let started = Instant::now();
    batch_status(&core, None).await.unwrap_err();
    assert_eq!(started.elapsed(), secs(30));
    let started = Instant::now();
    let patient = RequestOptions::new().attempt_timeout(secs(600));
    batch_status(&core, Some(&patient)).await.unwrap_err();
    assert_eq!(started.elapsed(), secs(60));
}

#[tokio::test(start_paused = true)]
async fn no_time_at_all_is_a_timeout() {
    let fake = Fake::hanging();
    let core = fake.core().timeout(Duration::ZERO).build().unwrap();
    let started = Instant::now();
    let error = batch_status(&core, None).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((started.elapsed(), error.delivery(), fake.count()), (ms(0), Delivery::NotSent, 0));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_once_the_time_is_up() {
    let fake = Fake::new(|_| fine());
    let late = || async {
        // Ready at the very moment the call ends.
        sleep(secs(2)).await;
        Ok::<_, BoxError>(Secret::from("late"))
    };
    let core = fake.bare().bearer_provider(late).timeout(secs(2)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.delivery(), error.attempts(), fake.count()), (Delivery::NotSent, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn endless_limits_are_no_overflow() {
    let attempt = std::sync::Arc::new(AtomicUsize::new(0));
    let fake =
        Fake::new(move |_| if attempt.fetch_add(1, Ordering::SeqCst) == 0 { status(503) } else { fine() });
    let forever = Duration::MAX;
    let backoff = attempts(2).max_elapsed_time(forever);
    let core = fake.core().retries(backoff).timeout(forever).attempt_timeout(forever).stall_timeout(forever);
    batch_status(&core.build().unwrap(), None).await.unwrap();
    assert_eq!(fake.gaps(), [ms(500)]);
}

#[tokio::test(start_paused = true)]
async fn abandoned_attempt_is_dropped_and_not_repeated() {
    struct Guard(std::sync::Arc<AtomicUsize>);
    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let dropped = std::sync::Arc::new(AtomicUsize::new(0));
    let counter = std::sync::Arc::clone(&dropped);
    let fake = Fake::with(move |_| {
        let guard = Guard(std::sync::Arc::clone(&counter));
        Box::pin(async move {
            let _guard = guard;
            std::future::pending().await
        })
    });
    let core = fake.core().retries(attempts(5)).build().unwrap();
    tokio::time::timeout(ms(10), batch_status(&core, None)).await.unwrap_err();
    sleep(secs(100)).await;
    assert_eq!((fake.count(), dropped.load(Ordering::SeqCst)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn longest_pause_is_no_overflow() {
    let longest = attempts(2).initial_interval(Duration::MAX).max_interval(Duration::MAX);
    for jitter in [0.5, 1.0] {
        // It fits no budget.
        assert!(gaps(longest.clone(), jitter).await.is_empty());
    }
    assert_eq!(gaps(longest, 0.0).await, [ms(0)]);
}

#[tokio::test(start_paused = true)]
async fn no_pause_grows_to_none() {
    let none = attempts(4).initial_interval(Duration::ZERO).exponent(f64::INFINITY);
    assert_eq!(gaps(none, 1.0).await, [ms(0), ms(0), ms(0)]);
}

/// A core's calls share a budget, so that their retries do not pile up on a server that is down.
#[tokio::test(start_paused = true)]
async fn retries_stop_while_half_of_the_budget_is_gone() {
    let fake = Fake::new(|number| if (60..171).contains(&number) { fine() } else { status(503) });
    let core = fake.core().retries(attempts(2)).build().unwrap();
    // Each of these takes two tokens of 100, until 50 are gone.
    for _ in 0..25 {
        assert_eq!(batch_status(&core, None).await.unwrap_err().attempts(), 2);
    }
    for _ in 0..10 {
        let error = batch_status(&core, None).await.unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert!(error.is_retryable());
    }
    // Another core has a budget of its own.
    let other = Fake::new(|_| status(503));
    let second = other.core().retries(attempts(2)).build().unwrap();
    assert_eq!(batch_status(&second, None).await.unwrap_err().attempts(), 2);
    // Ten successes give a token back.
    for _ in 0..111 {
        batch_status(&core, None).await.unwrap();
    }
    assert_eq!(batch_status(&core, None).await.unwrap_err().attempts(), 2);
    assert_eq!(batch_status(&core, None).await.unwrap_err().attempts(), 1);
}

//! When something is sent again, and for how long a call lasts. The clock is paused, so times are exact.

use authlete::{AuthleteError, TimeoutPhase};
use tokio::time::Instant;

use crate::fake::{Fake, asks, attempts, batch_status, fine, ms, secs, status};

#[tokio::test(start_paused = true)]
async fn t03_pauses_grow_exponentially_from_the_initial_interval() {
    let backoff = attempts(5).initial_interval(ms(200)).exponent(1.5);
    let fake = Fake::new(|_| status(503));
    let core = fake.core().retries(backoff).build().unwrap();
    batch_status(&core, None).await.unwrap_err();
    assert_eq!(fake.gaps(), [ms(200), ms(300), ms(450), ms(675)]);
}

#[tokio::test(start_paused = true)]
async fn t04_pause_that_does_not_fit_the_budget_is_not_begun() {
    let backoff = attempts(50).max_elapsed_time(ms(100));
    let fake = Fake::new(|_| asks(503, "3"));
    let core = fake.core().retries(backoff.clone()).build().unwrap();
    let started = Instant::now();
    batch_status(&core, None).await.unwrap_err();
    assert_eq!((fake.count(), started.elapsed()), (1, ms(0)));

    let fake = Fake::new(|_| status(503));
    let backoff = backoff.initial_interval(ms(60)).exponent(1.0);
    let core = fake.core().retries(backoff).build().unwrap();
    let started = Instant::now();
    batch_status(&core, None).await.unwrap_err();
    assert_eq!((fake.count(), started.elapsed()), (2, ms(60)));
}

#[tokio::test(start_paused = true)]
async fn t05_attempts_are_limited() {
    let fake = Fake::new(|_| status(503));
    let core = fake.core().retries(authlete::RetryConfig::backoff()).timeout(secs(86_400)).build().unwrap();
    let error = batch_status(&core, None).await.unwrap_err();
    assert_eq!((fake.count(), error.attempts()), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn t06_retry_after_is_not_shortened() {
    let fake = Fake::new(|number| if number == 0 { asks(503, "120") } else { fine() });
    let short = attempts(3).max_interval(ms(50));
    let core = fake.core().retries(short).timeout(secs(300)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.gaps(), [secs(120)]);
}

#[tokio::test(start_paused = true)]
async fn t07_only_digits_and_dates_count_as_retry_after() {
    for nonsense in
        ["0x10", "1e3", "soon 2099", "-5", "+5", "1.5", "", "5 ", "Wednesday, 21-Oct-99 07:28:00 GMT"]
    {
        let fake = Fake::new(move |number| if number == 0 { asks(503, nonsense) } else { fine() });
        let core = fake.core().retries(attempts(3)).build().unwrap();
        batch_status(&core, None).await.unwrap();
        assert_eq!(fake.gaps(), [ms(500)], "{nonsense:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn t08_very_long_pause_is_no_short_one() {
    // More than 2^31 milliseconds.
    let asked = secs(2_147_484);
    let patient = attempts(3).max_elapsed_time(asked * 2);
    let fake = Fake::new(move |number| if number == 0 { asks(429, "2147484") } else { fine() });
    let core = fake.core().retries(patient).build().unwrap();

    let started = Instant::now();
    let error = batch_status(&core, None).await.unwrap_err();
    assert_eq!((fake.count(), started.elapsed()), (1, ms(0)));
    assert_eq!(error.retry_after(), Some(asked));

    let fake = Fake::new(move |number| if number == 0 { asks(429, "2147484") } else { fine() });
    let patient = attempts(3).max_elapsed_time(asked * 2);
    let core = fake.core().retries(patient).timeout(asked * 2).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(fake.gaps(), [asked]);
}

#[tokio::test(start_paused = true)]
async fn t09_timeout_bounds_the_whole_call() {
    for retries in [authlete::RetryConfig::None, attempts(50).into()] {
        let fake = Fake::hanging();
        let core = fake.core().retries(retries).timeout(ms(100)).build().unwrap();
        let started = Instant::now();
        let error = batch_status(&core, None).await.unwrap_err();
        assert_eq!(started.elapsed(), ms(100));
        assert!(
            matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, .. }),
            "{error:?}"
        );
        assert_eq!(fake.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn t10_call_can_be_abandoned_in_a_pause() {
    let fake = Fake::new(|_| asks(503, "2"));
    let core = fake.core().retries(attempts(3)).build().unwrap();
    let started = Instant::now();
    tokio::time::timeout(ms(100), batch_status(&core, None)).await.unwrap_err();
    assert_eq!(started.elapsed(), ms(100));
    tokio::time::sleep(secs(10)).await;
    assert_eq!(fake.count(), 1);
}

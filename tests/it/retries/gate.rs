//! Whether a call is repeated at all.

use authlete::{RequestOptions, RetryConfig};

use crate::fake::{Fake, asks, attempts, batch_status, broken, create, dry_run, fine, ms, status, unsent};

/// The number of requests of a failing call, for each of the three: creation, dry run, status.
async fn requests(fake: impl Fn() -> Fake, retries: &RetryConfig, options: &RequestOptions) -> [usize; 3] {
    let mut counts = [0; 3];
    for (number, count) in counts.iter_mut().enumerate() {
        let fake = fake();
        let core = fake.core().retries(retries.clone()).build().unwrap();
        let error = match number {
            0 => create(&core, Some(options)).await.unwrap_err(),
            1 => dry_run(&core, Some(options)).await.unwrap_err(),
            _ => batch_status(&core, Some(options)).await.unwrap_err(),
        };
        *count = fake.count();
        assert_eq!(error.attempts() as usize, *count);
        if let Some(http) = error.http() {
            assert_eq!(http.attempts as usize, *count);
        }
    }
    counts
}

#[tokio::test(start_paused = true)]
async fn nothing_is_retried_by_default() {
    let plain = RequestOptions::new();
    for reply in [unsent, broken, || status(503)] {
        assert_eq!(requests(|| Fake::new(move |_| reply()), &RetryConfig::None, &plain).await, [1, 1, 1]);
    }
}

#[tokio::test(start_paused = true)]
async fn passing_statuses_repeat_what_may_be_repeated() {
    let plain = RequestOptions::new();
    for code in 300..=999 {
        let expected = if [408, 429, 500, 502, 503, 504].contains(&code) { [1, 4, 4] } else { [1, 1, 1] };
        let fake = || Fake::new(move |_| status(code));
        assert_eq!(requests(fake, &attempts(4).into(), &plain).await, expected, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_repeated_whatever_it_is() {
    let plain = RequestOptions::new();
    assert_eq!(requests(|| Fake::new(|_| unsent()), &attempts(4).into(), &plain).await, [4, 4, 4]);
    assert_eq!(requests(|| Fake::new(|_| broken()), &attempts(4).into(), &plain).await, [1, 4, 4]);
}

#[tokio::test(start_paused = true)]
async fn dry_run_set_to_false_is_no_dry_run() {
    use authlete::funcs::token_operations_auth_token_create_batch_api as create;
    use authlete::models::operations::AuthTokenCreateBatchApiRequest;

    let fake = Fake::new(|_| status(503));
    let core = fake.core().retries(attempts(4)).build().unwrap();
    let request = AuthTokenCreateBatchApiRequest::new([crate::support::token()]).dry_run(false);
    create(&core, &request, None).await.unwrap_err();
    assert_eq!(fake.count(), 1);
    assert_eq!(fake.request().uri().query(), Some("dryRun=false"));
}

#[tokio::test(start_paused = true)]
async fn retry_codes_narrow_and_widen_but_do_not_open_the_gate() {
    let only_404 = RequestOptions::new().retry_codes([404]);
    for (code, expected) in [(503, [1, 1, 1]), (404, [1, 4, 4]), (500, [1, 1, 1])] {
        let fake = || Fake::new(move |_| status(code));
        assert_eq!(requests(fake, &attempts(4).into(), &only_404).await, expected, "{code}");
    }
    // Connections are not statuses.
    let none = RequestOptions::new().retry_codes([]);
    assert_eq!(requests(|| Fake::new(|_| broken()), &attempts(4).into(), &none).await, [1, 4, 4]);
}

#[tokio::test(start_paused = true)]
async fn replay_non_idempotent_opens_the_gate() {
    let open = RequestOptions::new().replay_non_idempotent(true);
    for reply in [unsent, broken, || status(502), || asks(503, "1")] {
        assert_eq!(requests(|| Fake::new(move |_| reply()), &attempts(4).into(), &open).await, [4, 4, 4]);
    }
    // But only for what passes by itself.
    assert_eq!(requests(|| Fake::new(|_| status(400)), &attempts(4).into(), &open).await, [1, 1, 1]);
    // And not where there are no retries.
    assert_eq!(requests(|| Fake::new(|_| unsent()), &RetryConfig::None, &open).await, [1, 1, 1]);
}

#[tokio::test(start_paused = true)]
async fn connection_errors_can_be_left_out() {
    let statuses_only = attempts(4).retry_connection_errors(false);
    let plain = RequestOptions::new();
    for (reply, expected) in
        [(unsent as fn() -> _, [1, 1, 1]), (broken, [1, 1, 1]), (|| status(503), [1, 4, 4])]
    {
        let fake = || Fake::new(move |_| reply());
        assert_eq!(requests(fake, &statuses_only.clone().into(), &plain).await, expected);
    }
    let slow = plain.clone().attempt_timeout(ms(10));
    assert_eq!(requests(Fake::hanging, &statuses_only.into(), &slow).await, [1, 1, 1]);
    assert_eq!(requests(Fake::hanging, &attempts(4).into(), &slow).await, [1, 4, 4]);
}

#[tokio::test(start_paused = true)]
async fn settings_of_the_call_replace_those_of_the_core() {
    let fake = || Fake::new(|_| status(503));
    let never = RequestOptions::new().retries(RetryConfig::None);
    assert_eq!(requests(fake, &attempts(4).into(), &never).await, [1, 1, 1]);
    let twice = RequestOptions::new().retries(attempts(2));
    assert_eq!(requests(fake, &RetryConfig::None, &twice).await, [1, 2, 2]);
    assert_eq!(requests(fake, &attempts(4).into(), &twice).await, [1, 2, 2]);
}

#[tokio::test(start_paused = true)]
async fn no_attempts_are_one_attempt() {
    let plain = RequestOptions::new();
    assert_eq!(requests(|| Fake::new(|_| status(503)), &attempts(0).into(), &plain).await, [1, 1, 1]);
}

#[tokio::test(start_paused = true)]
async fn success_tells_how_many_attempts_it_took() {
    let fake = Fake::new(|number| if number < 2 { unsent() } else { fine() });
    let core = fake.core().retries(attempts(5)).build().unwrap();
    assert_eq!(create(&core, None).await.unwrap().http.attempts, 3);
    // Every attempt sends the same.
    let requests = fake.requests();
    assert!(requests.iter().all(|request| request.body() == requests[0].body()));
    assert!(requests.iter().all(|request| request.headers() == requests[0].headers()));
    assert!(requests.iter().all(|request| request.uri() == requests[0].uri()));
}

#[tokio::test(start_paused = true)]
async fn retryable_means_what_the_gate_means() {
    for (reply, safe, not_safe) in [
        (unsent as fn() -> _, true, true),
        (broken, true, false),
        (|| status(503), true, false),
        (|| status(400), false, false),
    ] {
        let core = Fake::new(move |_| reply()).core().build().unwrap();
        assert_eq!(batch_status(&core, None).await.unwrap_err().is_retryable(), safe);
        assert_eq!(create(&core, None).await.unwrap_err().is_retryable(), not_safe);
    }
}

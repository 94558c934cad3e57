//! Which bearer an attempt carries, and what a 401 does.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};

use authlete::{
    AuthleteError, BearerProvider, BoxError, BoxFuture, CredentialError, Delivery, RequestOptions, Secret,
};
use tokio::time::Instant;

use crate::fake::{Fake, attempts, batch_status, broken, create, fine, ms, secs, status};
use crate::support::{BEARER, assert_discreet};

/// What a provider does when it is asked.
#[derive(Clone, Copy)]
enum Step {
    Yield(&'static str),
    Fail,
    Panic,
    PanicAtOnce,
    Hang,
}

/// Takes its steps in order and stays with the last; remembers what it was told was rejected.
#[derive(Clone)]
struct Scripted {
    steps: Arc<Mutex<VecDeque<Step>>>,
    rejected: Arc<Mutex<Vec<Option<String>>>>,
}

impl Scripted {
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { steps: Arc::new(Mutex::new(steps.into_iter().collect())), rejected: Arc::default() }
    }

    fn rejected(&self) -> Vec<Option<String>> {
        self.rejected.lock().unwrap().clone()
    }
}

impl BearerProvider for Scripted {
    fn bearer<'a>(&'a self, rejected: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        self.rejected.lock().unwrap().push(rejected.map(|secret| secret.expose().to_owned()));
        let mut steps = self.steps.lock().unwrap();
        let step = if steps.len() > 1 { steps.pop_front().unwrap() } else { steps[0] };
        drop(steps);
        if let Step::PanicAtOnce = step {
            panic!("at once");
        }
        Box::pin(async move {
            match step {
                Step::Yield(bearer) => Ok(bearer.into()),
                Step::Fail => Err("the vault is sealed".into()),
                Step::Hang => pending().await,
                Step::Panic | Step::PanicAtOnce => panic!("later"),
            }
        })
    }
}

fn some(bearer: &str) -> Option<String> {
    Some(bearer.to_owned())
}

#[tokio::test(start_paused = true)]
async fn unauthorized_bearer_is_replaced_and_the_request_sent_again() {
    let provider = Scripted::new([Step::Yield("old"), Step::Yield("new")]);
    let fake = Fake::new(|number| if number == 0 { status(401) } else { fine() });
    // Without retries, and even what must not happen twice: a 401 did nothing.
    let core = fake.bare().bearer_provider(provider.clone()).build().unwrap();
    let started = Instant::now();
    let envelope = create(&core, None).await.unwrap();
    assert_eq!(fake.header("authorization"), ["Bearer old", "Bearer new"]);
    assert_eq!(provider.rejected(), [None, some("old")]);
    assert_eq!((envelope.http.attempts, started.elapsed()), (2, ms(0)));
}

#[tokio::test(start_paused = true)]
async fn bearer_is_replaced_once_only() {
    let provider = Scripted::new([Step::Yield("1"), Step::Yield("2"), Step::Yield("3")]);
    let fake = Fake::new(|_| status(401));
    let core = fake.bare().bearer_provider(provider.clone()).retries(attempts(9)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!(error.http().unwrap().status, http::StatusCode::UNAUTHORIZED);
    assert_eq!((error.attempts(), error.delivery()), (2, Delivery::Answered));
    assert_eq!(fake.header("authorization"), ["Bearer 1", "Bearer 2"]);
    assert_eq!(provider.rejected(), [None, some("1")]);
}

#[tokio::test(start_paused = true)]
async fn same_bearer_again_is_not_sent_again() {
    let provider = Scripted::new([Step::Yield("only")]);
    let fake = Fake::new(|_| status(401));
    let core = fake.bare().bearer_provider(provider.clone()).retries(attempts(9)).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Result { .. }), "{error:?}");
    assert_eq!((fake.count(), error.attempts()), (1, 1));
    assert_eq!(error.http().unwrap().attempts, 1);
    assert_eq!(provider.rejected(), [None, some("only")]);
}

#[tokio::test(start_paused = true)]
async fn fixed_bearer_is_not_sent_again_after_a_401() {
    let fake = Fake::new(|_| status(401));
    let core = fake.core().retries(attempts(9)).build().unwrap();
    batch_status(&core, None).await.unwrap_err();
    assert_eq!(fake.header("authorization"), [format!("Bearer {BEARER}")]);
}

#[tokio::test(start_paused = true)]
async fn retries_go_on_after_a_replaced_bearer() {
    let provider = Scripted::new([Step::Yield("1"), Step::Yield("2")]);
    let fake = Fake::new(|number| match number {
        0 => status(401),
        1 => status(503),
        _ => fine(),
    });
    let core = fake.bare().bearer_provider(provider.clone()).retries(attempts(3)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    assert_eq!(provider.rejected(), [None, some("1"), None]);
    assert_eq!(fake.header("authorization"), ["Bearer 1", "Bearer 2", "Bearer 2"]);
}

#[tokio::test(start_paused = true)]
async fn failing_provider_is_a_credential_error_and_nothing_is_sent() {
    for step in [Step::Fail, Step::Panic, Step::PanicAtOnce, Step::Hang] {
        let fake = Fake::new(|_| fine());
        let provider = Scripted::new([step]);
        let core = fake.bare().bearer_provider(provider.clone()).retries(attempts(9)).timeout(secs(7));
        let started = Instant::now();
        let error = create(&core.build().unwrap(), None).await.unwrap_err();
        let AuthleteError::Credential { source, .. } = &error else { panic!("{error:?}") };
        let (expected, elapsed) = match step {
            Step::Fail => (matches!(source, CredentialError::Provider { .. }), ms(0)),
            Step::Hang => (matches!(source, CredentialError::TimedOut), secs(7)),
            _ => (matches!(source, CredentialError::Panicked), ms(0)),
        };
        assert!(expected, "{error:?}");
        assert_eq!(started.elapsed(), elapsed);
        assert_eq!(error.is_timeout(), matches!(step, Step::Hang));
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0));
        assert_eq!(error.operation(), Some("auth_token_create_batch_api"));
        assert_eq!((fake.count(), provider.rejected().len()), (0, 1));
        assert_discreet(&error);
    }
}

#[tokio::test(start_paused = true)]
async fn providers_own_error_is_in_the_chain() {
    let fake = Fake::new(|_| fine());
    let core = fake.bare().bearer_provider(Scripted::new([Step::Fail])).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    let mut texts = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    assert_eq!(texts.len(), 3);
    assert_eq!(texts[2], "the vault is sealed");
    assert!(texts[..2].iter().all(|text| !text.contains("sealed")), "{texts:?}");
    assert_eq!(error.chain().to_string(), texts.join(": "));
}

#[tokio::test(start_paused = true)]
async fn malformed_bearer_of_a_provider_is_refused() {
    for bearer in ["", " ", "a b", "a\r\nx: y", "a\0", "töken"] {
        let fake = Fake::new(|_| fine());
        let core = fake.bare().bearer_provider(Scripted::new([Step::Yield(bearer)])).build().unwrap();
        let error = create(&core, None).await.unwrap_err();
        let malformed = matches!(error, AuthleteError::Credential { source: CredentialError::Malformed, .. });
        assert!(malformed, "{error:?}");
        assert_eq!(fake.count(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn provider_that_fails_in_between_does_not_hide_what_was_sent() {
    let provider = Scripted::new([Step::Yield("1"), Step::Fail]);
    let fake = Fake::new(|_| broken());
    let core = fake.bare().bearer_provider(provider).retries(attempts(3)).build().unwrap();
    let open = RequestOptions::new().replay_non_idempotent(true);
    let error = create(&core, Some(&open)).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Credential { .. }), "{error:?}");
    assert_eq!((error.attempts(), error.delivery()), (1, Delivery::MaybeSent));
}

#[tokio::test(start_paused = true)]
async fn authorization_of_the_call_leaves_the_provider_alone() {
    let provider = Scripted::new([Step::Panic]);
    let fake = Fake::new(|_| status(401));
    let core = fake.bare().bearer_provider(provider.clone()).build().unwrap();
    let options = RequestOptions::new().header("Authorization", "Basic dXNlcg==");
    batch_status(&core, Some(&options)).await.unwrap_err();
    assert_eq!(fake.header("authorization"), ["Basic dXNlcg=="]);
    assert_eq!(provider.rejected().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn time_of_the_provider_is_time_of_the_call() {
    let fake = Fake::hanging();
    let provider = || async {
        tokio::time::sleep(secs(4)).await;
        Ok::<_, BoxError>(Secret::from(BEARER))
    };
    let core = fake.bare().bearer_provider(provider).timeout(secs(10)).build().unwrap();
    let started = Instant::now();
    assert!(batch_status(&core, None).await.unwrap_err().is_timeout());
    assert_eq!((fake.count(), started.elapsed()), (1, secs(10)));
}

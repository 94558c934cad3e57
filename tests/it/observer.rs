//! What an observer is told of each attempt.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::transport::{TransportError, transport_fn};
use authlete::{Attempt, AuthleteCoreBuilder, Delivery};
use http::Method;

use crate::fake::{Fake, attempts, batch_status, broken, create, fine, ok, status, unsent};
use crate::support::{SERVER_SECRET, core};

/// What was told, in the order of the accessors.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    operation: &'static str,
    number: u32,
    status: Option<u16>,
    result_code: Option<String>,
    delivery: Delivery,
    error_type: Option<String>,
    duration: Duration,
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Told>>>);

impl Log {
    fn watch(&self, builder: AuthleteCoreBuilder) -> AuthleteCoreBuilder {
        let log = self.clone();
        builder.observer(move |attempt: &Attempt<'_>| {
            assert!(!format!("{attempt:?}").contains(SERVER_SECRET));
            assert!(attempt.url_template().starts_with("/api/{serviceId}/auth/token/create/batch"));
            let is_get = attempt.operation() == "auth_token_create_batch_status_api";
            assert_eq!(attempt.method(), if is_get { Method::GET } else { Method::POST });
            log.0.lock().unwrap().push(Told {
                operation: attempt.operation(),
                number: attempt.number(),
                status: attempt.status().map(|status| status.as_u16()),
                result_code: attempt.result_code().map(ToOwned::to_owned),
                delivery: attempt.delivery(),
                error_type: attempt.error_type().map(ToOwned::to_owned),
                duration: attempt.duration(),
            });
        })
    }

    fn take(&self) -> Vec<Told> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn told(number: u32, status: Option<u16>, delivery: Delivery, error_type: Option<&str>) -> Told {
    Told {
        operation: "auth_token_create_batch_status_api",
        number,
        status,
        result_code: None,
        delivery,
        error_type: error_type.map(ToOwned::to_owned),
        duration: Duration::ZERO,
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_told_once_and_by_itself() {
    let log = Log::default();
    let fake = Fake::new(|number| match number {
        0 => broken(),
        1 => status(503),
        2 => unsent(),
        _ => fine(),
    });
    let core = log.watch(fake.core()).retries(attempts(4)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    let expected = [
        told(1, None, Delivery::MaybeSent, Some("connection")),
        Told { result_code: Some("A001101".into()), ..told(2, Some(503), Delivery::Answered, Some("503")) },
        // Not what the call says, but this attempt alone.
        told(3, None, Delivery::NotSent, Some("connection")),
        told(4, Some(200), Delivery::Answered, None),
    ];
    assert_eq!(log.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_result_code_is_told_if_it_has_the_shape_of_one() {
    let log = Log::default();
    let fake = Fake::new(|number| {
        let code = [r#""A001202""#, r#""canary-server-77aa""#, r#""A00120""#, "12"][number];
        let mut reply =
            ok(format!(r#"{{"resultCode":{code},"resultMessage":"canary-server-77aa"}}"#)).unwrap();
        *reply.status_mut() = http::StatusCode::BAD_REQUEST;
        Ok(reply)
    });
    let core = log.watch(fake.core()).build().unwrap();
    for code in [Some("A001202"), None, None, None] {
        create(&core, None).await.unwrap_err();
        let told = log.take().remove(0);
        assert_eq!(told.result_code.as_deref(), code);
        assert_eq!((told.status, told.error_type.as_deref()), (Some(400), Some("400")));
        assert_eq!(told.operation, "auth_token_create_batch_api");
    }
}

#[tokio::test(start_paused = true)]
async fn the_duration_is_that_of_the_attempt() {
    let log = Log::default();
    let fake = Fake::with(|number| {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1 + number as u64)).await;
            if number == 0 { status(503) } else { fine() }
        })
    });
    let core = log.watch(fake.core()).retries(attempts(2)).build().unwrap();
    batch_status(&core, None).await.unwrap();
    let durations: Vec<_> = log.take().iter().map(|told| told.duration.as_secs()).collect();
    assert_eq!(durations, [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn limits_and_dropped_calls_are_told_too() {
    let log = Log::default();
    let core = log.watch(Fake::hanging().core()).attempt_timeout(Duration::from_secs(3)).build().unwrap();
    create(&core, None).await.unwrap_err();
    let told = log.take().remove(0);
    assert_eq!((told.error_type.as_deref(), told.duration.as_secs()), (Some("timeout"), 3));
    assert_eq!(told.delivery, Delivery::MaybeSent);

    let second = Duration::from_secs(1);
    assert!(tokio::time::timeout(second, create(&core, None)).await.is_err());
    let told = log.take();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].error_type.as_deref(), told[0].duration), (Some("abandoned"), second));
    assert_eq!((told[0].delivery, told[0].status), (Delivery::MaybeSent, None));

    // No attempt, no report.
    drop(create(&core, None));
    let core = log.watch(
        Fake::hanging()
            .bare()
            .bearer_provider(|| async { Err::<authlete::Secret, authlete::BoxError>("no vault".into()) }),
    );
    create(&core.build().unwrap(), None).await.unwrap_err();
    assert!(log.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_panics_costs_no_result() {
    let transport = transport_fn(|_| async { Err(TransportError::new("down").not_sent()) });
    let core = core("https://localhost").transport(transport).retries(attempts(3));
    let core = core.observer(|_: &Attempt<'_>| panic!("an observer's own")).build().unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!((error.attempts(), error.delivery()), (3, Delivery::NotSent));
}

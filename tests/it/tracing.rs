//! The events of the feature `tracing`: one for each attempt, and nothing secret in them.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use authlete::Delivery;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::fake::{Fake, attempts, batch_status, broken, create, fine, ok, status};
use crate::support::{BEARER, SERVER_SECRET, TOKEN};

/// Writes every event of any level down.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        self.0.lock().unwrap().push(format!("span {}", attributes.metadata().name()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = event.metadata().target().to_owned();
        event.record(&mut Line(&mut line));
        self.0.lock().unwrap().push(line);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_an_event_without_secrets() {
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    let fake = Fake::new(|number| match number {
        0 => broken(),
        1 => status(503),
        2 => fine(),
        _ => ok(SERVER_SECRET),
    });
    let core = fake.core().retries(attempts(3)).header("x-key", SERVER_SECRET).build().unwrap();
    batch_status(&core, None).await.unwrap();
    let error = create(&core, None).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::MaybeSent);
    drop(guard);

    let lines = recorder.0.lock().unwrap().clone();
    let ours: Vec<_> = lines.iter().filter(|line| line.starts_with("authlete")).collect();
    assert_eq!(ours.len(), 4, "{lines:?}");
    for (line, expected) in ours.iter().zip(["maybe sent", "status=503", "status=200", "status=200"]) {
        assert!(line.contains(expected), "{line} lacks {expected}");
        assert!(line.contains("operation=\"auth_token_create_batch"), "{line}");
    }
    assert!(ours[2].contains("attempt=3"), "{}", ours[2]);
    for line in &lines {
        for secret in [BEARER, TOKEN, SERVER_SECRET, "1234567890", "r-1", "us.authlete.com"] {
            assert!(!line.contains(secret), "{secret} shows in {line}");
        }
    }
}

//! Whole flows over answers as Authlete gives them, of the operations that the simulator does not play: what is sent at
//! each step, and what the application learns from it.

mod ciba;
mod credentials;
mod device;
mod keys;
mod tokens;

use authlete::AuthleteCore;
use serde_json::Value;

use crate::fake::{Fake, ok};

/// A core whose calls get these answers, one after the other.
fn answering(answers: impl IntoIterator<Item = Value>) -> (Fake, AuthleteCore) {
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.to_string()).collect();
    let fake = Fake::new(move |number| ok(answers[number].clone()));
    let core = fake.core().build().unwrap();
    (fake, core)
}

/// What was sent: `METHOD path`, behind the service, with its body.
fn seen(fake: &Fake) -> Vec<(String, Value)> {
    let one = |request: &http::Request<bytes::Bytes>| {
        let target = request.uri().path_and_query().unwrap().as_str();
        let target = target.strip_prefix("/api/1234567890/").unwrap();
        let body = match request.body() {
            body if body.is_empty() => Value::Null,
            body => serde_json::from_slice(body).unwrap(),
        };
        (format!("{} {target}", request.method()), body)
    };
    fake.requests().iter().map(one).collect()
}

fn step(target: &str, body: Value) -> (String, Value) {
    (target.to_owned(), body)
}

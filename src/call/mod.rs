//! One call, from a function's arguments to a decoded response.
//!
//! Data flows once through it: validate, encode, authorise, send (and retry), classify, decode. Only the last step, and
//! the encoding of the body, depend on the operation's types; the rest is compiled once.

mod answer;
mod decode;
mod encode;
mod read;
mod run;

use bytes::Bytes;
use serde::Serialize;

pub(crate) use self::answer::Answer;
use crate::core::AuthleteCore;
use crate::error::{AuthleteError, Rejected};
use crate::operation::{Operation, Replay};
use crate::options::RequestOptions;
use crate::pasted::Pasted;
use crate::path::Target;
use crate::server::BaseUrl;

/// A call under construction. The first thing found wrong is kept, and [`send`](Self::send) returns it.
pub(crate) struct Call<'a> {
    core: &'a AuthleteCore,
    operation: &'static Operation,
    options: Option<&'a RequestOptions>,
    target: Result<Target, AuthleteError>,
    body: Option<Bytes>,
    replayable: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(
        core: &'a AuthleteCore,
        operation: &'static Operation,
        options: Option<&'a RequestOptions>,
    ) -> Self {
        let base = options.and_then(|options| options.base_url.as_ref());
        let target = match base {
            Some(base) if !core.settings().may_be_sent_to(base) => Err(BaseUrl::PLAIN.into()),
            _ => Ok(Target::new(&base.unwrap_or(&core.settings().base).prefix, operation.template)),
        };
        let replayable =
            operation.replay == Replay::Safe || options.is_some_and(|options| options.replay_non_idempotent);
        Self { core, operation, options, target, body: None, replayable }
    }

    /// Fills the path's `{serviceId}`.
    pub(crate) fn service(self, id: Option<&str>) -> Self {
        match id.or(self.core.settings().service_id.as_deref()) {
            Some(id) => self.with(|target| {
                Pasted::refuse("serviceId", id)?;
                target.segment("serviceId", id)
            }),
            None => self
                .with(|_| Err(Rejected::new("serviceId", "is set neither in the request nor in the core"))),
        }
    }

    /// Fills the path's next place.
    pub(crate) fn segment(self, name: &'static str, value: &str) -> Self {
        self.with(|target| target.segment(name, value))
    }

    /// Adds a query parameter if it is set.
    pub(crate) fn query(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(|target| {
                target.query(name, value);
                Ok(())
            }),
            None => self,
        }
    }

    /// Adds a boolean query parameter if it is set.
    pub(crate) fn flag(self, name: &'static str, value: Option<bool>) -> Self {
        self.query(name, value.map(|value| if value { "true" } else { "false" }))
    }

    /// Adds a number as a query parameter if it is set.
    pub(crate) fn number(self, name: &'static str, value: Option<i64>) -> Self {
        self.query(name, value.map(|value| value.to_string()).as_deref())
    }

    /// Says of this request that a second one has no second effect.
    pub(crate) fn replayable_if(mut self, replayable: bool) -> Self {
        self.replayable |= replayable;
        self
    }

    /// Sends a JSON array.
    pub(crate) fn json_array<T: Serialize>(mut self, items: &[T]) -> Self {
        if self.target.is_ok() {
            let encoded = encode::array(items);
            self.encoded(encoded);
        }
        self
    }

    /// Sends a JSON object.
    pub(crate) fn json_object<T: Serialize>(mut self, value: &T) -> Self {
        if self.target.is_ok() {
            let encoded = serde_json::to_vec(value);
            self.encoded(encoded);
        }
        self
    }

    /// Sends the request, and again where that is safe, until there is an answer.
    pub(crate) async fn send(self) -> Result<Answer, AuthleteError> {
        run::run(self).await
    }

    fn with(mut self, change: impl FnOnce(&mut Target) -> Result<(), Rejected>) -> Self {
        if let Ok(target) = &mut self.target
            && let Err(rejected) = change(target)
        {
            self.target = Err(rejected.into());
        }
        self
    }

    fn encoded(&mut self, encoded: Result<Vec<u8>, serde_json::Error>) {
        match encoded {
            Ok(body) => self.body = Some(body.into()),
            // The source is left out: serde's errors repeat values.
            Err(_) => {
                self.target =
                    Err(AuthleteError::invalid_request(Rejected::new("request body", "cannot be encoded")));
            }
        }
    }
}

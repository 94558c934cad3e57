//! One call, from a function's arguments to a decoded response.
//!
//! Data flows once through it: validate, encode, authorise, send (and retry), classify, decode. Only the last step, and
//! the encoding of the body, depend on the operation's types; the rest is compiled once.

mod body;
mod decode;
mod encode;
mod envelope;
mod form;
mod options;
mod parameters;
mod reporter;
mod run;
mod target;
#[cfg(feature = "tracing")]
mod trace;

use bytes::Bytes;

use self::decode::Undecoded;
pub use self::envelope::{ApiResult, Envelope};
pub use self::options::RequestOptions;
pub(crate) use self::parameters::may_name;
use self::target::Target;
use crate::core::{AuthleteCore, BaseUrl};
use crate::error::InvalidValue;
use crate::exchange::{Operation, Replay};
use crate::input::Untrimmed;
use crate::models::StringMap;
use crate::models::schema::Schema;
use crate::models::table::{Field, Fields, Fragment, Model, Seq};

/// A call under construction. The first thing found wrong is kept, and [`send`](Self::send) returns it.
pub(crate) struct Call<'a> {
    core: &'a AuthleteCore,
    operation: &'static Operation,
    options: Option<&'a RequestOptions>,
    target: Result<Target, InvalidValue>,
    body: Option<Bytes>,
    /// Whether the body is a form, not JSON.
    is_form: bool,
    /// Whether plain text is asked for, not JSON.
    wants_text: bool,
    /// Whether a bearer goes with it.
    authorised: bool,
    replayable: bool,
}

impl<'a> Call<'a> {
    pub(crate) fn new(
        core: &'a AuthleteCore,
        operation: &'static Operation,
        options: Option<&'a RequestOptions>,
    ) -> Self {
        let base = options.and_then(|options| options.base_url.as_ref());
        let target = match (base, options.and_then(|options| options.rejected.as_ref())) {
            (_, Some(rejected)) => Err(rejected.clone()),
            (Some(base), None) if !core.settings().may_be_sent_to(base) => Err(BaseUrl::PLAIN),
            (base, None) => {
                Ok(Target::new(&base.unwrap_or(&core.settings().base).prefix, operation.template))
            }
        };
        let replayable =
            operation.replay == Replay::Safe || options.is_some_and(|options| options.replay_non_idempotent);
        Self {
            core,
            operation,
            options,
            target,
            body: None,
            is_form: false,
            wants_text: false,
            authorised: true,
            replayable,
        }
    }

    /// Fills the path's `{serviceId}`.
    pub(crate) fn service(&mut self, id: Option<&str>) -> &mut Self {
        match id.or(self.core.settings().service_id.as_deref()) {
            Some(id) => self.with(|target| {
                Untrimmed::reject("serviceId", id)?;
                target.segment("serviceId", id)
            }),
            None => self.with(|_| {
                Err(InvalidValue::new("serviceId", "is set neither in the request nor in the core"))
            }),
        }
    }

    /// Fills the path's next place.
    pub(crate) fn segment(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.with(|target| target.segment(name, value))
    }

    /// Refuses an empty value, for which the server could take a request to mean more than it says.
    pub(crate) fn not_empty(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.with(|_| if value.is_empty() { Err(InvalidValue::new(name, "is empty")) } else { Ok(()) })
    }

    /// Refuses a request of which something does not hold.
    pub(crate) fn require(&mut self, holds: bool, name: &'static str, why: &'static str) -> &mut Self {
        self.with(|_| if holds { Ok(()) } else { Err(InvalidValue::new(name, why)) })
    }

    /// Adds a query parameter if it is set: a string, a boolean or a number.
    pub(crate) fn query(&mut self, name: &'static str, value: &impl Field) -> &mut Self {
        match value.field_fragment() {
            Some(fragment) => self.parameter(name, fragment),
            None => self,
        }
    }

    fn parameter(&mut self, name: &'static str, fragment: Fragment<'_>) -> &mut Self {
        self.with(|target| {
            let text = form::scalar(fragment)
                .ok_or(InvalidValue::new(name, "has no form that a query can carry"))?;
            target.query(name, &text);
            Ok(())
        })
    }

    /// Adds query parameters of any names.
    pub(crate) fn queries(&mut self, parameters: Option<&StringMap>) -> &mut Self {
        self.with(|target| {
            for (name, value) in parameters.into_iter().flat_map(|parameters| parameters.iter()) {
                target.query(name, value);
            }
            Ok(())
        })
    }

    /// Sends no bearer.
    pub(crate) fn anonymous(&mut self) -> &mut Self {
        self.authorised = false;
        self
    }

    /// Asks for plain text, not for JSON.
    pub(crate) fn accept_text(&mut self) -> &mut Self {
        self.wants_text = true;
        self
    }

    /// Says of this request that a second one has no second effect.
    pub(crate) fn replayable_if(&mut self, replayable: bool) -> &mut Self {
        self.replayable |= replayable;
        self
    }

    /// Sends a JSON array.
    pub(crate) fn json_array(&mut self, items: &dyn Seq) -> &mut Self {
        if self.target.is_ok() {
            self.body = Some(encode::array(items).into());
        }
        self
    }

    /// Sends a JSON object.
    pub(crate) fn json_object<T: Model>(&mut self, model: &T) -> &mut Self {
        self.json(T::SCHEMA, &model)
    }

    fn json(&mut self, schema: Schema, model: &dyn Fields) -> &mut Self {
        if self.target.is_ok() {
            self.body = Some(encode::object(schema, model).into());
        }
        self
    }

    /// Sends a JSON object without members.
    pub(crate) fn json_empty(&mut self) -> &mut Self {
        self.body = Some(Bytes::from_static(b"{}"));
        self
    }

    /// Sends an object as a form. An error if it has members that no form can carry.
    pub(crate) fn form<T: Model>(&mut self, model: &T) -> &mut Self {
        self.is_form = true;
        if self.target.is_ok() {
            match form::encode(T::SCHEMA, model) {
                Ok(body) => self.body = Some(body.into()),
                Err(rejected) => self.target = Err(rejected),
            }
        }
        self
    }

    fn with(&mut self, change: impl FnOnce(&mut Target) -> Result<(), InvalidValue>) -> &mut Self {
        if let Ok(target) = &mut self.target
            && let Err(rejected) = change(target)
        {
            self.target = Err(rejected);
        }
        self
    }
}

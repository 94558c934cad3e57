//! Misbehaviour on demand.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::chance::Chance;
use crate::clock::{Clock, millis};
use crate::lock::locked;
use crate::operations::Operation;

/// What goes wrong.
#[derive(Debug, Clone)]
pub(super) enum Effect {
    /// Nothing but the delays.
    None,
    /// An answer of the fault's own, with the fault's status, headers and body.
    Answer,
    /// The fault's body and content type in place of the operation's, whose status stays.
    Body,
    /// The connection ends: FIN, or RST.
    End { reset: bool },
    /// No answer, the connection stays.
    Hang,
    /// Half of the body, then FIN.
    Truncate,
    /// Half of the body, then silence.
    Stall,
    /// RST as soon as the connection is accepted.
    ResetOnAccept,
}

/// A misbehaviour, told ahead with [`Simulator::inject`](crate::Simulator::inject).
///
/// The constructors say whether the operation is carried out; [`Fault::processed`] and
/// [`Fault::unprocessed`] change it. A fault applies once, to the first request that comes, unless
/// the other methods say otherwise:
///
/// ```
/// use authlete_simulator::{Fault, Operation};
///
/// let fault =
///     Fault::status(503).retry_after("2").on(Operation::CreateBatch).after(1).times(3);
/// # let _ = fault;
/// ```
///
/// The request is always read to its end and recorded first, so that a closed connection ends with FIN
/// where the name says close, and with RST where it says reset.
#[derive(Debug, Clone)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    pub(super) effect: Effect,
    pub(super) processed: bool,
    pub(super) delay: Duration,
    pub(super) answer_delay: Duration,
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Bytes>,
    /// What the JSON result of [`Effect::Answer`] has beside code and message, or in their place.
    pub(super) members: Map<String, Value>,
    pub(super) content_type: Option<String>,
    operation: Option<Operation>,
    path: Option<String>,
    skip: u64,
    times: Option<u64>,
    chance: Option<Chance>,
    starting_in: Duration,
    lasting: Option<Duration>,
    /// From when until when it can apply, in milliseconds since the simulator started.
    span: (i64, Option<i64>),
}

impl Fault {
    fn new(effect: Effect, processed: bool) -> Self {
        Self {
            effect,
            processed,
            delay: Duration::ZERO,
            answer_delay: Duration::ZERO,
            status: 200,
            headers: Vec::new(),
            body: None,
            members: Map::new(),
            content_type: None,
            operation: None,
            path: None,
            skip: 0,
            times: Some(1),
            chance: None,
            starting_in: Duration::ZERO,
            lasting: None,
            span: (0, None),
        }
    }

    /// Answers with this status (200 to 999; below 100 becomes 500, 1xx ends the connection) and, unless [`Fault::with_body`] says
    /// otherwise, a JSON result with the code `SIM900`. Not processed.
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::new(Effect::Answer, false) }
    }

    /// Answers requests for this operation with 200 and a response that has this action. Add the rest of the
    /// response with [`Fault::member`]. Not processed, so that a test can meet an action that is hard to
    /// bring about, of an operation that the simulator does not play as well.
    ///
    /// ```
    /// use authlete_simulator::{Fault, Operation};
    ///
    /// let fault = Fault::answer(Operation::NativeSso, "CALLER_ERROR")
    ///     .member("resultCode", "A501201");
    /// # let _ = fault;
    /// ```
    pub fn answer(operation: Operation, action: impl Into<String>) -> Self {
        Self::status(200).on(operation).member("action", action.into())
    }

    /// Waits before the operation, which is then carried out and answered as usual.
    pub fn delay(duration: Duration) -> Self {
        Self { delay: duration, ..Self::new(Effect::None, true) }
    }

    /// Carries the operation out, then waits before answering as usual.
    pub fn delay_answer(duration: Duration) -> Self {
        Self { answer_delay: duration, ..Self::new(Effect::None, true) }
    }

    /// Reads the request and closes the connection (FIN). Not processed.
    pub fn close_before_processing() -> Self {
        Self::new(Effect::End { reset: false }, false)
    }

    /// Carries the operation out and closes the connection without an answer (FIN). Processed.
    pub fn close_after_processing() -> Self {
        Self::new(Effect::End { reset: false }, true)
    }

    /// Reads the request and resets the connection (RST). Not processed.
    pub fn reset_before_processing() -> Self {
        Self::new(Effect::End { reset: true }, false)
    }

    /// Carries the operation out and resets the connection without an answer (RST). Processed.
    pub fn reset_after_processing() -> Self {
        Self::new(Effect::End { reset: true }, true)
    }

    /// Resets the next connection as soon as it is accepted, before any request. Not processed.
    /// Only [`Fault::times`], [`Fault::after`], [`Fault::always`] and [`Fault::sometimes`] apply;
    /// they count connections. Nothing is recorded but the connection.
    pub fn reset_on_accept() -> Self {
        Self::new(Effect::ResetOnAccept, false)
    }

    /// Reads the request and never answers; the connection stays open. Not processed.
    pub fn hang_before_processing() -> Self {
        Self::new(Effect::Hang, false)
    }

    /// Carries the operation out and never answers; the connection stays open. Processed.
    pub fn hang_after_processing() -> Self {
        Self::new(Effect::Hang, true)
    }

    /// Announces the whole body in `Content-Length`, sends half of it and closes. Processed.
    pub fn truncated_body() -> Self {
        Self::new(Effect::Truncate, true)
    }

    /// Announces the whole body in `Content-Length`, sends half of it and then nothing. Processed.
    pub fn stalled_body() -> Self {
        Self::new(Effect::Stall, true)
    }

    /// Answers with a body that begins as JSON and is none; the status stays. Processed.
    pub fn malformed_body() -> Self {
        Self::body("{\"resultCode\":\"SIM900\",", "application/json")
    }

    /// Answers with this body and content type; the operation's status stays. Processed.
    pub fn body(body: impl Into<Bytes>, content_type: impl Into<String>) -> Self {
        Self {
            body: Some(body.into()),
            content_type: Some(content_type.into()),
            ..Self::new(Effect::Body, true)
        }
    }

    /// For [`Fault::status`]: the body, sent as `application/json` unless a header says otherwise.
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// For [`Fault::answer`] and [`Fault::status`]: a member of the JSON result. `resultCode` and
    /// `resultMessage` take the place of the fault's own. A body from [`Fault::with_body`] wins.
    pub fn member(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.members.insert(name.into(), value.into());
        self
    }

    /// Adds a header to the answer. A name or value that HTTP does not allow is left out; a
    /// `content-type` takes the place of the answer's.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds `Retry-After`, in whatever form.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        self.header("retry-after", value)
    }

    /// Waits first, before anything else this fault does.
    pub fn delayed(mut self, duration: Duration) -> Self {
        self.delay = duration;
        self
    }

    /// Carries the operation out, whatever the constructor says.
    pub fn processed(mut self) -> Self {
        self.processed = true;
        self
    }

    /// Does not carry the operation out, whatever the constructor says. Where the fault needs an
    /// answer to spoil, it is a 200 with the code `SIM900`.
    pub fn unprocessed(mut self) -> Self {
        self.processed = false;
        self
    }

    /// Only requests for this operation.
    pub fn on(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Only requests whose raw path contains this text.
    pub fn on_path(mut self, part: impl Into<String>) -> Self {
        self.path = Some(part.into());
        self
    }

    /// Lets this many matching requests pass first. A request that an earlier fault takes is not seen
    /// by this one.
    pub fn after(mut self, requests: u64) -> Self {
        self.skip = requests;
        self
    }

    /// Applies to this many matching requests. Default: 1.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Applies to every matching request until [`Faults::clear`].
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Applies to each matching request with this probability (0 to 1), reproducibly from the seed.
    /// Combine it with [`Fault::always`] or [`Fault::times`].
    pub fn sometimes(mut self, probability: f64, seed: u64) -> Self {
        self.chance = Some(Chance::new(probability, seed));
        self
    }

    /// Begins to apply when this much time has passed on the simulator's clock since it was injected.
    pub fn starting_in(mut self, wait: Duration) -> Self {
        self.starting_in = wait;
        self
    }

    /// Applies to every matching request for this long on the simulator's clock. Follow it with
    /// [`Fault::times`] for at most so many of them.
    pub fn lasting(mut self, span: Duration) -> Self {
        self.lasting = Some(span);
        self.always()
    }

    fn matches(&self, operation: Option<Operation>, path: &str) -> bool {
        self.operation.is_none_or(|wanted| operation == Some(wanted))
            && self.path.as_deref().is_none_or(|part| path.contains(part))
    }

    /// Counts a matching request and says whether the fault applies to it.
    fn applies(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if self.times == Some(0) || !self.chance.as_mut().is_none_or(Chance::draw) {
            return false;
        }
        if let Some(times) = &mut self.times {
            *times -= 1;
        }
        true
    }
}

/// The faults that wait, in order; the first that applies to a request takes it.
#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Fault>,
    fired: u64,
}

/// The queue of faults of a simulator. Cheap to clone.
#[derive(Clone)]
pub struct Faults {
    queue: Arc<Mutex<Queue>>,
    clock: Arc<Clock>,
}

impl Faults {
    pub(super) fn new(clock: Arc<Clock>) -> Self {
        Self { queue: Arc::default(), clock }
    }

    /// Adds a fault to the end of the queue.
    pub fn inject(&self, mut fault: Fault) {
        let from = self.clock.elapsed().saturating_add(millis(fault.starting_in));
        fault.span = (from, fault.lasting.map(|span| from.saturating_add(millis(span))));
        locked(&self.queue).waiting.push_back(fault);
    }

    /// The number of faults that have not been used up.
    pub fn waiting(&self) -> usize {
        locked(&self.queue).waiting.len()
    }

    /// How often a fault applied.
    pub fn fired(&self) -> u64 {
        locked(&self.queue).fired
    }

    /// Removes every fault from the queue. A request that hangs keeps hanging.
    pub fn clear(&self) {
        locked(&self.queue).waiting.clear();
    }

    /// Removes every fault, and forgets how many there were.
    pub(super) fn reset(&self) {
        *locked(&self.queue) = Queue::default();
    }

    /// The fault for a request.
    pub(super) fn take(&self, operation: Option<Operation>, path: &str) -> Option<Fault> {
        self.pick(|fault| !matches!(fault.effect, Effect::ResetOnAccept) && fault.matches(operation, path))
    }

    /// Whether to reset a connection that was just accepted.
    pub(super) fn reset_on_accept(&self) -> bool {
        self.pick(|fault| matches!(fault.effect, Effect::ResetOnAccept)).is_some()
    }

    fn pick(&self, matches: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let elapsed = self.clock.elapsed();
        let mut queue = locked(&self.queue);
        queue.waiting.retain(|fault| fault.span.1.is_none_or(|until| elapsed < until));
        let mut waiting = queue.waiting.iter_mut().filter(|fault| fault.span.0 <= elapsed);
        let taken = waiting.find_map(|fault| (matches(fault) && fault.applies()).then(|| fault.clone()));
        queue.waiting.retain(|fault| fault.times != Some(0));
        queue.fired += u64::from(taken.is_some());
        taken
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults").field("waiting", &self.waiting()).field("fired", &self.fired()).finish()
    }
}

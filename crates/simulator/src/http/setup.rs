//! What a simulator starts with, and goes back to when it is reset.

use std::sync::Arc;

use serde_json::Value;

use super::dropped::DroppedAnswers;
use super::faults::Fault;
use super::limits::RateLimit;
use super::outages::Outage;
use crate::clock::Clock;
use crate::config::{Config, DEFAULT_BEARER, DEFAULT_SERVICE_ID, Switches};
use crate::operations::{Engine, Refused};
use crate::state::State;

#[derive(Debug, Clone)]
pub(crate) struct Setup {
    pub(crate) bearer: String,
    /// The services in order, with their own switches where they have some.
    pub(crate) services: Vec<(String, Option<Switches>)>,
    pub(crate) switches: Switches,
    pub(crate) tokens: Vec<PresentToken>,
    pub(crate) poison: Vec<String>,
    /// After how many items the next batches fail.
    pub(crate) failing_batches: Vec<usize>,
    pub(crate) clock_offset: i64,
    pub(crate) faults: Vec<Fault>,
    pub(crate) limits: Vec<RateLimit>,
    pub(crate) outages: Vec<Outage>,
    pub(crate) dropped_answers: DroppedAnswers,
}

/// A token that is there from the start.
#[derive(Debug, Clone)]
pub(crate) struct PresentToken {
    /// Where it was told, for complaints.
    pub(crate) origin: String,
    /// `None` for the first.
    pub(crate) service_id: Option<String>,
    /// A create request.
    pub(crate) request: Value,
}

/// A token that cannot be there, by its origin, and why.
pub(crate) type NoToken = (String, Refused);

impl Default for Setup {
    fn default() -> Self {
        Self {
            bearer: DEFAULT_BEARER.to_owned(),
            services: vec![(DEFAULT_SERVICE_ID.to_owned(), None)],
            switches: Switches::default(),
            tokens: Vec::new(),
            poison: Vec::new(),
            failing_batches: Vec::new(),
            clock_offset: 0,
            faults: Vec::new(),
            limits: Vec::new(),
            outages: Vec::new(),
            dropped_answers: DroppedAnswers::NONE,
        }
    }
}

impl Setup {
    /// The ID of the first service.
    pub(crate) fn service_id(&self) -> &str {
        self.services.first().map_or("", |(id, _)| id)
    }

    /// Puts the tokens in.
    pub(super) fn add_tokens(&self, engine: &Engine) -> Result<(), NoToken> {
        for PresentToken { origin, service_id, request } in &self.tokens {
            let service_id = service_id.as_deref().unwrap_or(self.service_id());
            engine.add_token(service_id, request.clone()).map_err(|refused| (origin.clone(), refused))?;
        }
        Ok(())
    }

    /// Says whether the tokens can be there.
    pub(crate) fn check(&self) -> Result<(), NoToken> {
        let engine = Engine::new(self.config(), self.state(), Arc::new(Clock::new(true)));
        self.add_tokens(&engine)
    }

    pub(super) fn config(&self) -> Config {
        let services = self.services.iter().map(|(id, own)| (Arc::from(id.as_str()), own.clone()));
        Config { services: services.collect(), switches: self.switches.clone() }
    }

    pub(super) fn state(&self) -> State {
        let mut state = State::new(self.poison.iter().cloned());
        self.failing_batches.iter().for_each(|after| state.batches.fail_next(*after));
        state
    }
}

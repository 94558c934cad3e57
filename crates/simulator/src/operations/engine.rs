//! Configuration, state and clock in one place, and the moment at which batches are applied.

use std::sync::Mutex;
use std::time::Duration;

use crate::clock::Clock;
use crate::config::Config;
use crate::lock::locked;
use crate::protocol::batch;
use crate::state::State;

/// What an operation works on.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) state: State,
    /// The time of this look, in Unix milliseconds.
    pub(crate) now: i64,
}

/// The simulated service without any HTTP.
#[derive(Debug)]
pub(crate) struct Engine {
    clock: Clock,
    world: Mutex<World>,
}

impl Engine {
    pub(crate) fn new(config: Config, state: State, clock: Clock) -> Self {
        Self { world: Mutex::new(World { config, state, now: clock.now() }), clock }
    }

    /// Applies what is due and gives access to everything.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let mut world = locked(&self.world);
        let World { config, state, now } = &mut *world;
        *now = self.clock.now();
        batch::settle(state, *now, config);
        act(&mut world)
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }
}

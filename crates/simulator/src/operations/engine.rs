//! Configuration, state and clock in one place, and the moment at which batches are applied.

use std::fmt;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::json::{Members, Misread, Object, fields_of, read_value};
use crate::lock::locked;
use crate::protocol::item::{self, Place, Violation};
use crate::protocol::token::{self, Creation};
use crate::protocol::{batch, codes};
use crate::state::{State, StoredToken, TokenRequest};

/// What an operation works on.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) state: State,
    /// When this look is.
    pub(crate) moment: Moment,
}

/// The simulated service without any HTTP.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) clock: Arc<Clock>,
    world: Mutex<World>,
}

/// Why a token cannot be put into the simulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    violation: Violation,
}

impl Refused {
    /// The code with which a request would be refused for the same reason.
    pub fn code(&self) -> &'static str {
        self.violation.code
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}", self.violation.code, self.violation.text)
    }
}

impl std::error::Error for Refused {}

impl From<Violation> for Refused {
    fn from(violation: Violation) -> Self {
        Self { violation }
    }
}

/// The members of a create request, which must be known and of the right types.
pub(crate) fn create_request(members: Members) -> Result<Value, Misread> {
    let known = fields_of::<TokenRequest>();
    if let Some(unknown) = members.0.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(Misread::new(unknown, format!("unknown field `{unknown}`")));
    }
    let request = Value::Object(members.0);
    read_value::<Object<TokenRequest>>(request.clone())?;
    Ok(request)
}

impl Engine {
    pub(crate) fn new(config: Config, state: State, clock: Arc<Clock>) -> Self {
        Self { world: Mutex::new(World { config, state, moment: clock.moment() }), clock }
    }

    /// Forgets everything and begins anew with these.
    pub(crate) fn reset(&self, config: Config, state: State) {
        *locked(&self.world) = World { config, state, moment: self.clock.moment() };
    }

    /// Applies what is due and gives access to everything.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let mut world = locked(&self.world);
        let World { config, state, moment } = &mut *world;
        *moment = self.clock.moment();
        batch::settle(state, *moment, config);
        act(&mut world)
    }

    /// Creates a token that nobody asked for over HTTP, from the members of a create request.
    pub(crate) fn add_token(&self, service_id: &str, request: Value) -> Result<StoredToken, Refused> {
        let item: Object<TokenRequest> = serde_json::from_value(request)
            .map_err(|_| Violation { code: codes::BAD_BODY, text: "it is not a create request." })?;
        self.with(|world| {
            let service_id = world
                .config
                .service(service_id)
                .ok_or(Violation { code: codes::UNKNOWN_SERVICE, text: "the service was not found." })?;
            let switches = world.config.switches(&service_id);
            let grant_type = item::check(&item.0, switches, Place::Alone)?;
            let now = world.moment.now;
            let creation = Creation { service_id: &service_id, batch: None, now, replace: false };
            let slot = token::create(&mut world.state, &creation, item.0, grant_type, switches)?;
            let unknown = Violation { code: codes::TOKEN_NOT_FOUND, text: "the token is gone." };
            world.state.store.get(slot).cloned().ok_or(unknown)
        })
        .map_err(Refused::from)
    }
}

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
use crate::state::{Claims, State, StoredToken, TokenRequest};

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
        let gone = Violation { code: codes::TOKEN_NOT_FOUND, text: "the token is gone." };
        let added = self.add_tokens(service_id, vec![request]).map_err(|(_, refused)| refused)?;
        added.into_iter().next().ok_or(gone.into())
    }

    /// Creates several, or none when one of them cannot be created: then it says which and why.
    pub(crate) fn add_tokens(
        &self,
        service_id: &str,
        requests: Vec<Value>,
    ) -> Result<Vec<StoredToken>, (usize, Refused)> {
        let at = |position| move |violation: Violation| (position, Refused::from(violation));
        let mut items = Vec::new();
        for (position, request) in requests.into_iter().enumerate() {
            let item: Object<TokenRequest> = serde_json::from_value(request).map_err(|_| {
                at(position)(Violation { code: codes::BAD_BODY, text: "it is not a create request." })
            })?;
            items.push(item.0);
        }
        self.with(|world| {
            let no_service = Violation { code: codes::UNKNOWN_SERVICE, text: "the service was not found." };
            let service_id = world.config.service(service_id).ok_or_else(|| at(0)(no_service))?;
            let switches = world.config.switches(&service_id);
            let mut claims = Claims::default();
            let mut checked = Vec::new();
            for (position, item) in items.into_iter().enumerate() {
                let grant_type = item::check(&item, switches, Place::Alone).map_err(at(position))?;
                let refresh_token = item::kept_refresh_token(&item, grant_type, switches, Place::Alone);
                let access_token = item.access_token.as_deref();
                let claimed = world.state.store.claim(&service_id, access_token, refresh_token, &mut claims);
                claimed.map_err(token::exists).map_err(at(position))?;
                checked.push((item, grant_type));
            }
            let now = world.moment.now;
            let creation = Creation { service_id: &service_id, batch: None, now, replace: false };
            let mut created = Vec::new();
            for (position, (item, grant_type)) in checked.into_iter().enumerate() {
                let slot = token::create(&mut world.state, &creation, item, grant_type, switches)
                    .map_err(at(position))?;
                created.extend(world.state.store.get(slot).cloned());
            }
            Ok(created)
        })
    }
}

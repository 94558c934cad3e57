//! Everything that is HTTP: sockets, routes, faults, payloads, the ledger of requests.

mod admission;
mod chance;
mod control;
mod dropped;
mod exchange;
mod faults;
mod forms;
mod ledger;
mod limits;
mod listening;
mod outages;
mod payload;
mod record;
mod reply;
mod router;
mod server;
mod setup;
mod shared;
mod socket;
mod target;

pub(crate) use control::PREFIX;
pub(crate) use dropped::DroppedAnswers;
pub use faults::{Fault, Faults};
pub use ledger::Ledger;
pub use limits::RateLimit;
pub use outages::Outage;
pub use record::RecordedRequest;
pub(crate) use server::{Ports, Running};
pub(crate) use setup::{PresentToken, Setup};
pub(crate) use shared::Shared;

//! Everything that is HTTP: sockets, routes, faults, payloads, the ledger of requests.

mod admission;
mod chance;
mod exchange;
mod faults;
mod gate;
mod ledger;
mod limits;
mod outages;
mod payload;
mod record;
mod reply;
mod router;
mod server;
mod shared;
mod socket;
mod target;

pub use faults::{Fault, Faults};
pub use ledger::Ledger;
pub use limits::RateLimit;
pub use outages::Outage;
pub use record::RecordedRequest;
pub(crate) use server::Running;
pub(crate) use shared::Shared;

//! Everything that is HTTP: sockets, routes, faults, payloads, the ledger of requests.

mod admission;
mod exchange;
mod faults;
mod ledger;
mod payload;
mod record;
mod router;
mod server;
mod shared;
mod socket;

pub use faults::{Fault, Faults};
pub use ledger::Ledger;
pub use record::RecordedRequest;
pub(crate) use server::Running;
pub(crate) use shared::Shared;

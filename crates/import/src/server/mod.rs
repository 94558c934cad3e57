//! Talking to the server: how to reach it, at what pace, what its answers mean, and which tokens it has.

mod access;
mod batches;
mod clock;
mod compare;
mod concurrent;
mod connect;
mod connection;
mod deletion;
mod diagnosis;
mod listing;
mod lookup;
mod options;
mod pace;
mod refusal;
mod retry;
mod wanted;

pub(crate) use batches::{BatchEnd, Sent, Waiting};
pub(crate) use clock::LARGE as LARGE_SKEW;
pub(crate) use connection::{Server, base_url, service_id};
pub(crate) use deletion::{Deletion, delete, delete_each};
pub(crate) use lookup::{Detail, Finder, Found};
pub(crate) use options::{ServerArgs, seconds};
pub(crate) use pace::RequestKind;
pub(crate) use refusal::{Refusal, printable, refusal};
pub(crate) use retry::Failure;
pub(crate) use wanted::Wanted;

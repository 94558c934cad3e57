//! Talking to the server: how to reach it, what its answers mean, and which tokens it has.

mod connection;
mod listing;
mod lookup;
mod options;
mod refusal;

pub(crate) use connection::{Server, service_id};
pub(crate) use lookup::{Finder, Found, Wanted};
pub(crate) use options::{ServerArgs, seconds};
pub(crate) use refusal::{Refusal, printable, refusal, says_not_found};

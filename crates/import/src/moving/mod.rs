//! Moving tokens: trying them with dry runs, sending them, and settling what went wrong.

mod context;
mod divide;
mod judge;
mod options;
mod probe;
mod rehearse;
mod send;
mod settle;

pub(crate) use context::Context;
pub(crate) use options::DeliveryArgs;
pub(crate) use rehearse::rehearse_all;
pub(crate) use settle::send_and_settle;

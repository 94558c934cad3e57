//! Moving tokens: trying them with dry runs, sending them, and settling what went wrong.

mod clocks;
mod context;
mod divide;
mod options;
mod probe;
mod rehearse;
mod renew;
mod send;
mod settle;
mod slow;
mod supersede;
mod verdict;

pub(crate) use clocks::settle_clocks;
pub(crate) use context::Context;
pub(crate) use options::DeliveryArgs;
pub(crate) use rehearse::rehearse_all;
pub(crate) use renew::renew;
pub(crate) use settle::send_and_settle;
pub(crate) use supersede::Superseded;
pub(crate) use verdict::wrong;

//! The rules, as functions: what they need, the time and the switches included, is given to them.

pub(crate) mod batch;
pub(crate) mod client;
pub(crate) mod codes;
pub(crate) mod introspection;
pub(crate) mod item;
mod proof;
pub(crate) mod token;

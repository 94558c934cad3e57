//! What carries requests: the built-in transport, tower services, closures, and those that misbehave.

mod bodies;
mod built_in;
mod dialling;
mod events;
mod keeping;
mod misbehaving;
mod pem;
mod progress;
#[cfg(feature = "proxy")]
mod proxy;
mod runtimes;
mod towers;
#[cfg(feature = "proxy")]
mod tunnel;

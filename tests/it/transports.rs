//! What carries requests: the built-in transport, tower services, closures, and those that misbehave.

mod bodies;
mod built_in;
mod keeping;
mod misbehaving;
mod progress;
mod runtimes;
mod towers;

//! Settings of the core and of a call, and what is refused.

mod builder;
mod call;
mod environment;
mod files;
mod shape;
mod tls;

//! Settings of the core and of a call, and what is refused.

mod builder;
mod call;
mod environment;
mod shape;
mod tls;

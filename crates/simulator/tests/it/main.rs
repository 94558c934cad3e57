//! The simulator as a client sees it, over plain sockets.

mod batches;
mod client;
mod code_flow;
mod configuration;
mod control;
mod faults;
mod forms;
mod nights;
mod operations;
mod program;
mod proof;
mod resource_server;
mod schema;
mod server;
mod tokens;

//! The simulator as a client sees it, over plain sockets.

mod batches;
mod client;
mod code_flow;
mod configuration;
mod consents;
mod control;
mod device_flow;
mod faults;
mod flows;
mod forms;
mod front_channel;
mod jwt_access_tokens;
mod malformed;
mod nights;
mod operations;
mod password;
mod program;
mod proof;
mod pushed_requests;
mod refresh;
mod resource_server;
mod revocation;
mod schema;
mod server;
mod tokens;
mod walks;

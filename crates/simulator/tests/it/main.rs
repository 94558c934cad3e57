//! The simulator as a client sees it, over plain sockets.

mod batches;
mod client;
mod faults;
mod nights;
mod program;
mod server;
mod tokens;

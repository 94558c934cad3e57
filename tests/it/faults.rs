//! The fault matrix. A test is named after its row and the fault.
//!
//! Every fault meets both operations: creating a batch, which must not happen twice, and asking for its status, which
//! may be repeated. Each is allowed three attempts; how many of them are made is what a row is about.

mod body;
mod cancel;
mod connect;
mod decode;
mod dropping;
mod exchange;
mod late;
mod namespaces;
mod status;
mod tls;
pub mod trial;

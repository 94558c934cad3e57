//! What users and the environment give as text, checked.

mod environment;
mod header;
mod host;
mod untrimmed;

pub(crate) use self::environment::environment;
pub(crate) use self::header::{add_header, parse_header};
#[cfg(feature = "hyper-client")]
pub(crate) use self::host::unbracketed;
pub(crate) use self::host::{is_host_and_port, is_this_machine};
pub(crate) use self::untrimmed::Untrimmed;

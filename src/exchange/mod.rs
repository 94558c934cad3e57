//! What is known of one exchange over HTTP: its operation, the head of its response, and whether it may have had an effect.

mod delivery;
pub(crate) mod http_date;
mod http_meta;
mod operation;

pub use self::delivery::Delivery;
pub(crate) use self::http_meta::HeaderNames;
pub use self::http_meta::HttpMeta;
pub(crate) use self::operation::{Operation, Replay};

//! Settings as data: what a program may read from a file of its own, in any format that serde reads.
//!
//! `Backoff`, `RetryConfig`, `WaitOptions`, `Timeouts`, `SizeLimits` and `Server` implement `Deserialize`. Every key may be left
//! out and then has its default; a key that is not known, or stands there twice, is an error that names it. A length of time is a
//! text of a whole number and its unit: `"500ms"`, `"10s"`, `"5m"`, `"1h"`.

mod duration;
mod keyed;
mod limits;
mod retries;
mod server;
mod timeouts;

pub(crate) use self::duration::WithUnit;
pub(crate) use self::keyed::{Keyed, KeyedVisitor, keyed};
pub use self::limits::SizeLimits;
pub use self::timeouts::Timeouts;

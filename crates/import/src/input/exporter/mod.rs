//! What exporters do to text and numbers.
//!
//! Databases, spreadsheets, data frames, document stores and scripts write values in ways of their own, and some of these change
//! what a value says. Every field of every format is asked here, and each such way is either read for what it means, refused
//! with its reason, or noted. The README has the table of these decisions.

mod escapes;
mod hashes;
mod json;
mod numbers;
mod text;
mod times;
mod typed;

pub(crate) use escapes::{Escape, Unescaped};
pub(crate) use hashes::Share;
pub(super) use json::{BYTE_ORDER_MARK, why_not_json};
pub(super) use numbers::whole;
pub(crate) use text::damage;
pub(super) use text::is_missing;
pub(crate) use times::Zone;
pub(super) use times::{milliseconds_of_date, to_milliseconds};
pub(super) use typed::{Unit, whole_of_json};

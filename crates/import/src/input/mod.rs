//! Reading and checking a file.

mod duplicates;
mod file;
pub(crate) mod hash;
mod lifetimes;
mod nested;
mod options;
mod reader;
mod record;
mod rules;
mod scan;
mod shard;
mod source;
mod table;

pub(crate) use file::{Format, Input};
pub(crate) use lifetimes::Lifetimes;
pub(crate) use options::FileArgs;
pub(crate) use reader::{Reader, Row};
pub(crate) use record::{Problem, Record};
pub(crate) use scan::{Seen, Sink, scan};
pub(crate) use shard::Shard;
pub(crate) use source::Fingerprint;

//! Reading and checking a file.

mod columns;
mod duplicates;
mod file;
mod format;
pub(crate) mod hash;
mod hazards;
mod lifetimes;
mod lines;
mod nested;
mod options;
mod quoting;
mod reader;
mod record;
mod rules;
mod sample;
mod scan;
mod shard;
mod source;
mod space;
mod table;
mod times;
mod tokens;
mod utf16;
mod values;

pub(crate) use duplicates::{Duplicates, Kind};
pub(crate) use file::Input;
pub(crate) use format::Format;
pub(crate) use lifetimes::Lifetimes;
pub(crate) use options::{FileArgs, ReadingArgs};
pub(crate) use reader::{Reader, Row};
pub(crate) use record::{Problem, Record};
pub(crate) use sample::Sample;
pub(crate) use scan::{Seen, Sink, scan};
pub(crate) use shard::Shard;
pub(crate) use source::Fingerprint;

//! What has been done, so that it can be gone on with after any interruption.

mod chunks;
mod draft;
mod options;
mod outcomes;
mod records;
mod store;
mod subject;
mod words;

pub(crate) use chunks::{Child, Chunk, Member, Scope, Settlement};
pub(crate) use draft::Draft;
pub(crate) use options::{JournalArgs, journal_path, sample_journal_path};
pub(crate) use outcomes::{Fate, Outcomes};
pub(crate) use records::Counts;
pub(crate) use store::Journal;
pub(crate) use subject::Subject;
pub(crate) use words::{EXPIRED, State, Verdict};

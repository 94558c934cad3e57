//! What has been done, so that it can be gone on with after any interruption.

mod chunks;
mod draft;
mod findings;
mod lock;
mod options;
mod outcomes;
mod records;
mod replan;
mod states;
mod store;
mod subject;

pub(crate) use chunks::{Child, Chunk, Member, Scope, Settlement};
pub(crate) use draft::Draft;
pub(crate) use findings::Finding;
pub(crate) use lock::beside;
pub(crate) use options::{JournalArgs, journal_path, sample_journal_path};
pub(crate) use outcomes::Outcomes;
pub(crate) use records::{Counts, Reason};
pub(crate) use states::{ChunkState, DISPUTED, EXPIRED, Flaw, IN_DOUBT, KNOWN_REFRESH_TOKEN, Outcome};
pub(crate) use store::Journal;
pub(crate) use subject::{Endpoint, Subject};

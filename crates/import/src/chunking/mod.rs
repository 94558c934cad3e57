//! Chunks: which records go together, and how they become requests.

mod batch;
mod chunker;
mod job;

pub(crate) use batch::{Batch, load_members, next_record};
pub(crate) use chunker::Chunker;
pub(crate) use job::{Job, place, sampled};

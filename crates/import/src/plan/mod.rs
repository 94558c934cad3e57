//! Planning: which records go together, and how they become requests.

mod batch;
mod book;
mod planner;

pub(crate) use batch::{Batch, load_members, next_record};
pub(crate) use book::{Book, place, sampled};
pub(crate) use planner::Planner;

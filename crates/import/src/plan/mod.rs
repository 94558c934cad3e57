//! Planning: which records go together, and how they become requests.

mod batch;
mod book;
mod planner;

pub(crate) use batch::{Batch, next_record};
pub(crate) use book::Book;
pub(crate) use planner::Planner;

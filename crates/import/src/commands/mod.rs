//! The subcommands.

pub(crate) mod check;
pub(crate) mod cli;
mod conclusion;
mod confirm;
pub(crate) mod delete;
mod lines;
pub(crate) mod merge;
mod metrics;
mod notes;
mod output;
pub(crate) mod reconcile;
mod rejects;
mod repair;
pub(crate) mod report;
pub(crate) mod rollback;
pub(crate) mod run;
pub(crate) mod status;
mod summary;
mod unsaved;
pub(crate) mod verify;

//! The subcommands.

pub(crate) mod check;
pub(crate) mod cli;
mod conclusion;
pub(crate) mod reconcile;
pub(crate) mod report;
pub(crate) mod rollback;
pub(crate) mod run;
pub(crate) mod verify;

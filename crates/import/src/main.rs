#![doc = include_str!("../README.md")]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod chunking;
mod clock;
mod commands;
mod count;
mod exit_code;
mod flow;
mod input;
mod journal;
mod memory;
mod moving;
mod owner_only;
mod server;
mod stop;
mod terminal;

use std::future::Future;
use std::process::ExitCode;

use clap::Parser;

use crate::commands::cli::{Cli, Command};
use crate::commands::{check, delete, merge, reconcile, report, rollback, run, status, verify};
use crate::exit_code::{ALL, NOT_ALL, NOT_FINISHED};
use crate::stop::Stop;
use crate::terminal::{complain, is_all_said};

fn main() -> ExitCode {
    memory::keep_private();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors.
            let code = if error.use_stderr() { NOT_FINISHED } else { ALL };
            let _ = error.print();
            return code.into();
        }
    };
    let outcome = match &cli.command {
        Command::Check(args) => check::check(args),
        Command::Run(args) => block_on(run::run(args)),
        Command::Reconcile(args) => block_on(reconcile::reconcile(args)),
        Command::Verify(args) => block_on(verify::verify(args)),
        Command::Status(args) => status::status(args),
        Command::Report(args) => report::report(args),
        Command::Merge(args) => merge::merge(args),
        Command::Delete(args) => block_on(delete::delete(args)),
        Command::Rollback(args) => block_on(rollback::rollback(args)),
    };
    match outcome {
        Ok(_) if !is_all_said() => {
            complain("authlete-import: what there was to say could not be written to stdout");
            NOT_FINISHED.into()
        }
        Ok(true) => ALL.into(),
        Ok(false) => NOT_ALL.into(),
        Err(stop) => {
            complain(&format!("authlete-import: {stop}"));
            NOT_FINISHED.into()
        }
    }
}

/// One thread is enough: the work is waiting.
fn block_on<T>(work: impl Future<Output = Result<T, Stop>>) -> Result<T, Stop> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop::during("cannot start", error))?
        .block_on(work)
}

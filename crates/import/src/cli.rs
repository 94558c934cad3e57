//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::input::Format;
use crate::shard::Shard;

/// Moves live tokens from a file into Authlete.
///
/// The bearer and the service come from the environment: AUTHLETE_BEARER, AUTHLETE_SERVICE_ID, and AUTHLETE_BASE_URL if
/// it is not the cluster in the United States.
#[derive(Parser)]
#[command(
    name = "authlete-import",
    version,
    after_help = "Exit codes: 0 everything is there; 1 could not finish; 2 finished, some records are not there."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Look for records that cannot be moved, offline.
    Check(CheckArgs),
    /// Move the tokens. After an interruption of any kind, run it again.
    Run(RunArgs),
    /// Settle the batches that failed or whose outcome is not known, and start no others.
    Reconcile(ReconcileArgs),
    /// Ask Authlete whether the tokens are there.
    Verify(VerifyArgs),
    /// Tell what became of each record.
    Report(ReportArgs),
    /// Delete what this import has created.
    Rollback(RollbackArgs),
}

#[derive(Args)]
pub(crate) struct FileArgs {
    /// The tokens: JSON lines, or CSV with a header.
    pub(crate) file: PathBuf,
    /// How to read the file [default: csv if its name ends so, else jsonl].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Only one part of the records, such as 3/8. Parts never overlap.
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Write JSON lines to stdout, for machines.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct JournalArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// Where the journal is [default: beside the file].
    #[arg(long, value_name = "PATH")]
    pub(crate) journal: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// How many problems to show; 0 for all.
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub(crate) limit: u64,
}

#[derive(Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
    /// The most records in a batch.
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) chunk_records: u64,
    /// About how many bytes a batch may have.
    #[arg(long, default_value_t = 1 << 20, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) chunk_bytes: u64,
    /// Do not try the whole file with dry runs first.
    #[arg(long)]
    pub(crate) skip_dry_run: bool,
    /// Leave out the records that the check or the dry run finds at fault, instead of stopping before anything is created.
    #[arg(long)]
    pub(crate) skip_invalid: bool,
}

#[derive(Args)]
pub(crate) struct ReconcileArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
}

#[derive(Args, Clone)]
pub(crate) struct ServerArgs {
    /// How long a request may take, in seconds.
    #[arg(long, default_value = "60", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// How to find out which tokens exist.
    #[arg(long, default_value = "auto", value_name = "HOW")]
    pub(crate) lookup: Lookup,
    /// How many requests for single tokens at a time.
    #[arg(long, default_value_t = 8, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) lookups: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lookup {
    /// By introspection; by the list of tokens where introspection would fail, or could delete them.
    Auto,
    /// By introspection also where it is not known whether a token has expired, and would be deleted.
    Introspection,
    /// By the list of tokens always.
    List,
}

#[derive(Args, Clone)]
pub(crate) struct DeliveryArgs {
    /// How many batches at a time.
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) concurrency: u16,
    /// How long a batch that may have been accepted is left to finish before its missing tokens count as missing, in
    /// seconds.
    #[arg(long, default_value = "60", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) settle: Duration,
    /// How long to wait for the result of a batch, in seconds.
    #[arg(long, default_value = "3600", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) batch_timeout: Duration,
    /// How long a new batch may be unknown to the server, in seconds.
    #[arg(long, default_value = "30", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) grace: Duration,
    /// Stop when the server has rejected more records than this.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) max_rejected: u64,
}

#[derive(Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How many tokens to look at, spread evenly over the file.
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) sample: u64,
    /// Look at all tokens.
    #[arg(long, conflicts_with = "sample")]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    /// How to write the report.
    #[arg(long = "as", default_value = "csv", value_name = "FORMAT")]
    pub(crate) layout: Layout,
    /// Where to write it [default: stdout].
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// Comma-separated values with a header.
    Csv,
    /// One JSON object per line.
    Json,
}

#[derive(Args)]
pub(crate) struct RollbackArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || "must be a number of seconds".to_owned();
    Duration::try_from_secs_f64(text.parse().map_err(|_| wrong())?).map_err(|_| wrong())
}

//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::input::{FileArgs, ReadingArgs, Shard};
use crate::journal::JournalArgs;
use crate::moving::DeliveryArgs;
use crate::server::ServerArgs;

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
    /// Tell where an import stands, also while a run is under way.
    Status(StatusArgs),
    /// Tell what became of each record.
    Report(ReportArgs),
    /// Make one report of several, such as those of the shards of a file.
    Merge(MergeArgs),
    /// Delete what this import has created.
    Rollback(RollbackArgs),
    /// Delete the tokens of a file, such as those that were revoked at the old server.
    Delete(DeleteArgs),
}

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// How many problems to show; 0 for all.
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub(crate) limit: u64,
    /// Treat expired records as problems.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write the records with problems to a file, in the format of the input, to be fixed.
    #[arg(long, value_name = "PATH")]
    pub(crate) rejects: Option<PathBuf>,
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
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) chunk_records: u64,
    /// About how many bytes a batch may have.
    #[arg(long, default_value_t = 1 << 20, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1 << 30))]
    pub(crate) chunk_bytes: u64,
    /// Move again what the last verification found missing.
    #[arg(long)]
    pub(crate) repair: bool,
    /// Send again what the server rejected, or what was in conflict.
    #[arg(long)]
    pub(crate) retry_rejected: bool,
    /// Delete what the import of this journal created, where the file has its refresh token with a newer access token that is
    /// sent next. May be repeated.
    #[arg(long, value_name = "JOURNAL")]
    pub(crate) supersede: Vec<PathBuf>,
    /// Do not try the whole file with dry runs first.
    #[arg(long)]
    pub(crate) skip_dry_run: bool,
    /// Leave out the records that the check or the dry run finds at fault, instead of stopping before anything is created.
    #[arg(long)]
    pub(crate) skip_invalid: bool,
    /// The same for so many records at most. If there are more, nothing is created.
    #[arg(long, value_name = "N")]
    pub(crate) max_invalid: Option<u64>,
    /// Treat expired records as problems, and as missing at the end.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Move so many records alone, spread evenly over the file: a rehearsal, with a journal of its own.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) sample: Option<u64>,
    /// Write the records that were rejected to a file, in the format of the input, to be fixed and moved on their own.
    #[arg(long, value_name = "PATH")]
    pub(crate) rejects: Option<PathBuf>,
    /// Write to this file where the import stands, for Prometheus, every few seconds.
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ReconcileArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
    /// Write to this file where the import stands, for Prometheus, every few seconds.
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics: Option<PathBuf>,
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
    /// Judge by the tokens that have been moved, as beside a run: what has not been yet is not missed.
    #[arg(long)]
    pub(crate) settled: bool,
    /// Write to this file where the import stands, for Prometheus, every few seconds.
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
    /// How to write the report.
    #[arg(long = "as", default_value = "csv", value_name = "FORMAT")]
    pub(crate) layout: ReportLayout,
    /// Where to write it [default: stdout].
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Name tokens by their HMAC-SHA-256 under the key in this file, instead of their SHA-256.
    #[arg(long, value_name = "PATH")]
    pub(crate) key_file: Option<PathBuf>,
    /// Write the records that were rejected to another file, in the format of the input.
    #[arg(long, value_name = "PATH")]
    pub(crate) rejects: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct MergeArgs {
    /// The reports, each with its summary beside it, as `report --output` has written them.
    #[arg(required = true, value_name = "REPORT")]
    pub(crate) reports: Vec<PathBuf>,
    /// How to write the report of all.
    #[arg(long = "as", default_value = "csv", value_name = "FORMAT")]
    pub(crate) layout: ReportLayout,
    /// Where to write it [default: only its summary is shown].
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Write JSON lines to stdout, for machines.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportLayout {
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

#[derive(Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,
}

#[derive(Args)]
pub(crate) struct DeleteArgs {
    /// The tokens, as for an import; a record needs its access token alone.
    #[arg(value_name = "FILE", required_unless_present = "named")]
    path: Option<PathBuf>,
    /// The same.
    #[arg(long = "file", id = "named", value_name = "FILE", conflicts_with = "path")]
    named: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Only one part of the records, such as 3/8. Parts never overlap.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Write JSON lines to stdout, for machines.
    #[arg(long)]
    json: bool,
    /// Where the journal is [default: beside the file].
    #[arg(long, value_name = "PATH")]
    pub(crate) journal: Option<PathBuf>,
    /// AUTHLETE_BASE_URL is another name of the server that the journal is about.
    #[arg(long)]
    pub(crate) same_server: bool,
    /// Delete without a question, if exactly so many tokens are to be deleted.
    #[arg(long, value_name = "COUNT")]
    pub(crate) yes: Option<u64>,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

impl DeleteArgs {
    pub(crate) fn file(&self) -> FileArgs {
        FileArgs {
            file: self.path.clone().or_else(|| self.named.clone()).unwrap_or_default(),
            reading: self.reading.clone(),
            shard: self.shard,
            json: self.json,
        }
    }
}

//! What the command line says of the file.

use std::path::PathBuf;

use clap::Args;

use super::file::Format;
use super::shard::Shard;

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

//! What the command line says of the journal.

use std::path::PathBuf;

use clap::Args;

use crate::input::FileArgs;

#[derive(Args)]
pub(crate) struct JournalArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// Where the journal is [default: beside the file].
    #[arg(long, value_name = "PATH")]
    pub(crate) journal: Option<PathBuf>,
    /// AUTHLETE_BASE_URL is another name of the server that the journal is about, and takes the place of the former.
    #[arg(long)]
    pub(crate) same_server: bool,
}

/// Where the journal of a file is.
pub(crate) fn journal_path(args: &JournalArgs) -> PathBuf {
    sample_journal_path(args, None)
}

/// Where the journal of a sample of so many records is.
pub(crate) fn sample_journal_path(args: &JournalArgs, sample: Option<u64>) -> PathBuf {
    args.journal.clone().unwrap_or_else(|| {
        let mut name = args.file.file.clone().into_os_string();
        if let Some(shard) = args.file.shard {
            name.push(format!(".{}", shard.suffix()));
        }
        if let Some(sample) = sample {
            name.push(format!(".sample-{sample}"));
        }
        name.push(".journal");
        name.into()
    })
}

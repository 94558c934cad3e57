//! The formats of a file.

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// JSON objects: one per line, one after another, or in one array.
    #[value(alias = "json")]
    Jsonl,
    /// Comma-separated values (RFC 4180) with a header of field names.
    Csv,
}

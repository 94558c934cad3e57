//! What the command line says of the file.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};

use super::exporter::Escape;
use super::fields::known;
use super::format::Format;
use super::mapping::{NameMap, ValueMap};
use super::shard::Shard;

#[derive(Args, Clone)]
pub(crate) struct FileArgs {
    /// The tokens: JSON, or CSV with a header, either packed with gzip if you like.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Only one part of the records, such as 3/8. Parts never overlap.
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Write JSON lines to stdout, for machines.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How a file is to be read.
#[derive(Args, Clone, Default)]
pub(crate) struct ReadingArgs {
    /// A TOML file that says how to read the file, in place of the options that do. The journal keeps it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "delimiter", "escape", "map", "map_values"])]
    pub(crate) plan: Option<PathBuf>,
    /// How to read the file [default: csv if its name ends in csv or tsv, else jsonl].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// What separates the columns of a CSV file: , ; | or tab [default: a comma, or tab if the name ends in tsv].
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,
    /// In which database's text format the file is: what a backslash means in it. Quotation marks then mean nothing.
    #[arg(long, value_name = "DIALECT")]
    pub(crate) escape: Option<Escape>,
    /// Which field a column of CSV or a member of JSON holds, if that is not its name; - passes over it. May be repeated.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub(crate) map: Vec<NameMap>,
    /// What the values of a field stand for: a CSV file without a header, of values and what they become. May be repeated.
    #[arg(long, value_name = "FIELD=PATH", value_parser = OsStringValueParser::new().try_map(ValueMap::try_from))]
    pub(crate) map_values: Vec<ValueMap>,
    /// Take the text of a field as it is, though it looks as if an exporter had changed it. May be repeated.
    #[arg(long, value_name = "FIELD", value_parser = field)]
    pub(crate) literal: Vec<&'static str>,
    /// The values that look like hashes are what clients present.
    #[arg(long)]
    pub(crate) these_are_tokens: bool,
}

impl ReadingArgs {
    /// Whether anything is said that a plan says, too.
    pub(super) fn is_told(&self) -> bool {
        self.format.is_some()
            || self.delimiter.is_some()
            || self.escape.is_some()
            || !self.map.is_empty()
            || !self.map_values.is_empty()
    }
}

fn field(text: &str) -> Result<&'static str, &'static str> {
    known(text.as_bytes()).map(|(field, _)| field).ok_or("names no known field")
}

/// A separator from the command line.
pub(super) fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        "," | ";" | "|" => text.bytes().next().ok_or(""),
        _ => Err("must be one of , ; | and tab"),
    }
}

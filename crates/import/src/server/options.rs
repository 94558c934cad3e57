//! What the command line says of the server.

use std::time::Duration;

use clap::{Args, ValueEnum};

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

/// A number of seconds, perhaps with a fraction.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || "must be a number of seconds".to_owned();
    Duration::try_from_secs_f64(text.parse().map_err(|_| wrong())?).map_err(|_| wrong())
}

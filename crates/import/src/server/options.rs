//! What the command line says of the server.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::access::AccessArgs;
use crate::input::Rates;

#[derive(Args, Clone)]
pub(crate) struct ServerArgs {
    /// How long a request may take, in seconds.
    #[arg(long, default_value = "60", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// How to find out which tokens exist.
    #[arg(long, default_value = "auto", value_name = "HOW")]
    pub(crate) lookup: Lookup,
    /// How many requests for single tokens at a time, at most [default: 8].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) lookups: Option<u16>,
    /// Whose clock counts where they differ by more than a minute [default: the one by which the server creates].
    #[arg(long, value_name = "WHOSE")]
    pub(crate) clock: Option<WhichClock>,
    #[command(flatten)]
    pub(crate) access: AccessArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    #[command(flatten)]
    pub(crate) compare: CompareArgs,
}

impl ServerArgs {
    /// With the rates of a plan where the command line says nothing.
    pub(crate) fn at(&self, rates: Rates) -> Self {
        let mut args = self.clone();
        args.lookups = args.lookups.or(rates.lookups);
        args.pace.rate = args.pace.rate.or(rates.rate);
        args
    }

    pub(super) fn lookups(&self) -> u16 {
        self.lookups.unwrap_or(8)
    }
}

#[derive(Args, Clone)]
pub(crate) struct PaceArgs {
    /// How many requests a second, of whatever kind, at most [default: as many as the server takes].
    #[arg(long, value_name = "N", value_parser = rate)]
    pub(crate) rate: Option<f64>,
    /// How long to go on trying while the server takes nothing, in seconds or as 30m or 6h; 0 gives up after ten tries.
    #[arg(long, default_value = "6h", value_name = "TIME", value_parser = span)]
    pub(crate) retry_for: Duration,
}

#[derive(Args, Clone, Copy)]
pub(crate) struct CompareArgs {
    /// How far the expiry of a token may be from its record's, in seconds.
    #[arg(long, default_value = "120", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) expiry_tolerance: Duration,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhichClock {
    /// The server's, as its answers tell it.
    Server,
    /// This machine's.
    Machine,
}

/// A number of seconds, perhaps with a fraction.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || "must be a number of seconds".to_owned();
    Duration::try_from_secs_f64(text.parse().map_err(|_| wrong())?).map_err(|_| wrong())
}

/// A number of seconds, minutes or hours.
fn span(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(number) => (number, text.get(number.len()..).unwrap_or_default()),
        None => (text, "s"),
    };
    let factor = match unit {
        "h" => 3_600,
        "m" => 60,
        _ => 1,
    };
    let wrong = |_| "must be a number of seconds, or like 30m or 6h".to_owned();
    seconds(number).map(|span| span.saturating_mul(factor)).map_err(wrong)
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().unwrap_or_default();
    if (0.001..=1e6).contains(&rate) { Ok(rate) } else { Err("must be a number above 0".to_owned()) }
}

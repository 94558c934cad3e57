//! What the command line says of moving.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::input::Rates;
use crate::server::seconds;

#[derive(Args, Clone)]
pub(crate) struct DeliveryArgs {
    /// How many batches at a time, at most [default: 4].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    concurrency: Option<u16>,
    /// How long to leave a possibly accepted batch alone before its missing tokens count as missing, in seconds.
    #[arg(long, default_value = "60", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) settle: Duration,
    /// How long to wait for the result of a batch, in seconds.
    #[arg(long, default_value = "3600", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) batch_timeout: Duration,
    /// How long to accept that the server does not know a new batch, in seconds.
    #[arg(long, default_value = "30", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) grace: Duration,
    /// How many tokens of each batch to look at once it has succeeded; 0 for none.
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub(crate) probe: u16,
    /// How to treat a token that already exists and matches its record.
    #[arg(long, default_value = "equal", value_name = "HOW")]
    pub(crate) existing: Existing,
    /// Stop once the server has rejected more records than this.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) max_rejected: u64,
}

impl DeliveryArgs {
    /// With the rates of a plan where the command line says nothing.
    pub(crate) fn at(&self, rates: Rates) -> Self {
        Self { concurrency: self.concurrency.or(rates.concurrency), ..self.clone() }
    }

    pub(crate) fn concurrency(&self) -> u16 {
        self.concurrency.unwrap_or(4)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Existing {
    /// Accept it: the record need not be moved.
    Equal,
    /// Report a conflict, as for one that differs.
    Fail,
}

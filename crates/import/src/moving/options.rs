//! What the command line says of moving.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::server::seconds;

#[derive(Args, Clone)]
pub(crate) struct DeliveryArgs {
    /// How many batches at a time, at most.
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
    /// What to make of a token that is there already, and as its record says.
    #[arg(long, default_value = "equal", value_name = "HOW")]
    pub(crate) existing: Existing,
    /// Stop when the server has rejected more records than this.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(crate) max_rejected: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Existing {
    /// It is fine: the record need not be moved.
    Equal,
    /// It is in conflict with its record, like one that differs.
    Fail,
}

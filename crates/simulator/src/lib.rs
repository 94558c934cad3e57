#![doc = include_str!("../README.md")]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

// Arrows go down: simulator and builder -> http -> operations -> protocol -> state. What stands beside
// them (config, clock, json, lock) knows none of them.
mod builder;
mod clock;
mod config;
mod file;
mod http;
mod json;
mod lock;
mod operations;
mod protocol;
mod simulator;
mod state;

pub use builder::Builder;
pub use config::{
    Client, DEFAULT_BEARER, DEFAULT_SERVICE_ID, FailedTokenCount, PartialApplication, PendingResult,
    RefreshTokens, SingleAccessToken, Switches, UnknownMembers, UpdateSemantics, Validation,
};
pub use http::{Fault, Faults, Ledger, Outage, RateLimit, RecordedRequest};
pub use json::Misread;
pub use operations::{Operation, Refused};
pub use simulator::Simulator;
pub use state::{
    BatchRecord, BatchState, DeletedToken, Deletion, FlowEnd, FlowKind, FlowRecord, GrantType, Property,
    StoredToken, TokenExtra,
};

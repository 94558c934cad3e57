//! What the steps of an import share.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::options::DeliveryArgs;
use super::slow::Slow;
use super::supersede::Superseded;
use crate::chunking::Job;
use crate::flow::Flow;
use crate::server::{Finder, Server, ServerArgs, Waiting};

/// All that sending and settling need.
pub(crate) struct Context {
    pub(crate) job: Job,
    pub(crate) server: Arc<Server>,
    pub(crate) finder: Finder,
    pub(crate) flow: Flow,
    pub(crate) delivery: DeliveryArgs,
    /// How long a request may take.
    pub(crate) timeout: std::time::Duration,
    /// What makes way for records of this import.
    pub(crate) superseded: Superseded,
    /// The batches whose results take long.
    pub(super) slow: Slow,
    /// Whether it has been said whose clock counts.
    pub(super) is_clock_settled: bool,
    /// Whether it has been said that the server does not tell of all tokens.
    pub(super) has_noted_unclear: AtomicBool,
}

impl Context {
    pub(crate) fn new(
        job: Job,
        server: Arc<Server>,
        flow: &Flow,
        args: &ServerArgs,
        delivery: &DeliveryArgs,
        superseded: Superseded,
    ) -> Arc<Self> {
        Arc::new(Self {
            job,
            finder: Finder::new(&server, args),
            server,
            flow: flow.clone(),
            delivery: delivery.clone(),
            timeout: args.timeout,
            superseded,
            slow: Slow::default(),
            is_clock_settled: args.clock.is_some(),
            has_noted_unclear: AtomicBool::new(false),
        })
    }

    pub(super) fn waiting(&self) -> Waiting {
        Waiting { pending: self.delivery.batch_timeout, grace: self.delivery.grace }
    }
}

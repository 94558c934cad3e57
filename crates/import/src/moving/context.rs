//! What the steps of an import share.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::options::DeliveryArgs;
use crate::flow::Flow;
use crate::plan::Book;
use crate::server::{Finder, Server, ServerArgs, Waiting};

/// All that sending and settling need.
pub(crate) struct Context {
    pub(crate) book: Book,
    pub(crate) server: Arc<Server>,
    pub(crate) finder: Finder,
    pub(crate) flow: Flow,
    pub(crate) delivery: DeliveryArgs,
    /// How long a request may take.
    pub(crate) timeout: std::time::Duration,
    /// Whether tokens of this run have been looked at.
    pub(super) is_probed: AtomicBool,
}

impl Context {
    pub(crate) fn new(
        book: Book,
        server: Arc<Server>,
        flow: &Flow,
        args: &ServerArgs,
        delivery: &DeliveryArgs,
    ) -> Arc<Self> {
        Arc::new(Self {
            book,
            finder: Finder::new(&server, args),
            server,
            flow: flow.clone(),
            delivery: delivery.clone(),
            timeout: args.timeout,
            is_probed: AtomicBool::new(false),
        })
    }

    pub(super) fn waiting(&self) -> Waiting {
        Waiting { pending: self.delivery.batch_timeout, grace: self.delivery.grace }
    }
}

//! What the steps of an import share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::options::DeliveryArgs;
use crate::plan::Book;
use crate::server::{Finder, Server, ServerArgs};

/// All that sending and settling need.
pub(crate) struct Context {
    pub(crate) book: Book,
    pub(crate) server: Server,
    pub(crate) finder: Finder,
    pub(crate) delivery: DeliveryArgs,
    /// How long a request may take.
    pub(crate) timeout: Duration,
    /// Turns true when something has made the import stop.
    pub(crate) stopping: watch::Sender<bool>,
}

impl Context {
    pub(crate) fn new(book: Book, server: Server, args: &ServerArgs, delivery: &DeliveryArgs) -> Arc<Self> {
        let (stopping, _) = watch::channel(false);
        let finder = Finder::new(args.lookup);
        Arc::new(Self { book, server, finder, delivery: delivery.clone(), timeout: args.timeout, stopping })
    }
}

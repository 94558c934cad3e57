//! Everything a service remembers.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::batch::Batches;
use crate::config::Config;
use crate::digest::Opaque;
use crate::store::Store;

/// Tokens, batches and what names them.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) batches: Batches,
    pub(crate) opaque: Opaque,
    pub(crate) now: i64,
    services: BTreeSet<Arc<str>>,
}

impl State {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            store: Store::default(),
            batches: Batches::new(&config.poison),
            opaque: Opaque::new(),
            now: 0,
            services: config.services.iter().map(|id| Arc::from(id.as_str())).collect(),
        }
    }

    /// Applies the batches that are due and remembers what time it is.
    pub(crate) fn settle(&mut self, now: i64, config: &Config) {
        self.now = now;
        self.batches.settle(&mut self.store, now, config, &self.opaque);
    }

    /// The service with this ID.
    pub(crate) fn service(&self, id: &str) -> Option<Arc<str>> {
        self.services.get(id).map(Arc::clone)
    }
}

//! What the server, the simulator and its handles share.

use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use super::faults::Faults;
use super::record::RecordedRequest;
use crate::lock::locked;
use crate::operations::Engine;

pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) bearer: String,
    pub(crate) faults: Faults,
    pub(super) requests: Mutex<Vec<RecordedRequest>>,
    pub(super) accepted: AtomicUsize,
    pub(super) open: AtomicUsize,
}

impl Shared {
    pub(crate) fn new(engine: Engine, bearer: String) -> Self {
        Self {
            engine,
            bearer,
            faults: Faults::default(),
            requests: Mutex::default(),
            accepted: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        }
    }

    /// Adds to what is recorded of a request.
    pub(super) fn record(&self, index: usize, change: impl FnOnce(&mut RecordedRequest)) {
        if let Some(request) = locked(&self.requests).get_mut(index) {
            change(request);
        }
    }
}

//! What the server has seen, in its own words.

use std::collections::HashMap;
use std::sync::Mutex;

/// A number below `limit` that depends on the seed and on what it is for, and on nothing else.
pub fn draw(seed: u64, what: &str, limit: u64) -> u64 {
    // FNV-1a, then the finalizer of SplitMix64.
    let hash = what.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash ^ (hash >> 31)) % limit
}

#[derive(Default)]
struct Entry {
    seen: u64,
    done: u64,
    refused: u64,
}

/// How often each request was seen, done and refused.
pub struct Ledger {
    /// What decides about faults, if there are to be any.
    seed: Option<u64>,
    entries: Mutex<HashMap<String, Entry>>,
}

impl Ledger {
    pub fn new(seed: u64) -> Self {
        Self { seed: Some(seed), entries: Mutex::default() }
    }

    /// One of a server that does as it is told.
    pub fn calm() -> Self {
        Self { seed: None, entries: Mutex::default() }
    }

    /// A number below `limit`: the greatest, which stands for no fault, where there are to be none.
    fn draw(&self, what: &str, limit: u64) -> u64 {
        self.seed.map_or(limit - 1, |seed| draw(seed, what, limit))
    }

    fn with<T>(&self, id: &str, change: impl FnOnce(&mut Entry) -> T) -> T {
        change(self.entries.lock().unwrap().entry(id.to_owned()).or_default())
    }

    /// A number below `limit` that decides about the request, the first time it is seen, the second, and so on.
    pub fn see(&self, id: &str, limit: u64) -> u64 {
        let seen = self.with(id, |entry| {
            entry.seen += 1;
            entry.seen
        });
        self.draw(&format!("{id} {seen}"), limit)
    }

    /// The same about a connection.
    pub fn decide(&self, connection: usize, limit: u64) -> u64 {
        self.draw(&format!("connection {connection}"), limit)
    }

    pub fn done(&self, id: &str) {
        self.with(id, |entry| entry.done += 1);
    }

    pub fn refused(&self, id: &str) {
        self.with(id, |entry| entry.refused += 1);
    }

    /// How often a request was done and refused.
    pub fn of(&self, id: &str) -> (u64, u64) {
        self.entries.lock().unwrap().get(id).map_or((0, 0), |entry| (entry.done, entry.refused))
    }

    pub fn check_once(&self) {
        for (id, entry) in self.entries.lock().unwrap().iter().filter(|(id, _)| id.starts_with("once")) {
            assert!(entry.done + entry.refused <= 1, "{id} was done {} times", entry.done);
        }
    }
}

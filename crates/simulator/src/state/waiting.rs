//! What waits under a name.

use std::collections::{HashMap, VecDeque};

/// What is kept under a name until it is used or forgotten.
#[derive(Debug)]
pub(crate) struct Waiting<T> {
    entries: HashMap<String, T>,
    /// When which may be forgotten, in order of creation.
    forget: VecDeque<(i64, String)>,
}

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), forget: VecDeque::new() }
    }
}

impl<T> Waiting<T> {
    /// Keeps a value until `forget_at`, and forgets what is past its time.
    pub(crate) fn insert(&mut self, name: String, value: T, forget_at: i64, now: i64) {
        while let Some((at, name)) = self.forget.front()
            && *at <= now
        {
            self.entries.remove(name);
            self.forget.pop_front();
        }
        self.forget.push_back((forget_at, name.clone()));
        self.entries.insert(name, value);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.entries.get(name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.entries.get_mut(name)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<T> {
        self.entries.remove(name)
    }

    /// The one that a predicate picks, and its name.
    pub(crate) fn find_mut(&mut self, wanted: impl Fn(&T) -> bool) -> Option<(&String, &mut T)> {
        self.entries.iter_mut().find(|(_, value)| wanted(value))
    }

    /// Drops what a predicate does not want.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&T) -> bool) {
        self.entries.retain(|_, value| wanted(value));
    }
}

//! A model among all.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

#[cfg(test)]
use super::codec::{ours, written};
use super::compare::compare;
#[cfg(test)]
use super::round_trip::round_trip;
use crate::models::table::{Place, Value};

/// Looks at a place.
type Visit<'a> = dyn FnMut(Place<'_>) + 'a;

/// A type of the wire, without its type.
pub(super) struct AnyModel {
    #[cfg_attr(fuzzing, allow(dead_code))]
    pub(super) name: &'static str,
    /// Shows an empty one, to be filled.
    pub(super) blank: fn(&mut Visit<'_>),
    /// See [`compare`].
    pub(super) compare: fn(&str) -> bool,
    #[cfg(test)]
    pub(super) round_trip: fn(&str),
    /// What is written of a text that is right, and what `Debug` shows of it.
    #[cfg(test)]
    pub(super) read: fn(&str) -> (String, String),
}

impl AnyModel {
    pub(super) const fn new<T: Value + Serialize + DeserializeOwned + PartialEq + Clone + fmt::Debug>(
        name: &'static str,
    ) -> Self {
        Self {
            name,
            blank: |visit| visit(T::blank().place()),
            compare: compare::<T>,
            #[cfg(test)]
            round_trip: round_trip::<T>,
            #[cfg(test)]
            read: |text| {
                ours::<T>(text).map(|value| (written(&value), format!("{value:?}"))).expect("a right text")
            },
        }
    }
}

//! Answers that are lost.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The share of the answers that is lost, and what decides which.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DroppedAnswers {
    #[serde(deserialize_with = "share")]
    pub(crate) share: f64,
    #[serde(default)]
    pub(crate) seed: u64,
}

impl DroppedAnswers {
    pub(crate) const NONE: Self = Self { share: 0.0, seed: 0 };
}

fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let share = f64::deserialize(deserializer)?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err(D::Error::custom("a share from 0 to 1 is expected"))
    }
}

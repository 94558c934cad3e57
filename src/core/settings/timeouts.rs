//! Time limits, as data.

use std::time::Duration;

use super::duration::WithUnit;
use super::keyed::keyed;

/// The time limits of a core, for [`AuthleteCoreBuilder::timeouts`](crate::AuthleteCoreBuilder::timeouts).
///
/// It can be read from a file: the keys are the names of the fields, and each value is a text with its unit, such as `"10s"`.
///
/// ```
/// use std::time::Duration;
/// use authlete::Timeouts;
///
/// let timeouts: Timeouts = serde_json::from_str(r#"{ "call": "2m", "attempt": "20s" }"#)?;
/// assert_eq!(timeouts.call, Duration::from_secs(120));
/// assert_eq!(timeouts.stall, Duration::from_secs(10));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// Bounds a whole call: credentials, attempts, pauses, bodies. 60 s.
    pub call: Duration,
    /// Bounds each attempt, from the request to the end of its response's body. 30 s.
    pub attempt: Duration,
    /// Bounds the silence while a response's body is read. 10 s.
    pub stall: Duration,
    /// Bounds the built-in transport's connecting, TLS included. Unset, it is 5 s.
    #[cfg(feature = "hyper-client")]
    pub connect: Option<Duration>,
    /// How long the built-in transport keeps an unused connection. Unset, it is 15 s.
    #[cfg(feature = "hyper-client")]
    pub idle: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(60),
            attempt: Duration::from_secs(30),
            stall: Duration::from_secs(10),
            #[cfg(feature = "hyper-client")]
            connect: None,
            #[cfg(feature = "hyper-client")]
            idle: None,
        }
    }
}

keyed! { Timeouts, "time limits", |timeouts, map| {
    "call" => timeouts.call = map.next_value::<WithUnit>()?.0,
    "attempt" => timeouts.attempt = map.next_value::<WithUnit>()?.0,
    "stall" => timeouts.stall = map.next_value::<WithUnit>()?.0,
    #[cfg(feature = "hyper-client")]
    "connect" => timeouts.connect = Some(map.next_value::<WithUnit>()?.0),
    #[cfg(feature = "hyper-client")]
    "idle" => timeouts.idle = Some(map.next_value::<WithUnit>()?.0),
} }

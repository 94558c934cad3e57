//! Devices that wait for a user (RFC 8628).

use super::approval::Approval;

/// What a user decides about a device.
#[derive(Debug, Clone)]
pub(crate) enum DeviceDecision {
    Authorized(Box<Approval>),
    Denied,
    Failed,
}

/// A device authorization request.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) user_code: String,
    pub(crate) scopes: Vec<String>,
    /// How long the device waits between two polls, in milliseconds.
    pub(crate) interval: i64,
    /// When the device polled last.
    pub(crate) polled_at: Option<i64>,
    pub(crate) decision: Option<DeviceDecision>,
}

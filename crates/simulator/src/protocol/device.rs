//! Polling for a device (RFC 8628, section 3.5).

use super::codes;
use super::problem::OAuthError;
use crate::state::{Approval, Device, DeviceDecision};

/// What a poll slows the device down by, in milliseconds.
const SLOWER: i64 = 5_000;

/// Judges a poll of a device whose code has not expired. Only what the user granted ends the waiting well.
pub(crate) fn poll(device: &mut Device, now: i64) -> Result<Approval, OAuthError> {
    let polled_at = device.polled_at.replace(now);
    match &device.decision {
        Some(DeviceDecision::Authorized(approval)) => Ok(approval.as_ref().clone()),
        Some(DeviceDecision::Denied) => Err(DENIED),
        Some(DeviceDecision::Failed) => Err(EXPIRED),
        None if polled_at.is_some_and(|at| now < at.saturating_add(device.interval)) => {
            device.interval = device.interval.saturating_add(SLOWER);
            Err(TOO_FAST)
        }
        None => Err(PENDING),
    }
}

const PENDING: OAuthError =
    OAuthError::new(codes::DEVICE_PENDING, "authorization_pending", "The user has not decided yet.");
const TOO_FAST: OAuthError =
    OAuthError::new(codes::DEVICE_TOO_FAST, "slow_down", "The device polls faster than it may.");
const DENIED: OAuthError =
    OAuthError::new(codes::DEVICE_DENIED, "access_denied", "The user denied the request.");
pub(crate) const EXPIRED: OAuthError =
    OAuthError::new(codes::DEVICE_EXPIRED, "expired_token", "The device code has expired.");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_polls_too_fast_is_slowed_down() {
        let mut device = Device {
            user_code: "WDJBMJHT".to_owned(),
            scopes: Vec::new(),
            interval: 5_000,
            polled_at: None,
            decision: None,
        };
        let mut polled = |now| poll(&mut device, now).unwrap_err();
        assert_eq!(polled(0), PENDING);
        assert_eq!(polled(4_999), TOO_FAST);
        // Ten seconds from now on.
        assert_eq!(polled(14_998), TOO_FAST);
        assert_eq!(polled(29_998), PENDING);
        device.decision = Some(DeviceDecision::Denied);
        assert_eq!(poll(&mut device, 29_999).unwrap_err(), DENIED);
        device.decision = Some(DeviceDecision::Failed);
        assert_eq!(poll(&mut device, 29_999).unwrap_err(), EXPIRED);
        let approval = Approval { subject: "jane".to_owned(), ..Approval::default() };
        device.decision = Some(DeviceDecision::Authorized(Box::new(approval)));
        assert_eq!(poll(&mut device, 29_999).unwrap().subject, "jane");
    }
}

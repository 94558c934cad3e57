//! What becomes of a refresh token that is used (RFC 6749, section 6; RFC 9700, section 4.14).

use super::settings::Settings;
use crate::state::StoredToken;

/// How long a used refresh token gives the same new one where the service wants that, in milliseconds.
pub(crate) const IDEMPOTENT: i64 = 60_000;

/// The refresh token of the next access token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NextRefreshToken {
    /// `None`: a new one.
    pub(crate) value: Option<Box<str>>,
    /// `None`: as long as new ones last.
    pub(crate) expires_at: Option<i64>,
}

/// The next one: it rotates, unless the service keeps it; its time begins anew, unless the service says otherwise.
pub(crate) fn next(service: Settings<'_>, used: &StoredToken) -> NextRefreshToken {
    let is_kept = service.flag("refreshTokenKept");
    let same_end = if is_kept {
        !service.flag("refreshTokenDurationReset")
    } else {
        service.flag("refreshTokenDurationKept")
    };
    NextRefreshToken {
        value: used.refresh_token.clone().filter(|_| is_kept),
        expires_at: used.refresh_token_expires_at.filter(|_| same_end),
    }
}

//! How long tokens are to live: absolute expiry made into what is left.

use authlete::models::TokenCreateRequest;

/// When the tokens of a record expire, in milliseconds since the Unix epoch, where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetimes {
    pub(crate) access: Option<i64>,
    pub(crate) refresh: Option<i64>,
    pub(crate) refreshable: bool,
}

impl Lifetimes {
    /// Writes what is left of the lifetimes into the request, in whole seconds and never more than is left. `false` if
    /// nothing is left to be moved.
    ///
    /// The API takes a lifetime of 0 for "the service decides", so it is never sent. An access token that has expired
    /// beside a live refresh token gets 1 second, as the pair can only be created as a whole. A refresh token that has
    /// expired is left out.
    pub(crate) fn apply(self, request: &mut TokenCreateRequest, now: i64) -> bool {
        let left = |at: i64| seconds_left(at, now);
        let mut refreshable = self.refreshable;
        if let Some(at) = self.refresh {
            if left(at) >= 1 {
                request.refresh_token_duration = Some(left(at));
            } else {
                request.refresh_token = None;
                request.refresh_token_duration = None;
                refreshable = false;
            }
        }
        if let Some(at) = self.access {
            if left(at) < 1 && !refreshable {
                return false;
            }
            request.access_token_duration = Some(left(at).max(1));
        }
        true
    }

    /// Whether anything is left to be moved.
    pub(crate) fn is_alive(self, now: i64) -> bool {
        let lives = |at: Option<i64>| at.is_none_or(|at| seconds_left(at, now) >= 1);
        lives(self.access) || (self.refreshable && lives(self.refresh))
    }
}

fn seconds_left(at: i64, now: i64) -> i64 {
    at.saturating_sub(now).div_euclid(1000)
}

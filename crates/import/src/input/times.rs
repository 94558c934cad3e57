//! The rules of times and durations: in the right unit, and within two centuries.

use super::record::Record;

/// Before this, in 1973, a number of milliseconds is rather one of seconds; after the other, 2200, one of microseconds.
const EARLIEST: i64 = 100_000_000_000;
const LATEST: i64 = 7_258_118_400_000;
/// How far clocks may differ.
const TOLERANCE: i64 = 86_400_000;

/// Reports each rule of times that the record breaks.
pub(super) fn rules(record: &Record, now: i64, broken: &mut impl FnMut(&'static str, &'static str)) {
    let lifetimes = [
        ("expiresAt", record.expires_at, "accessTokenDuration", record.access_token_duration),
        (
            "refreshTokenExpiresAt",
            record.refresh_token_expires_at,
            "refreshTokenDuration",
            record.refresh_token_duration,
        ),
    ];
    for (expires, at, lasts, duration) in lifetimes {
        // That of a persistent token is of no account.
        let is_ignored = expires == "expiresAt" && record.access_token_persistent == Some(true);
        match duration {
            Some(0) => broken(lasts, "is 0, which lets the service decide: leave it out to mean that"),
            Some(..0) => broken(lasts, "is negative"),
            Some(seconds) if !is_ignored && now.saturating_add(seconds.saturating_mul(1000)) >= LATEST => {
                broken(lasts, "ends after the year 2200: is it in seconds?");
            }
            _ => {}
        }
        if at.is_some() && duration.is_some() {
            broken(expires, "stands beside a duration");
        }
        if at.is_some_and(|at| at < EARLIEST) {
            broken(expires, "must be in milliseconds since 1970");
        }
        if !is_ignored && at.is_some_and(|at| at >= LATEST) {
            broken(expires, "is after the year 2200: is it in milliseconds?");
        }
    }
    match record.auth_time {
        Some(..0) => broken("authTime", "is negative"),
        Some(at) if at < EARLIEST / 1000 => broken("authTime", "must be in seconds since 1970"),
        Some(at) if at >= LATEST / 1000 => broken("authTime", "is after the year 2200: is it in seconds?"),
        Some(at) if at > now.saturating_add(TOLERANCE) / 1000 => broken("authTime", "is yet to come"),
        _ => {}
    }
}

/// Whether nothing of the record is left to be moved: less than a second would be a lifetime of 0.
pub(super) fn has_expired(record: &Record, now: i64) -> bool {
    record.access_token_persistent != Some(true)
        && record.expires_at.is_some_and(|at| at.saturating_sub(now) < 1000)
        && !(record.is_refreshable() && has_live_refresh_token(record, now))
}

pub(super) fn has_live_refresh_token(record: &Record, now: i64) -> bool {
    record.refresh_token.is_some()
        && record.refresh_token_expires_at.is_none_or(|at| at.saturating_sub(now) >= 1000)
}

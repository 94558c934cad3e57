//! The rules a record must keep, and what is allowed and yet deserves a look.

use authlete::Secret;
use authlete::models::GrantType;

use super::record::Record;

pub(super) fn has_subject(record: &Record) -> bool {
    record.grant_type != Some(GrantType::ClientCredentials)
}

/// Before this, in 1973, a number of milliseconds is rather one of seconds; after the other, 2200, one of microseconds.
const EARLIEST: i64 = 100_000_000_000;
const LATEST: i64 = 7_258_118_400_000;

/// Reports each rule that the record breaks.
pub(super) fn rules(record: &Record, now: i64, broken: &mut impl FnMut(&'static str, &'static str)) {
    match &record.grant_type {
        None => broken("grantType", "is missing"),
        Some(GrantType::RefreshToken) => broken("grantType", "must not be REFRESH_TOKEN"),
        Some(GrantType::Unrecognized(_)) => broken("grantType", "is not known"),
        Some(_) => {}
    }
    if record.client_id.is_none() && record.client_identifier.as_deref().is_none_or(str::is_empty) {
        broken("clientId", "is missing, and so is clientIdentifier");
    }
    if record.client_id.is_some_and(|id| id <= 0) {
        broken("clientId", "must be positive");
    }
    match record.access_token.as_ref().map(Secret::expose) {
        None | Some("") => broken("accessToken", "is missing: one made by the server would be lost"),
        Some(token) => token_rules("accessToken", token, broken),
    }
    match record.refresh_token.as_ref().map(Secret::expose) {
        None => {}
        Some("") => broken("refreshToken", "is empty"),
        Some(token) => token_rules("refreshToken", token, broken),
    }
    if has_subject(record) {
        match record.subject.as_deref() {
            None | Some("") if record.grant_type != Some(GrantType::JwtBearer) => {
                broken("subject", "is missing");
            }
            Some(subject) if !subject.is_ascii() => broken("subject", "is not ASCII"),
            Some(subject) if subject.len() > 100 => broken("subject", "is longer than 100 characters"),
            _ => {}
        }
    }
    lifetime_rules(record, now, broken);
    for (field, thumbprint) in [
        ("certificateThumbprint", &record.certificate_thumbprint),
        ("dpopKeyThumbprint", &record.dpop_key_thumbprint),
    ] {
        if thumbprint.as_deref().is_some_and(|text| !is_thumbprint(text)) {
            broken(field, "is not the base64url of a SHA-256");
        }
    }
    if let Some(claims) = &record.jwt_at_claims
        && serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(claims).is_err()
    {
        broken("jwtAtClaims", "is not the text of a JSON object");
    }
    let mut elements = record.authorization_details.iter().flat_map(|details| &details.0.elements);
    if elements.any(|element| element.0.r#type.is_none()) {
        broken("authorizationDetails", "has an element without type");
    }
    if record.auth_time.is_some_and(|time| time < 0) {
        broken("authTime", "is negative");
    }
}

/// What no client could present (RFC 6749 appendix A).
fn token_rules(field: &'static str, token: &str, broken: &mut impl FnMut(&'static str, &'static str)) {
    if token.chars().any(char::is_control) {
        broken(field, "has a control character");
    } else if token.trim() != token {
        broken(field, "begins or ends with a space");
    }
}

fn lifetime_rules(record: &Record, now: i64, broken: &mut impl FnMut(&'static str, &'static str)) {
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
        match duration {
            Some(0) => broken(lasts, "is 0, which lets the service decide: leave it out to mean that"),
            Some(..0) => broken(lasts, "is negative"),
            _ => {}
        }
        if at.is_some() && duration.is_some() {
            broken(expires, "stands beside a duration");
        }
        if at.is_some_and(|at| at < EARLIEST) {
            broken(expires, "must be in milliseconds since 1970");
        }
        // That of a persistent token is of no account.
        let is_ignored = expires == "expiresAt" && record.access_token_persistent == Some(true);
        if !is_ignored && at.is_some_and(|at| at >= LATEST) {
            broken(expires, "is after the year 2200: is it in milliseconds?");
        }
    }
    if let Some(at) = record.expires_at.filter(|at| *at >= EARLIEST)
        && record.access_token_persistent != Some(true)
        && !(record.is_refreshable() && has_live_refresh_token(record, now))
    {
        match at.saturating_sub(now) {
            ..=0 => broken("expiresAt", "has passed"),
            1..1000 => broken("expiresAt", "is less than a second ahead, a lifetime that rounds to 0"),
            _ => {}
        }
    }
}

fn has_live_refresh_token(record: &Record, now: i64) -> bool {
    record.refresh_token.is_some()
        && record.refresh_token_expires_at.is_none_or(|at| at.saturating_sub(now) >= 1000)
}

/// 32 bytes in base64url without padding: the last of 43 characters holds 4 bits.
fn is_thumbprint(text: &str) -> bool {
    text.len() == 43
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && text.ends_with(|last| "AEIMQUYcgkosw048".contains(last))
}

/// Reports what is allowed and yet deserves a look.
pub(super) fn note(record: &Record, now: i64, hazard: &mut impl FnMut(&'static str)) {
    if record.access_token_persistent == Some(true) {
        hazard("never expire (accessTokenPersistent): they live until someone deletes them");
    } else if record.expires_at.is_none() && record.access_token_duration.is_none() {
        hazard("have no access token lifetime: the service's default starts anew when they are moved");
    } else if record.access_token_duration.is_some() {
        hazard("have a relative lifetime, which starts anew when they are moved: expiresAt keeps it");
    }
    if record.expires_at.is_some_and(|at| at.saturating_sub(now) < 1000) {
        hazard(
            "have an expired access token, which lives for 1 second more so that its refresh token can be moved",
        );
    }
    if record.certificate_thumbprint.is_some() || record.dpop_key_thumbprint.is_some() {
        hazard("are bound to a certificate or key: clients must go on to present it");
    }
    match (&record.refresh_token, record.is_refreshable()) {
        (Some(_), false) => hazard("have a refresh token that their grantType does not keep"),
        (Some(_), true) if !has_live_refresh_token(record, now) => {
            hazard("have an expired refresh token, which is left out");
        }
        _ => {}
    }
}

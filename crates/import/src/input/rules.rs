//! The rules a record must keep.

use authlete::Secret;
use authlete::models::GrantType;

use super::exporter::damage;
use super::record::Record;
use super::{times, tokens};

pub(super) fn has_subject(record: &Record) -> bool {
    record.grant_type != Some(GrantType::ClientCredentials)
}

/// Reports each rule that the record breaks. The text of `literal` fields may look as if an exporter had changed it.
pub(super) fn rules(
    record: &Record,
    now: i64,
    literal: &[&str],
    broken: &mut impl FnMut(&'static str, &'static str),
) {
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
    if let (Some(id), Some(identifier)) = (record.client_id, record.client_identifier.as_deref())
        && identifier.starts_with(|first: char| first.is_ascii_digit())
        && identifier.bytes().all(|digit| digit.is_ascii_digit())
        && *identifier != id.to_string()
    {
        broken("clientIdentifier", "is another number than clientId");
    }
    let wrong = |field: &str, token: &str| {
        let changed = || if literal.contains(&field) { None } else { damage(token) };
        tokens::problem(token).or_else(changed)
    };
    let access = record.access_token.as_ref().map(Secret::expose);
    let refresh = record.refresh_token.as_ref().map(Secret::expose);
    match access {
        None | Some("") => broken("accessToken", "is missing: one made by the server would be lost"),
        Some(token) => wrong("accessToken", token).into_iter().for_each(|what| broken("accessToken", what)),
    }
    match refresh {
        None => {}
        Some("") => broken("refreshToken", "is empty"),
        Some(_) if refresh == access => {
            broken("refreshToken", "is the same as accessToken: is one column taken for both?");
        }
        Some(token) => wrong("refreshToken", token).into_iter().for_each(|what| broken("refreshToken", what)),
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
        text_rules("subject", record.subject.as_deref(), literal, broken);
    }
    for (field, text) in [
        ("clientIdentifier", record.client_identifier.as_deref()),
        ("acr", record.acr.as_deref()),
        ("sessionId", record.session_id.as_deref()),
    ] {
        text_rules(field, text, literal, broken);
    }
    let changed = |scope: &str| if literal.contains(&"scopes") { None } else { damage(scope) };
    let scope_problem = |scope: &str| scope_problem(scope).or_else(|| changed(scope));
    list_rules("scopes", record.scopes.as_deref(), scope_problem, broken);
    list_rules("resources", record.resources.as_deref(), resource_problem, broken);
    times::rules(record, now, broken);
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
}

/// What identifies somebody or something is on one line and has no space around it.
fn text_rules(
    field: &'static str,
    text: Option<&str>,
    literal: &[&str],
    broken: &mut impl FnMut(&'static str, &'static str),
) {
    let Some(text) = text else {
        return;
    };
    let is_control = match text.is_ascii() {
        true => text.bytes().any(|byte| byte.is_ascii_control()),
        false => text.chars().any(char::is_control),
    };
    if is_control {
        broken(field, "has a control character");
    } else if text == "\\N" {
        broken(field, "is the NULL of a database's text export: see --escape");
    } else if text.trim() != text {
        broken(field, "begins or ends with a space");
    } else if !literal.contains(&field)
        && let Some(what) = damage(text)
    {
        broken(field, what);
    }
}

/// Says of a list what is wrong with the first of its elements that something is wrong with.
fn list_rules(
    field: &'static str,
    list: Option<&[String]>,
    problem: impl Fn(&str) -> Option<&'static str>,
    broken: &mut impl FnMut(&'static str, &'static str),
) {
    let found = list.unwrap_or_default().iter().find_map(|element| problem(element));
    found.into_iter().for_each(|what| broken(field, what));
}

/// RFC 6749 section 3.3: printable ASCII without spaces, quotation marks and backslashes.
fn scope_problem(scope: &str) -> Option<&'static str> {
    let is_wrapped = |open: char, close: char| scope.starts_with(open) && scope.ends_with(close);
    if is_wrapped('[', ']') || is_wrapped('{', '}') || scope.contains([' ', ',', ';', '|']) {
        Some(
            "has a list written as one scope: separate scopes with spaces in CSV, as strings of an array in JSON",
        )
    } else if scope.is_empty() {
        Some("has an empty scope")
    } else if scope.bytes().any(|byte| !matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~')) {
        Some("has a character that no scope may have (RFC 6749 section 3.3)")
    } else {
        None
    }
}

/// RFC 8707 section 2: an absolute URI without a fragment.
fn resource_problem(resource: &str) -> Option<&'static str> {
    let scheme = resource.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if !is_scheme || !resource.bytes().all(is_allowed) {
        Some("has an element that is no absolute URI (RFC 8707)")
    } else if resource.contains('#') {
        Some("has a URI with a fragment (RFC 8707)")
    } else {
        None
    }
}

/// 32 bytes in base64url without padding: the last of 43 characters holds 4 bits.
fn is_thumbprint(text: &str) -> bool {
    text.len() == 43
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && text.ends_with(|last| "AEIMQUYcgkosw048".contains(last))
}

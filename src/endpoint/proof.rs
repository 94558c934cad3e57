//! DPoP proofs (RFC 9449), and access tokens with or without one.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Uri};

use super::headers::{Several, only};
use super::refusal::Refusal;

/// An access token as a client presented it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessToken<'a> {
    /// The token, for [`IntrospectionRequest::new`](crate::models::IntrospectionRequest::new).
    pub token: &'a str,
    /// The DPoP proof, for [`dpop`](crate::models::IntrospectionRequest::dpop). `None` with the scheme `Bearer`, so that
    /// Authlete refuses a token that is bound to a key (RFC 9449 section 7.2).
    pub proof: Option<&'a str>,
}

impl fmt::Debug for AccessToken<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessToken").field("proof", &self.proof.is_some()).finish_non_exhaustive()
    }
}

/// The access token of a request to a protected resource, from its `Authorization` header (RFC 6750 section 2.1, RFC 9449
/// section 7.1) and nowhere else: one in the query would be in logs and histories (RFC 9700 section 4.3.2).
///
/// The scheme may be written in any case.
///
/// # Errors
/// A [`Refusal`].
///
/// ```
/// use authlete::endpoint::{Refusal, access_token};
/// use http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(access_token(&headers), Err(Refusal::NoToken));
/// headers.insert("authorization", HeaderValue::from_static("bearer 2YotnFZFEjr1zCsicMWpAA"));
/// assert_eq!(access_token(&headers).unwrap().token, "2YotnFZFEjr1zCsicMWpAA");
/// headers.insert("authorization", HeaderValue::from_static("DPoP 2YotnFZFEjr1zCsicMWpAA"));
/// assert_eq!(access_token(&headers), Err(Refusal::NoProof));
/// ```
pub fn access_token(headers: &HeaderMap) -> Result<AccessToken<'_>, Refusal> {
    let Some(authorization) =
        only(headers, AUTHORIZATION.as_str()).map_err(|Several| Refusal::MalformedToken)?
    else {
        return Err(Refusal::NoToken);
    };
    let (scheme, token) = split(authorization).ok_or(Refusal::MalformedToken)?;
    let is_bound = scheme.eq_ignore_ascii_case("DPoP");
    if !is_bound && !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Refusal::NoToken);
    }
    if !is_token(token) {
        return Err(if is_bound { Refusal::MalformedDpopToken } else { Refusal::MalformedToken });
    }
    let proof = match is_bound {
        true => Some(proof(headers).ok().flatten().ok_or(Refusal::NoProof)?),
        false => None,
    };
    Ok(AccessToken { token, proof })
}

/// The syntax of a token (RFC 6750 section 2.1).
pub(super) fn is_token(text: &str) -> bool {
    let token = text.trim_end_matches('=');
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    !token.is_empty() && token.bytes().all(fits)
}

/// There are several proofs, or one that cannot be one.
pub(super) struct NoSingleProof;

/// The request's only proof, if there is one.
pub(super) fn proof(headers: &HeaderMap) -> Result<Option<&str>, NoSingleProof> {
    let Some(value) = only(headers, "dpop").map_err(|Several| NoSingleProof)? else { return Ok(None) };
    let proof = value.to_str().map_err(|_| NoSingleProof)?.trim_matches([' ', '\t']);
    if is_jwt(proof) { Ok(Some(proof)) } else { Err(NoSingleProof) }
}

/// Whether this is the compact form of a JWS (RFC 7515 section 7.1).
pub(super) fn is_jwt(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut parts = text.split('.');
    let are_three = [parts.next(), parts.next(), parts.next()]
        .into_iter()
        .all(|part| part.is_some_and(|part| !part.is_empty() && part.bytes().all(fits)));
    are_three && parts.next().is_none()
}

/// Scheme and credentials; the latter are empty if there are none.
pub(super) fn split(authorization: &HeaderValue) -> Option<(&str, &str)> {
    let text = authorization.to_str().ok()?.trim_matches([' ', '\t']);
    let (scheme, credentials) = text.split_once(' ').unwrap_or((text, ""));
    Some((scheme, credentials.trim_start_matches(' ')))
}

/// The URL of a request without query and fragment, for `htu`, which a DPoP proof must name (RFC 9449 section 4.2).
///
/// The origin is the server's own as its clients know it, with the path of any proxy before it. It is not taken from the
/// request, because whoever sends a request chooses its `Host`.
///
/// ```
/// use authlete::endpoint::htu;
///
/// let uri = http::Uri::from_static("/accounts/7?token=secret");
/// assert_eq!(htu("https://rs.example.com", &uri), "https://rs.example.com/accounts/7");
/// ```
#[must_use]
pub fn htu(origin: &str, uri: &Uri) -> String {
    let origin = origin.split(['?', '#']).next().unwrap_or_default();
    format!("{}{}", origin.trim_end_matches('/'), uri.path())
}

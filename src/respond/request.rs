//! The other direction: what Authlete wants to know of a request, taken out of it as it came.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, Uri};

use super::form;
use super::refusal::Refusal;
use crate::models::Secret;

/// An access token as a client presented it.
#[derive(Clone, Copy, PartialEq, Eq)]
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
/// A [`Refusal`], for [`refusal`](super::refusal()).
///
/// ```
/// use authlete::respond::{self, Refusal};
/// use http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(respond::access_token(&headers), Err(Refusal::NoToken));
/// headers.insert("authorization", HeaderValue::from_static("bearer 2YotnFZFEjr1zCsicMWpAA"));
/// assert_eq!(respond::access_token(&headers).unwrap().token, "2YotnFZFEjr1zCsicMWpAA");
/// headers.insert("authorization", HeaderValue::from_static("DPoP 2YotnFZFEjr1zCsicMWpAA"));
/// assert_eq!(respond::access_token(&headers), Err(Refusal::NoProof));
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
        return Err(Refusal::MalformedToken);
    }
    let proof = if is_bound {
        let proof = only(headers, "dpop").ok().flatten().and_then(|proof| proof.to_str().ok());
        Some(proof.filter(|proof| !proof.is_empty()).ok_or(Refusal::NoProof)?)
    } else {
        None
    };
    Ok(AccessToken { token, proof })
}

/// The syntax of a token (RFC 6750 section 2.1).
fn is_token(text: &str) -> bool {
    let token = text.trim_end_matches('=');
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    !token.is_empty() && token.bytes().all(fits)
}

/// How a client authenticated itself in the `Authorization` header.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientCredentials {
    /// The client ID, for `client_id` of the request to Authlete.
    pub id: String,
    /// The client secret, for `client_secret`.
    pub secret: Secret,
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientCredentials").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The client's credentials from an `Authorization` header with the scheme `Basic`; `None` without one, as when they are in
/// the body.
///
/// ID and secret are form-encoded within (RFC 6749 section 2.3.1). A colon may stand in the secret as it is, and a percent
/// sign that starts no escape stays one, for clients that do not encode.
///
/// # Errors
/// [`Refusal::MalformedCredentials`].
///
/// ```
/// use authlete::respond;
/// use http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("authorization", HeaderValue::from_static("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"));
/// let client = respond::client_credentials(&headers).unwrap().unwrap();
/// assert_eq!((client.id.as_str(), client.secret.expose()), ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"));
/// ```
pub fn client_credentials(headers: &HeaderMap) -> Result<Option<ClientCredentials>, Refusal> {
    let malformed = Refusal::MalformedCredentials;
    let Some(authorization) = only(headers, AUTHORIZATION.as_str()).map_err(|Several| malformed)? else {
        return Ok(None);
    };
    let (scheme, credentials) = split(authorization).ok_or(malformed)?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return Ok(None);
    }
    let pair = from_base64(credentials).ok_or(malformed)?;
    let (id, secret) = pair.expose().split_once(':').ok_or(malformed)?;
    match (form::decode(id), form::decode(secret)) {
        (Some(id), Some(secret)) if !id.is_empty() => {
            Ok(Some(ClientCredentials { id, secret: secret.into() }))
        }
        _ => Err(malformed),
    }
}

/// Text from base64 (RFC 4648 section 4), with its padding or without.
fn from_base64(text: &str) -> Option<Secret> {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    if digits.len() % 4 == 1 || text.len() != digits.len() && !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok().map(Secret::from)
}

/// There is more than one.
struct Several;

/// The only header with this name, if there is one.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a http::HeaderValue>, Several> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        _ => Err(Several),
    }
}

/// Scheme and credentials; the latter are empty if there are none.
fn split(authorization: &http::HeaderValue) -> Option<(&str, &str)> {
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
/// use authlete::respond::htu;
///
/// let uri = http::Uri::from_static("/accounts/7?token=secret");
/// assert_eq!(htu("https://rs.example.com", &uri), "https://rs.example.com/accounts/7");
/// ```
#[must_use]
pub fn htu(origin: &str, uri: &Uri) -> String {
    let origin = origin.split(['?', '#']).next().unwrap_or_default();
    format!("{}{}", origin.trim_end_matches('/'), uri.path())
}

/// The raw parameters of a request, for `parameters` of the requests to Authlete: the query of a GET or HEAD, the body of
/// any other. Nothing is decoded, because order, repetition and encoding matter to Authlete.
///
/// # Errors
/// [`Refusal::MalformedParameters`] if the body is not UTF-8. A form always is.
///
/// ```
/// use authlete::respond::parameters;
/// use http::{Method, Uri};
///
/// let uri = Uri::from_static("/authorize?scope=a%20b&scope=c");
/// assert_eq!(parameters(&Method::GET, &uri, b""), Ok("scope=a%20b&scope=c"));
/// assert_eq!(parameters(&Method::POST, &uri, b"a=%7E+b"), Ok("a=%7E+b"));
/// ```
pub fn parameters<'a>(method: &Method, uri: &'a Uri, body: &'a [u8]) -> Result<&'a str, Refusal> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(uri.query().unwrap_or_default());
    }
    std::str::from_utf8(body).map_err(|_| Refusal::MalformedParameters)
}

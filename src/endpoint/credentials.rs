//! Client credentials.

use std::fmt;
use std::hint::black_box;

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::headers::{Several, only};
use super::proof::split;
use super::refusal::Refusal;
use super::{base64, form};
use crate::models::Secret;

/// How a client authenticated itself in the `Authorization` header.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
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

impl ClientCredentials {
    /// Whether this is the secret, compared in a time that does not depend on where they differ.
    ///
    /// ```
    /// use authlete::Secret;
    /// use authlete::endpoint::client_credentials;
    /// use http::{HeaderMap, HeaderValue};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("authorization", HeaderValue::from_static("Basic aWQ6c2VjcmV0"));
    /// let client = client_credentials(&headers).unwrap().unwrap();
    /// assert!(
    ///     client.has_secret(&Secret::from("secret"))
    ///         && !client.has_secret(&Secret::from("secrets"))
    /// );
    /// ```
    #[must_use]
    pub fn has_secret(&self, secret: &Secret) -> bool {
        are_same(self.secret.expose(), secret.expose())
    }
}

/// Compares what was presented with what is expected. The time depends on the length of the former alone.
pub(super) fn are_same(presented: &str, expected: &str) -> bool {
    let expected = expected.as_bytes();
    let mut differences = presented.len() ^ expected.len();
    for (index, byte) in presented.bytes().enumerate() {
        differences |= usize::from(byte ^ expected.get(index).copied().unwrap_or_default());
        differences = black_box(differences);
    }
    differences == 0
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
/// use authlete::endpoint::client_credentials;
/// use http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(
///     "authorization",
///     HeaderValue::from_static("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"),
/// );
/// let client = client_credentials(&headers).unwrap().unwrap();
/// assert_eq!(
///     (client.id.as_str(), client.secret.expose()),
///     ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw")
/// );
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
    let pair =
        base64::decode(credentials).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(malformed)?;
    let pair = Secret::from(pair);
    let (id, secret) = pair.expose().split_once(':').ok_or(malformed)?;
    match (form::decode(id), form::decode(secret)) {
        (Some(id), Some(secret)) if !id.is_empty() => {
            Ok(Some(ClientCredentials { id, secret: secret.into() }))
        }
        _ => Err(malformed),
    }
}

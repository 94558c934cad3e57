//! What the application decides about its responses, once for all of them.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::headers::{header, set};
use crate::error::Rejected;

/// How to respond: what the application decides once for all its endpoints.
///
/// By default redirects are 303, so that a browser never repeats a login form's POST at the client (RFC 9700 section 4.12), and
/// nothing may be stored (RFC 6749 section 5.1).
///
/// | setting | default |
/// |---|---|
/// | [`redirect`](Self::redirect) | 303 |
/// | [`realm`](Self::realm) | named like the endpoint in `Basic` challenges, none in others |
/// | [`max_age`](Self::max_age) | discovery and keys are not to be stored either |
/// | [`dpop_algs`](Self::dpop_algs) | `ES256` |
/// | [`resource_metadata`](Self::resource_metadata) | none |
/// | [`with`](Self::with) | no nonces but those in the answer |
///
/// ```
/// use std::time::Duration;
/// use authlete::respond::How;
///
/// # fn main() -> Result<(), authlete::AuthleteError> {
/// let how = How::new().realm("Example Bank")?.max_age(Duration::from_secs(600));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct How {
    pub(super) redirect: Redirect,
    /// The whole challenge.
    pub(super) basic: Option<HeaderValue>,
    /// Parameters of challenges at a resource, ready to be written.
    pub(super) realm: Option<Box<str>>,
    pub(super) resource_metadata: Option<Box<str>>,
    pub(super) dpop_algs: Algs,
    /// `Cache-Control` of what may be stored.
    pub(super) max_age: Option<HeaderValue>,
    pub(super) nonces: Nonces,
}

/// The status of a redirect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redirect {
    /// 303: the browser goes on with a GET, whatever its request was (RFC 9110 section 15.4.4, RFC 9700 section 4.12).
    #[default]
    SeeOther,
    /// 302: after a POST, browsers may repeat the POST. Use it only for clients that do not support 303.
    Found,
}

impl Redirect {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::SeeOther => StatusCode::SEE_OTHER,
            Self::Found => StatusCode::FOUND,
        }
    }
}

/// The algorithms of DPoP proofs, as a parameter of a challenge.
#[derive(Clone, Debug, Default)]
pub(super) enum Algs {
    #[default]
    Es256,
    Listed(Box<str>),
    /// There is no DPoP.
    None,
}

impl How {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The status of redirects.
    #[must_use]
    pub fn redirect(mut self, redirect: Redirect) -> Self {
        self.redirect = redirect;
        self
    }

    /// The realm (RFC 9110 section 11.5) in `Basic` challenges and in those of [`refusal`](super::refusal()).
    ///
    /// # Errors
    /// [`Rejected`] if it has characters other than visible ASCII and spaces.
    pub fn realm(mut self, realm: &str) -> Result<Self, Rejected> {
        let realm = quoted("realm", realm)?;
        self.basic = header(format!("Basic {realm}"));
        self.realm = Some(realm);
        Ok(self)
    }

    /// How long clients and caches may keep what [`discovery`](super::discovery()) and [`jwks`](super::jwks()) answer. Both
    /// change rarely; ten minutes is a good value. Zero stores nothing, like the default.
    #[must_use]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = if age.as_secs() == 0 { None } else { header(format!("max-age={}", age.as_secs())) };
        self
    }

    /// The algorithms that DPoP proofs at a resource may be signed with (RFC 9449 section 7.1), for [`refusal`](super::refusal()).
    /// An empty list means that the resource takes bearer tokens alone, and then no challenge mentions DPoP.
    ///
    /// # Errors
    /// [`Rejected`] if one of them is empty, or has a space or another character that is not visible ASCII.
    pub fn dpop_algs(mut self, algs: &[&str]) -> Result<Self, Rejected> {
        if algs.iter().any(|alg| alg.is_empty() || alg.contains(' ')) {
            return Err(Rejected::new("dpop_algs", "has an empty name or one with a space"));
        }
        self.dpop_algs =
            if algs.is_empty() { Algs::None } else { Algs::Listed(quoted("algs", &algs.join(" "))?) };
        Ok(self)
    }

    /// The URL of the resource's metadata (RFC 9728 section 5.1), for [`refusal`](super::refusal()).
    ///
    /// # Errors
    /// [`Rejected`] if it has characters other than visible ASCII and spaces.
    pub fn resource_metadata(mut self, url: &str) -> Result<Self, Rejected> {
        self.resource_metadata = Some(quoted("resource_metadata", url)?);
        Ok(self)
    }

    /// Returns a copy that adds these nonces to the response that ends the request.
    ///
    /// Authlete hands them out with the first answer to a request; the answer to the second call, such as
    /// [`token_issue`](crate::funcs::token_issue), does not repeat them. They are in the states of the `Next` types.
    #[must_use]
    pub fn with(&self, nonces: &Nonces) -> Self {
        Self { nonces: nonces.clone(), ..self.clone() }
    }
}

/// `name="value"`, the value as a quoted string (RFC 9110 section 5.6.4).
fn quoted(name: &'static str, value: &str) -> Result<Box<str>, Rejected> {
    if !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Rejected::new(name, "has characters other than visible ASCII and spaces"));
    }
    let mut text = String::with_capacity(name.len() + value.len() + 3);
    text.push_str(name);
    text.push_str("=\"");
    for character in value.chars() {
        if matches!(character, '"' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    Ok(text.into())
}

/// Values that one answer of Authlete hands out for the next request of the client.
///
/// What [`respond`](super) builds from that answer has them. Where the application goes on by itself they are in the state:
/// [`How::with`] puts them on the response of a later answer, [`add_to`](Self::add_to) on one of your own.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Nonces {
    /// For `DPoP-Nonce` (RFC 9449 section 8).
    pub dpop: Option<HeaderValue>,
    /// For `OAuth-Client-Attestation-Challenge` (OAuth 2.0 Attestation-Based Client Authentication).
    pub attestation: Option<HeaderValue>,
}

impl fmt::Debug for Nonces {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dpop, attestation) = (self.dpop.is_some(), self.attestation.is_some());
        formatter.debug_struct("Nonces").field("dpop", &dpop).field("attestation", &attestation).finish()
    }
}

impl Nonces {
    /// From the fields `dpop_nonce` and `attestation_challenge` of an answer. Text that cannot stand in a header is left out.
    #[must_use]
    pub fn of(dpop: Option<String>, attestation: Option<String>) -> Self {
        Self { dpop: dpop.and_then(header), attestation: attestation.and_then(header) }
    }

    /// Puts those that are there into the headers of a response, in place of any that are in it.
    pub fn add_to(&self, headers: &mut HeaderMap) {
        Self::default().put_into(headers, self);
    }

    /// Puts these into the headers, or where there is none, those of an earlier answer.
    pub(super) fn put_into(self, headers: &mut HeaderMap, earlier: &Self) {
        // Constants, because checking a name at run time brings a large table of names.
        const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");
        const CHALLENGE: HeaderName = HeaderName::from_static("oauth-client-attestation-challenge");

        if let Some(nonce) = self.dpop.or_else(|| earlier.dpop.clone()) {
            set(headers, DPOP_NONCE, nonce);
        }
        if let Some(challenge) = self.attestation.or_else(|| earlier.attestation.clone()) {
            set(headers, CHALLENGE, challenge);
        }
    }
}

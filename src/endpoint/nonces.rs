//! Values for the next request of the client.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::{header, set};

/// Values that one answer of Authlete hands out for the next request of the client.
///
/// A response that is made of that answer has them. Where the application goes on by itself they are in the state:
/// [`EndpointOptions::with`](super::EndpointOptions::with) puts them on the response of a later answer,
/// [`add_to`](Self::add_to) on one of your own.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
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

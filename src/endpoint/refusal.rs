//! Why a request is refused without asking Authlete.

use std::fmt;

/// Why a request is refused without asking Authlete. [`respond`](Self::respond) makes the response. Nothing of the request is
/// in it.
///
/// The `request` functions return it, and the readers beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// No `Authorization`, or a scheme that is neither `Bearer` nor `DPoP`: 401 with a challenge that names no error, because
    /// nothing was wrong (RFC 6750 section 3.1).
    NoToken,
    /// An access token that cannot be one, or several: 400 with `invalid_request` in the challenge (RFC 6750 section 3.1).
    MalformedToken,
    /// The same with the scheme `DPoP`, which the challenge has too (RFC 9449 section 7.1).
    MalformedDpopToken,
    /// The scheme `DPoP` without a proof, or with several: 401 with `invalid_dpop_proof` in the challenge (RFC 9449 section
    /// 7.1).
    NoProof,
    /// A token that is bound to a key, presented with the scheme `Bearer`: 401 with `invalid_token` in a `DPoP` challenge
    /// (RFC 9449 section 7.2). Authlete detects this itself. Use this refusal
    /// if you cache introspection results.
    BoundToken,
    /// Several DPoP proofs, or one that cannot be one, where there is no access token yet: 400 with `invalid_dpop_proof` as
    /// JSON (RFC 9449 section 5).
    MalformedProof,
    /// Client credentials that cannot be decoded: 401 with `invalid_client` as JSON (RFC 6749 section 5.2).
    MalformedCredentials,
    /// No credentials where there must be some: 401 with `invalid_client` as JSON and a challenge.
    NoCredentials,
    /// Credentials that nobody has: 401 with `invalid_client` as JSON and a challenge.
    WrongCredentials,
    /// Several client attestations, or one that cannot be one: 400 with `invalid_request` as JSON.
    MalformedAttestation,
    /// The proxy's header has no client certificate: 400 with `invalid_request` as JSON.
    MalformedCertificate,
    /// Another `Content-Type` than the endpoint takes: 400 with `invalid_request` as JSON.
    WrongContentType,
    /// Parameters that are no text, or lack what the endpoint needs: 400 with `invalid_request` as JSON (RFC 6749 section 5.2).
    MalformedParameters,
    /// A parameter twice that must not be: 400 with `invalid_request` as JSON (RFC 6749 section 3.1 and 3.2).
    RepeatedParameter,
    /// More than [`max_content`](super::EndpointOptionsBuilder::max_content): 413.
    TooLong,
    /// A method that the endpoint does not have: 405. `Allow` names those that it has.
    MethodNotAllowed(&'static str),
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoToken => "there is no access token",
            Self::MalformedToken | Self::MalformedDpopToken => "the access token is malformed",
            Self::NoProof => "the request does not have exactly one DPoP proof",
            Self::BoundToken => "the access token is bound to a key",
            Self::MalformedProof => "the DPoP proof is malformed",
            Self::MalformedCredentials => "the client credentials are malformed",
            Self::NoCredentials => "there are no client credentials",
            Self::WrongCredentials => "the client credentials are wrong",
            Self::MalformedAttestation => "the client attestation is malformed",
            Self::MalformedCertificate => "the client certificate is malformed",
            Self::WrongContentType => "the content type is wrong",
            Self::MalformedParameters => "the parameters are malformed",
            Self::RepeatedParameter => "a parameter is repeated",
            Self::TooLong => "the request is too long",
            Self::MethodNotAllowed(_) => "the method is not allowed",
        })
    }
}

impl std::error::Error for Refusal {}

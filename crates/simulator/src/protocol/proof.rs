//! What a client shows besides its access token: a certificate (RFC 8705) or a DPoP proof (RFC 9449).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::dpop::{self, Expected, ProofFault};
use super::settings::Settings;
use crate::state::{Opaque, StoredToken, base64url, sha256};

/// The SHA-256 thumbprint of the first certificate in a PEM text (RFC 8705, section 3.1).
pub(crate) fn certificate_thumbprint(pem: &str) -> Option<String> {
    let body = pem.split("-----BEGIN CERTIFICATE-----").nth(1)?;
    let body = body.split("-----END CERTIFICATE-----").next()?;
    let compact: String = body.split_whitespace().collect();
    Some(base64url(sha256(STANDARD.decode(compact).ok()?)))
}

/// The members of a request of a resource server that tell of possession.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Possession {
    client_certificate: Option<String>,
    dpop: Option<String>,
    htm: Option<String>,
    htu: Option<String>,
    dpop_nonce_required: Option<bool>,
}

/// Why what a client shows does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    NoCertificate,
    OtherCertificate,
    NoProof,
    Proof(ProofFault),
}

impl Possession {
    /// The nonce to answer with, if the request or the service asks for nonces.
    pub(crate) fn nonce(&self, service: Settings<'_>, opaque: &Opaque, now: i64) -> Option<String> {
        self.needs_nonce(service).then(|| nonce(opaque, now, 0))
    }

    fn needs_nonce(&self, service: Settings<'_>) -> bool {
        self.dpop_nonce_required.unwrap_or_default() || service.flag("dpopNonceRequired")
    }

    /// Checks possession of the keys that a token is bound to, given the access token as it was shown. `htm` and `htu`
    /// count if the request has them.
    pub(crate) fn check(
        &self,
        token: &StoredToken,
        access_token: &str,
        service: Settings<'_>,
        opaque: &Opaque,
        now: i64,
    ) -> Result<(), Lack> {
        let extra = token.extra();
        if let Some(bound) = &extra.certificate_thumbprint {
            let pem = self.client_certificate.as_deref().ok_or(Lack::NoCertificate)?;
            if certificate_thumbprint(pem).as_ref() != Some(bound) {
                return Err(Lack::OtherCertificate);
            }
        }
        if let Some(bound) = extra.dpop_key_thumbprint.as_deref() {
            let of_token =
                Expected { access_token: Some(access_token), thumbprint: Some(bound), ..Expected::default() };
            self.proof(of_token, service, opaque, now).map_err(Lack::Proof)?.ok_or(Lack::NoProof)?;
        }
        Ok(())
    }

    /// The thumbprint of the key that a request of a client proves to hold; `None` without a proof. The proof is for a
    /// POST to the endpoint that the service names so, unless the call says otherwise.
    pub(crate) fn key(
        &self,
        service: Settings<'_>,
        endpoint: &str,
        opaque: &Opaque,
        now: i64,
    ) -> Result<Option<String>, ProofFault> {
        let expected = Expected { method: Some("POST"), uri: service.text(endpoint), ..Expected::default() };
        self.proof(expected, service, opaque, now)
    }

    fn proof(
        &self,
        expected: Expected<'_>,
        service: Settings<'_>,
        opaque: &Opaque,
        now: i64,
    ) -> Result<Option<String>, ProofFault> {
        let Some(proof) = self.dpop.as_deref() else { return Ok(None) };
        let nonces = [nonce(opaque, now, 0), nonce(opaque, now, -1)];
        let expected = Expected {
            method: self.htm.as_deref().or(expected.method),
            uri: self.htu.as_deref().or(expected.uri),
            nonces: self.needs_nonce(service).then_some(&nonces),
            now,
            ..expected
        };
        dpop::check(proof, &expected).map(Some)
    }
}

/// The nonce of a span of five minutes, counted from the present one. That and the one before are good.
fn nonce(opaque: &Opaque, now: i64, span: i64) -> String {
    opaque.derived("nonce", now.div_euclid(300_000).saturating_add(span))
}

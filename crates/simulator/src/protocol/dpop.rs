//! Demonstrating proof of possession (RFC 9449).

use serde_json::Value;

use super::jose::{Compact, Jwk};
use crate::state::{base64url, sha256};

/// How far `iat` may be from the present, in milliseconds.
pub(crate) const WINDOW: i64 = 300_000;

/// What a proof must be for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Expected<'a> {
    /// `htm`: the method of the request, if the caller knows it.
    pub(crate) method: Option<&'a str>,
    /// `htu`: the URL of the request, if the caller knows it. Query and fragment do not count.
    pub(crate) uri: Option<&'a str>,
    /// The access token that comes along, for `ath`.
    pub(crate) access_token: Option<&'a str>,
    /// The thumbprint of the key that the token is bound to.
    pub(crate) thumbprint: Option<&'a str>,
    /// The nonces that are good now, if one is required.
    pub(crate) nonces: Option<&'a [String]>,
    /// Unix time in milliseconds.
    pub(crate) now: i64,
}

/// What is wrong with a proof. Each endpoint has its own code for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProofFault {
    /// It is not a signed JWT of the type `dpop+jwt` with the claims that it must have.
    Malformed,
    /// Its header has no public key.
    NoKey,
    /// The signature is not the key's.
    Signature,
    /// `htm` or `htu` is of another request.
    OtherRequest,
    /// `iat` is too long ago or too far ahead.
    Time,
    /// `ath` is missing or of another token.
    OtherToken,
    /// The token is bound to another key.
    OtherKey,
    /// `nonce` is missing or not good (`use_dpop_nonce`).
    Nonce,
}

impl ProofFault {
    /// The error (RFC 9449, sections 5 and 8).
    pub(crate) const fn error(self) -> &'static str {
        match self {
            Self::Nonce => "use_dpop_nonce",
            Self::OtherKey => "invalid_token",
            _ => "invalid_dpop_proof",
        }
    }

    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Malformed => "The DPoP proof is not a JWT with the members that it must have.",
            Self::NoKey => "The header of the DPoP proof has no public key.",
            Self::Signature => "The signature of the DPoP proof does not verify.",
            Self::OtherRequest => "The 'htm' or the 'htu' of the DPoP proof is of another request.",
            Self::Time => "The 'iat' of the DPoP proof is not near the present.",
            Self::OtherToken => "The 'ath' of the DPoP proof is not the hash of the access token.",
            Self::OtherKey => "The access token is bound to another key.",
            Self::Nonce => "The DPoP proof has no 'nonce' that is good now.",
        }
    }
}

/// Checks a proof (RFC 9449, section 4.3) and returns the thumbprint of its key. `jti` is not remembered: one proof may
/// serve several calls of the API.
pub(crate) fn check(proof: &str, expected: &Expected<'_>) -> Result<String, ProofFault> {
    let proof = Compact::parse(proof).ok_or(ProofFault::Malformed)?;
    if proof.header.get("typ").and_then(Value::as_str) != Some("dpop+jwt") {
        return Err(ProofFault::Malformed);
    }
    if proof.algorithm().is_none_or(|algorithm| algorithm.is_symmetric()) {
        return Err(ProofFault::Malformed);
    }
    let key = proof.header.get("jwk").and_then(Jwk::parse).filter(|key| !key.is_private());
    let key = key.ok_or(ProofFault::NoKey)?;
    let thumbprint = key.thumbprint().ok_or(ProofFault::NoKey)?;
    if !proof.verifies(&key) {
        return Err(ProofFault::Signature);
    }
    let (Some(_), Some(method), Some(uri), Some(issued_at)) = (
        proof.text("jti"),
        proof.text("htm"),
        proof.text("htu"),
        proof.claims.get("iat").and_then(Value::as_f64),
    ) else {
        return Err(ProofFault::Malformed);
    };
    let is_other_method = expected.method.is_some_and(|expected| expected != method);
    let is_other_uri = expected.uri.is_some_and(|expected| target(expected) != target(uri));
    if is_other_method || is_other_uri {
        return Err(ProofFault::OtherRequest);
    }
    if (issued_at * 1000.0 - expected.now as f64).abs() > WINDOW as f64 {
        return Err(ProofFault::Time);
    }
    if let Some(nonces) = expected.nonces
        && !proof.text("nonce").is_some_and(|nonce| nonces.iter().any(|good| good == nonce))
    {
        return Err(ProofFault::Nonce);
    }
    if let Some(token) = expected.access_token
        && proof.text("ath") != Some(&base64url(sha256(token)))
    {
        return Err(ProofFault::OtherToken);
    }
    if expected.thumbprint.is_some_and(|expected| expected != thumbprint) {
        return Err(ProofFault::OtherKey);
    }
    Ok(thumbprint)
}

/// A URL as `htu` compares: without query and fragment, scheme and host in lower case, without a default port, and
/// with `/` for an empty path (RFC 3986, section 6.2).
fn target(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let default = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(default).unwrap_or(&host);
    format!("{scheme}://{host}{}", if path.is_empty() { "/" } else { path })
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use serde_json::json;

    use super::super::jose::{Algorithm, fixture_key_set};
    use super::*;

    /// The proof of RFC 9449, section 4.1 (figure 2).
    const TOKEN_REQUEST: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
    /// Its key's thumbprint, as section 6.1 (figure 9) has it.
    const THUMBPRINT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    fn expected() -> Expected<'static> {
        Expected {
            method: Some("POST"),
            uri: Some("https://server.example.com/token"),
            now: 1_562_262_616_000,
            ..Expected::default()
        }
    }

    #[test]
    fn the_example_of_rfc_9449_is_good_for_its_request_alone() {
        assert_eq!(check(TOKEN_REQUEST, &expected()).as_deref(), Ok(THUMBPRINT));
        let query = Some("HTTPS://Server.example.com:443/token?x=1#y");
        assert!(check(TOKEN_REQUEST, &Expected { uri: query, ..expected() }).is_ok());
        let late = expected().now + WINDOW + 1;
        for (other, fault) in [
            (Expected { method: Some("GET"), ..expected() }, ProofFault::OtherRequest),
            (
                Expected { uri: Some("https://server.example.com/other"), ..expected() },
                ProofFault::OtherRequest,
            ),
            (Expected { now: late, ..expected() }, ProofFault::Time),
            (Expected { now: expected().now - WINDOW - 1, ..expected() }, ProofFault::Time),
            (Expected { access_token: Some("x"), ..expected() }, ProofFault::OtherToken),
            (Expected { thumbprint: Some("x"), ..expected() }, ProofFault::OtherKey),
            (Expected { nonces: Some(&["x".to_owned()]), ..expected() }, ProofFault::Nonce),
        ] {
            assert_eq!(check(TOKEN_REQUEST, &other), Err(fault));
        }
        let mut forged = TOKEN_REQUEST.to_owned();
        forged.replace_range(TOKEN_REQUEST.len() - 6..TOKEN_REQUEST.len() - 4, "AA");
        assert_eq!(check(&forged, &expected()), Err(ProofFault::Signature));
    }

    fn proof(header: Value, claims: Value) -> String {
        let keys = fixture_key_set();
        let input = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
        let key = keys.signing(Algorithm::Es256, None).unwrap();
        let signature = key.sign(Algorithm::Es256, input.as_bytes(), &SystemRandom::new()).unwrap();
        format!("{input}.{}", base64url(signature))
    }

    #[test]
    fn a_proof_says_all_that_it_must_say() {
        let keys = fixture_key_set();
        let key = keys.signing(Algorithm::Es256, None).unwrap();
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": key.public()});
        let claims = json!({"jti": "1", "htm": "POST", "htu": "https://server.example.com/token", "iat": 1_562_262_616, "nonce": "n", "ath": base64url(sha256("token"))});
        let nonces = ["m".to_owned(), "n".to_owned()];
        let full = Expected { access_token: Some("token"), nonces: Some(&nonces), ..expected() };
        assert!(check(&proof(header.clone(), claims.clone()), &full).is_ok());
        let without = |value: &Value, name: &str| {
            let mut value = value.clone();
            value.as_object_mut().unwrap().remove(name);
            value
        };
        for (name, fault) in
            [("typ", ProofFault::Malformed), ("alg", ProofFault::Malformed), ("jwk", ProofFault::NoKey)]
        {
            assert_eq!(check(&proof(without(&header, name), claims.clone()), &full), Err(fault), "{name}");
        }
        for (name, fault) in [
            ("jti", ProofFault::Malformed),
            ("htm", ProofFault::Malformed),
            ("htu", ProofFault::Malformed),
            ("iat", ProofFault::Malformed),
            ("nonce", ProofFault::Nonce),
            ("ath", ProofFault::OtherToken),
        ] {
            assert_eq!(check(&proof(header.clone(), without(&claims, name)), &full), Err(fault), "{name}");
        }
        let private = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": key.private()});
        assert_eq!(check(&proof(private, claims), &full), Err(ProofFault::NoKey));
        for text in ["", ".", "..", "a.b.c", "e30.e30."] {
            assert_eq!(check(text, &full), Err(ProofFault::Malformed), "{text:?}");
        }
    }
}

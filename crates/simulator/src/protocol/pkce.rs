//! Proof Key for Code Exchange (RFC 7636).

use super::codes;
use super::problem::OAuthError;
use crate::state::{Challenge, ChallengeMethod as Method, base64url, sha256};

/// Reads the challenge of an authorization request, given what the service or the client requires.
pub(crate) fn request(
    challenge: Option<&str>,
    method: Option<&str>,
    required: bool,
    s256_required: bool,
) -> Result<Option<Challenge>, OAuthError> {
    let Some(value) = challenge else {
        return match (required, method) {
            (true, _) => Err(MISSING),
            (false, Some(_)) => Err(METHOD_ALONE),
            (false, None) => Ok(None),
        };
    };
    let method = match method {
        None | Some("plain") => Method::Plain,
        Some("S256") => Method::S256,
        Some(_) => return Err(METHOD_UNKNOWN),
    };
    if s256_required && method == Method::Plain {
        return Err(NOT_S256);
    }
    if !is_well_formed(value) {
        return Err(MALFORMED);
    }
    Ok(Some(Challenge { value: value.to_owned(), method }))
}

/// Checks the verifier of a token request against the challenge, in both directions: a challenge demands a verifier,
/// and a verifier without a challenge is refused (RFC 9700, section 4.8.2).
pub(crate) fn check(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(VERIFIER_UNASKED),
        (Some(_), None) => Err(VERIFIER_MISSING),
        (Some(challenge), Some(verifier)) => {
            let matches = match challenge.method {
                Method::Plain => challenge.value == verifier,
                Method::S256 => challenge.value == base64url(sha256(verifier)),
            };
            if matches { Ok(()) } else { Err(VERIFIER_WRONG) }
        }
    }
}

/// 43 to 128 unreserved characters (RFC 7636, sections 4.1 and 4.2).
fn is_well_formed(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

const MISSING: OAuthError = OAuthError::invalid_request(
    codes::PKCE_REQUIRED,
    "The request has no 'code_challenge', which is required.",
);
const NOT_S256: OAuthError =
    OAuthError::invalid_request(codes::PKCE_S256_REQUIRED, "The 'code_challenge_method' must be S256.");
const METHOD_ALONE: OAuthError =
    OAuthError::invalid_request(codes::PKCE_METHOD, "A 'code_challenge_method' needs a 'code_challenge'.");
const METHOD_UNKNOWN: OAuthError =
    OAuthError::invalid_request(codes::PKCE_METHOD, "The 'code_challenge_method' is not known.");
const MALFORMED: OAuthError = OAuthError::invalid_request(
    codes::PKCE_CHALLENGE,
    "The 'code_challenge' is not 43 to 128 unreserved characters.",
);
const VERIFIER_MISSING: OAuthError =
    OAuthError::invalid_grant(codes::PKCE_VERIFIER_MISSING, "The request has no 'code_verifier'.");
const VERIFIER_WRONG: OAuthError =
    OAuthError::invalid_grant(codes::PKCE_VERIFIER_WRONG, "The 'code_verifier' does not match.");
const VERIFIER_UNASKED: OAuthError = OAuthError::invalid_grant(
    codes::PKCE_VERIFIER_UNASKED,
    "There is a 'code_verifier', but the authorization request had no 'code_challenge'.",
);

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_rfc_7636_appendix_b_matches() {
        let challenge = request(Some(CHALLENGE), Some("S256"), true, true).unwrap().unwrap();
        assert_eq!(check(Some(&challenge), Some(VERIFIER)), Ok(()));
        assert_eq!(check(Some(&challenge), Some(CHALLENGE)), Err(VERIFIER_WRONG));
        assert_eq!(check(Some(&challenge), None), Err(VERIFIER_MISSING));
    }

    #[test]
    fn plain_compares_and_is_the_default() {
        for method in [None, Some("plain")] {
            let challenge = request(Some(VERIFIER), method, true, false).unwrap().unwrap();
            assert_eq!(challenge.method, Method::Plain);
            assert_eq!(check(Some(&challenge), Some(VERIFIER)), Ok(()));
            assert_eq!(check(Some(&challenge), Some("x")), Err(VERIFIER_WRONG));
        }
    }

    #[test]
    fn a_verifier_that_nothing_asked_for_is_refused() {
        assert_eq!(check(None, None), Ok(()));
        assert_eq!(check(None, Some(VERIFIER)), Err(VERIFIER_UNASKED));
    }

    #[test]
    fn what_is_required_must_be_there() {
        let long = "a".repeat(129);
        for (challenge, method, required, s256, expected) in [
            (None, None, true, false, MISSING),
            (None, Some("S256"), true, true, MISSING),
            (None, Some("S256"), false, false, METHOD_ALONE),
            (Some(CHALLENGE), None, true, true, NOT_S256),
            (Some(CHALLENGE), Some("plain"), false, true, NOT_S256),
            (Some(CHALLENGE), Some("s256"), false, false, METHOD_UNKNOWN),
            (Some("short"), Some("S256"), false, false, MALFORMED),
            (Some(long.as_str()), None, false, false, MALFORMED),
            (Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"), None, false, false, MALFORMED),
        ] {
            assert_eq!(request(challenge, method, required, s256), Err(expected));
        }
        assert_eq!(request(None, None, false, true), Ok(None));
    }
}

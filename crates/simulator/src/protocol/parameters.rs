//! The parameters of a request of a client.

use percent_encoding::percent_decode_str;

use super::codes;
use super::problem::OAuthError;

/// The parameters of a request, none of them twice (RFC 6749, sections 3.1 and 3.2).
#[derive(Debug)]
pub(crate) struct RequestParameters(Vec<(String, String)>);

impl RequestParameters {
    /// Reads a query or a form. A parameter without a value is absent.
    pub(crate) fn parse(text: &str) -> Result<Self, OAuthError> {
        if !is_well_encoded(text) {
            return Err(MALFORMED);
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        // RFC 8707 lets `resource` stand several times.
        let is_twice = names.windows(2).any(|pair| matches!(pair, [a, b] if a == b && *a != "resource"));
        if is_twice { Err(TWICE) } else { Ok(Self(pairs)) }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The words of a parameter.
    pub(crate) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.get(name).unwrap_or_default().split(' ').filter(|word| !word.is_empty())
    }
}

/// Whether every percent sign begins an escape and the decoded text is UTF-8.
pub(crate) fn is_well_encoded(text: &str) -> bool {
    let mut escapes = text.split('%').skip(1).map(str::as_bytes);
    escapes.all(|rest| matches!(rest, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()))
        && percent_decode_str(text).decode_utf8().is_ok()
}

const TWICE: OAuthError =
    OAuthError::invalid_request(codes::PARAMETER_TWICE, "A parameter stands twice in the request.");
const MALFORMED: OAuthError = OAuthError::invalid_request(
    codes::PARAMETERS_MALFORMED,
    "The parameters are not percent-encoded UTF-8 (RFC 6749, appendix B).",
);

//! What has gone wrong on the way to the server, and what to do.

use authlete::AuthleteError;

use super::connection::address;
use crate::stop::Stop;

impl From<AuthleteError> for Stop {
    fn from(error: AuthleteError) -> Self {
        Self::new(explained(&error))
    }
}

/// An error with all of its causes and, where it says what to do, with that.
pub(crate) fn explained(error: &AuthleteError) -> String {
    let chain = error.chain().to_string();
    let is_way = matches!(error, AuthleteError::Connection { .. } | AuthleteError::RequestTimeout { .. });
    let status = error.http().map(|http| http.status.as_u16());
    match (is_way.then(address).flatten(), advice(&chain, status)) {
        (Some(address), Some(advice)) => format!("{address}: {chain}: {advice}"),
        (Some(address), None) => format!("{address}: {chain}"),
        (None, Some(advice)) => format!("{chain}: {advice}"),
        (None, None) => chain,
    }
}

/// What to do about it. The words of causes are those of the system and of rustls.
fn advice(chain: &str, status: Option<u16>) -> Option<&'static str> {
    const UNTRUSTED: &str = "its certificate comes from nobody who is trusted; if a private authority issued it, name that with --ca";
    const WORDS: [(&str, &str); 10] = [
        ("Connection refused", "nothing listens there; is AUTHLETE_BASE_URL right, and does the server run?"),
        (
            "lookup address",
            "the host is not known; is AUTHLETE_BASE_URL right, and does this machine resolve names?",
        ),
        ("BadSignature", UNTRUSTED),
        ("UnknownIssuer", UNTRUSTED),
        (
            "CaUsedAsEndEntity",
            "its certificate is an authority's; name the authority that issued the server's with --ca",
        ),
        ("not valid for name", "its certificate is another host's; is AUTHLETE_BASE_URL right?"),
        ("certificate expired", "its certificate has expired, or this machine's clock is wrong"),
        ("certificate not valid yet", "its certificate is not valid yet, or this machine's clock is wrong"),
        ("InvalidContentType", "that port does not speak TLS; is the port in AUTHLETE_BASE_URL right?"),
        (
            "CertificateRequired",
            "it wants a client certificate; name one with --client-certificate and --client-key",
        ),
    ];
    if chain.contains("proxy") {
        return Some("is --proxy, or HTTPS_PROXY, right, and does the proxy let this through?");
    }
    if status == Some(401) {
        return Some(
            "the server refuses the bearer; is AUTHLETE_BEARER, --bearer-file or --bearer-command right?",
        );
    }
    if status == Some(403) {
        return Some("the bearer in AUTHLETE_BEARER may not do this with the service in AUTHLETE_SERVICE_ID");
    }
    WORDS.iter().find(|(word, _)| chain.contains(word)).map(|(_, advice)| *advice)
}

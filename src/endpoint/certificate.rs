//! The client's certificate, as a proxy that ends TLS tells it.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::base64;
use super::form;
use super::headers::only;

/// The header in which a proxy that ends TLS tells the client's certificate, and how it is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateHeader {
    /// `Client-Cert`, and `Client-Cert-Chain` if it is there (RFC 9440).
    ClientCert,
    /// PEM whose line ends have become spaces or tabs, as Apache's `SSL_CLIENT_CERT` and HAProxy tell it.
    Pem(HeaderName),
    /// Percent-encoded PEM, as nginx's `$ssl_client_escaped_cert` and AWS tell it. A plus sign is one.
    UrlEncodedPem(HeaderName),
}

/// A certificate and those above it, as PEM. Both are `None` if the client has none.
#[derive(Default)]
pub(super) struct Certificate {
    pub(super) leaf: Option<String>,
    pub(super) path: Option<Vec<String>>,
}

/// The header holds no certificate, or there are several.
pub(super) struct Unreadable;

impl CertificateHeader {
    pub(super) fn read(&self, headers: &HeaderMap) -> Result<Certificate, Unreadable> {
        match self {
            Self::ClientCert => {
                let Some(value) = one(headers, "client-cert")? else { return Ok(Certificate::default()) };
                let leaf = from_byte_sequence(value).ok_or(Unreadable)?;
                let mut path = Vec::new();
                // A list may be spread over several lines (RFC 9651 section 4.2).
                for line in headers.get_all("client-cert-chain") {
                    for item in text(line)?.split(',') {
                        path.push(from_byte_sequence(item.trim_matches([' ', '\t'])).ok_or(Unreadable)?);
                    }
                }
                Ok(Certificate { leaf: Some(leaf), path: Some(path).filter(|path| !path.is_empty()) })
            }
            Self::Pem(name) => {
                let Some(value) = one(headers, name.as_str())? else { return Ok(Certificate::default()) };
                from_pem(value).ok_or(Unreadable)
            }
            Self::UrlEncodedPem(name) => {
                let Some(value) = one(headers, name.as_str())? else { return Ok(Certificate::default()) };
                form::unescape(value).and_then(|pem| from_pem(&pem)).ok_or(Unreadable)
            }
        }
    }
}

/// The only header with this name. An empty one is a proxy's word for no certificate.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Unreadable> {
    let value = only(headers, name).map_err(|_| Unreadable)?;
    Ok(value.map(text).transpose()?.filter(|value| !value.is_empty()))
}

fn text(value: &HeaderValue) -> Result<&str, Unreadable> {
    value.to_str().map(|text| text.trim_matches([' ', '\t'])).map_err(|_| Unreadable)
}

/// From a byte sequence of structured fields (RFC 9651 section 3.3.5), whose bytes are DER.
fn from_byte_sequence(text: &str) -> Option<String> {
    to_pem(text.strip_prefix(':')?.strip_suffix(':')?)
}

/// From one certificate or several in PEM, with any white space.
fn from_pem(text: &str) -> Option<Certificate> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    let mut certificates = Vec::new();
    let mut rest = text.trim_ascii();
    while !rest.is_empty() {
        let (digits, after) = rest.strip_prefix(BEGIN)?.split_once(END)?;
        let digits: String = digits.split_ascii_whitespace().collect();
        certificates.push(to_pem(&digits)?);
        rest = after.trim_ascii_start();
    }
    let mut certificates = certificates.into_iter();
    let leaf = Some(certificates.next()?);
    let path = Some(certificates.collect::<Vec<_>>()).filter(|path| !path.is_empty());
    Some(Certificate { leaf, path })
}

/// PEM (RFC 7468) of these base64 digits, which must be those of a DER sequence.
fn to_pem(digits: &str) -> Option<String> {
    const SEQUENCE: u8 = 0x30;
    if base64::decode(digits)?.first() != Some(&SEQUENCE) {
        return None;
    }
    let mut pem = String::with_capacity(digits.len() + digits.len() / 64 + 60);
    pem.push_str("-----BEGIN CERTIFICATE-----\n");
    let mut rest = digits;
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    Some(pem)
}

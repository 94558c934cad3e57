//! Certificates and keys in PEM (RFC 7468), read whole or refused.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::error::InvalidValue;

/// As many certificates as the text says that it has.
pub(super) fn certificates(
    what: &'static str,
    text: &[u8],
) -> Result<Vec<CertificateDer<'static>>, InvalidValue> {
    let announced = count(text, b"BEGIN CERTIFICATE");
    if announced == 0 {
        let none = "must be in PEM, and there is no BEGIN CERTIFICATE in this";
        return Err(InvalidValue::new(what, other_format(text).unwrap_or(none)));
    }
    // A line that has anything before its hyphens is passed over.
    match CertificateDer::pem_slice_iter(text).collect::<Result<Vec<_>, _>>() {
        Ok(certificates) if certificates.len() == announced => Ok(certificates),
        _ => Err(InvalidValue::new(what, "cannot be read as PEM: one BEGIN CERTIFICATE begins none")),
    }
}

/// The only private key of the text.
pub(super) fn private_key(text: &[u8]) -> Result<PrivateKeyDer<'static>, InvalidValue> {
    const WHAT: &str = "client key";
    const ENCRYPTED: InvalidValue =
        InvalidValue::new(WHAT, "is encrypted, which is not supported: decrypt it first");
    let has = |line| count(text, line) > 0;
    if has(b"BEGIN ENCRYPTED PRIVATE KEY") || has(b"Proc-Type: 4,ENCRYPTED") {
        return Err(ENCRYPTED);
    }
    if !has(b"PRIVATE KEY-----") {
        let none = "must be in PEM, and there is no BEGIN PRIVATE KEY in this";
        return Err(InvalidValue::new(WHAT, other_format(text).unwrap_or(none)));
    }
    match PrivateKeyDer::pem_slice_iter(text).collect::<Result<Vec<_>, _>>() {
        Ok(mut keys) if keys.len() < 2 => keys.pop().ok_or(InvalidValue::new(WHAT, "cannot be read as PEM")),
        Ok(_) => Err(InvalidValue::new(WHAT, "is more than one key")),
        Err(_) => Err(InvalidValue::new(WHAT, "cannot be read as PEM")),
    }
}

/// How often something stands in the text.
fn count(text: &[u8], what: &[u8]) -> usize {
    text.windows(what.len()).filter(|window| *window == what).count()
}

/// What a file is that has nothing in PEM.
fn other_format(text: &[u8]) -> Option<&'static str> {
    match text {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("must be in PEM as ASCII, and this is UTF-16"),
        _ if count(text, b"-----BEGIN PKCS7") > 0 => Some("must be in PEM, and this is PKCS#7"),
        _ if count(text, b"-----BEGIN TRUSTED CERTIFICATE") > 0 => {
            Some("must be in PEM, and this is OpenSSL's own TRUSTED CERTIFICATE")
        }
        [0x30, length, ..] => {
            // A sequence in DER, whose length takes up to four more bytes (X.690 section 8.1.3).
            let more = usize::from(if *length > 0x80 { length & 0x7f } else { 0 });
            let content = text.get(2 + more..).unwrap_or_default();
            // PKCS#12 begins with its version, 3 (RFC 7292 section 4).
            let is_pkcs12 = content.starts_with(&[0x02, 0x01, 0x03]);
            Some(if is_pkcs12 {
                "must be in PEM, and this is PKCS#12"
            } else {
                "must be in PEM, and this is DER"
            })
        }
        _ => None,
    }
}

//! Certificates and keys: whole, or refused for what they are.

use authlete::AuthleteError;
use authlete::transport::{HyperTransport, TlsConfig};
use rcgen::KeyPair;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::Authority;

/// Whether a transport can be built with these settings, which reports what was refused.
fn built(tls: TlsConfig) -> Result<HyperTransport, AuthleteError> {
    HyperTransport::builder().tls(tls).build()
}

fn roots(pem: impl AsRef<[u8]>) -> Result<HyperTransport, AuthleteError> {
    built(TlsConfig::new().add_roots_pem(pem.as_ref()))
}

fn reason(result: Result<HyperTransport, AuthleteError>) -> String {
    match result {
        Err(error @ AuthleteError::SdkValidation { .. }) => error.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn every_certificate_of_a_bundle_counts() {
    let [one, two, three] = [Authority::new().pem(), Authority::new().pem(), Authority::new().pem()];
    let bundle = format!("a comment\n{one}{two}\n\n# more\n{three}");
    roots(&bundle).unwrap();
    let shown = format!("{:?}", TlsConfig::new().add_roots_pem(bundle.as_bytes()));
    assert!(shown.contains("own_roots: 3"), "{shown}");
    for bundle in [
        // A byte order mark, at the start or where files were joined.
        format!("\u{feff}{one}"),
        format!("{one}\u{feff}{two}"),
        format!("{one}  {two}"),
        format!("{one}> {two}"),
        // Cut off, or damaged.
        format!("{one}{}", &two[..two.len() / 2]),
        format!("{one}-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
        format!("{one}{}", two.replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE----")),
        format!("{one}{}", two.replace("BEGIN CERTIFICATE", "BEGIN CERTIFICATE REQUEST")),
    ] {
        let reason = reason(roots(&bundle));
        assert!(reason.contains("root certificates") && reason.contains("BEGIN CERTIFICATE"), "{reason}");
    }
    // In PEM, but no certificate.
    let reason = reason(roots("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    assert!(reason.contains("rustls"), "{reason}");
}

#[test]
fn what_a_file_is_instead_is_named() {
    let (chain, key) = Authority::new().issue("john", |_| {});
    let of_chain = CertificateDer::from_pem_slice(chain.as_bytes()).unwrap();
    let of_key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let pkcs12 = [0x30, 0x82, 0x09, 0x51, 0x02, 0x01, 0x03, 0x30, 0x82, 0x09, 0x17];
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(chain.bytes().flat_map(|byte| [byte, 0])).collect();
    let trusted = chain.replace("CERTIFICATE", "TRUSTED CERTIFICATE");
    let pkcs7 = chain.replace("CERTIFICATE", "PKCS7");
    let cases: [(&[u8], &str); 8] = [
        (&of_chain, "this is DER"),
        (of_key.secret_der(), "this is DER"),
        (&pkcs12, "this is PKCS#12"),
        (&utf16, "this is UTF-16"),
        (trusted.as_bytes(), "this is OpenSSL's own TRUSTED CERTIFICATE"),
        (pkcs7.as_bytes(), "this is PKCS#7"),
        (b"", "there is no BEGIN"),
        (b"hello", "there is no BEGIN"),
    ];
    for (file, what) in cases {
        let refused = reason(roots(file));
        assert!(refused.ends_with(what) || refused.contains(what), "{refused}");
        let of_client = built(TlsConfig::new().client_certificate_pem(file, key.as_bytes()));
        assert!(reason(of_client).contains(what), "{what}");
        if !file.starts_with(b"-----") {
            let of_key = built(TlsConfig::new().client_certificate_pem(chain.as_bytes(), file));
            let refused = reason(of_key);
            assert!(refused.contains(what) && refused.contains("client key"), "{refused}");
        }
    }
}

#[test]
fn a_key_is_one_and_not_encrypted() {
    let (chain, key) = Authority::new().issue("john", |_| {});
    let with = |key: &str| built(TlsConfig::new().client_certificate_pem(chain.as_bytes(), key.as_bytes()));
    assert!(with(&key).is_ok() && with(&format!("{chain}{key}")).is_ok());
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    for encrypted in [encrypted.as_str(), old] {
        assert!(reason(with(encrypted)).contains("is encrypted"));
    }
    assert!(reason(with(&format!("{key}{key}"))).contains("more than one key"));
    assert!(reason(with(&chain)).contains("there is no BEGIN PRIVATE KEY"));
    assert!(reason(with(&key[..key.len() / 2])).contains("cannot be read as PEM"));
    let other = KeyPair::generate().unwrap().serialize_pem();
    assert!(reason(with(&other)).contains("does not go with its key"));
    // A key of no kind that the provider knows is not said to belong to another certificate.
    let nonsense = "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n";
    assert!(reason(with(nonsense)).contains("client key is none that the TLS provider can use"));
}

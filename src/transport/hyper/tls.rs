//! Trust and identity.

use std::fmt;
use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, TrustAnchor};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use crate::error::{AuthleteError, Rejected};

/// TLS settings: whom to trust, and with which certificate to identify oneself. TLS 1.2 and 1.3, with ring.
#[derive(Default)]
#[must_use]
pub struct TlsConfig {
    /// Read when they are given, so that a program which gives none does without the code that reads them.
    roots: Vec<TrustAnchor<'static>>,
    only_own_roots: bool,
    identity: Option<Arc<dyn ResolvesClientCert>>,
}

impl TlsConfig {
    /// The defaults: the webpki roots (with `native-roots`, the system's store) and no client certificate.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts these certificates too, one or more in PEM (RFC 7468).
    ///
    /// # Errors
    /// [`AuthleteError::SdkValidation`] if there is none in it, or one that cannot be read.
    pub fn add_roots_pem(mut self, pem: &[u8]) -> Result<Self, AuthleteError> {
        let mut roots = RootCertStore { roots: self.roots };
        for root in certificates("root certificates", pem)? {
            roots
                .add(root)
                .map_err(|_| Rejected::new("root certificates", "have one that cannot be read"))?;
        }
        self.roots = roots.roots;
        Ok(self)
    }

    /// Whether only certificates added here are trusted.
    pub fn only_own_roots(mut self, only: bool) -> Self {
        self.only_own_roots = only;
        self
    }

    /// Identifies this side by a certificate (RFC 8446 section 4.4.2): its chain and its private key, in PEM.
    ///
    /// # Errors
    /// [`AuthleteError::SdkValidation`] if there is no certificate or no private key in it, or if they do not go together.
    pub fn client_certificate_pem(mut self, chain: &[u8], key: &[u8]) -> Result<Self, AuthleteError> {
        let chain = certificates("client certificate", chain)?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|_| Rejected::new("client key", "cannot be read as PEM"))?;
        let key = CertifiedKey::from_der(chain, key, &rustls::crypto::ring::default_provider())
            .map_err(|_| Rejected::new("client certificate", "does not go with its key"))?;
        self.identity = Some(Arc::new(SingleCertAndKey::from(key)));
        Ok(self)
    }

    pub(super) fn connector(self) -> Result<TlsConnector, Rejected> {
        let mut roots = RootCertStore { roots: self.roots };
        if !self.only_own_roots {
            add_default_roots(&mut roots);
        }
        if roots.is_empty() {
            return Err(Rejected::new("root certificates", "are none, so that no server could be trusted"));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| Rejected::new("TLS", "has no protocol version in this build"))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        if let Some(identity) = self.identity {
            config.client_auth_cert_resolver = identity;
        }
        #[cfg(feature = "http2")]
        {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

fn certificates(what: &'static str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Rejected> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(Rejected::new(what, "cannot be read as PEM")),
    }
}

#[cfg(not(feature = "native-roots"))]
fn add_default_roots(roots: &mut RootCertStore) {
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
}

#[cfg(feature = "native-roots")]
fn add_default_roots(roots: &mut RootCertStore) {
    // A store has unreadable certificates now and then; what matters is that some can be read.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
}

impl fmt::Debug for TlsConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TlsConfig")
            .field("own_roots", &self.roots.len())
            .field("only_own_roots", &self.only_own_roots)
            .field("client_certificate", &self.identity.is_some())
            .finish()
    }
}

//! A certificate authority of the tests' own, and servers with its certificates.

use std::sync::Arc;

use authlete::transport::TlsConfig;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

/// Issues certificates that only [`trust`](Self::trust) trusts.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its own certificate.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// Settings that trust this authority alone.
    pub fn trust(&self) -> TlsConfig {
        TlsConfig::new().only_own_roots(true).add_roots_pem(self.pem().as_bytes())
    }

    /// A certificate and its key, both in PEM.
    pub fn issue(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut params);
        (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
    }

    /// A server for `localhost`.
    pub fn server(&self) -> TlsAcceptor {
        self.server_with("localhost", &[], |_| {})
    }

    /// A server with a certificate of its own, and the protocols it speaks.
    pub fn server_with(
        &self,
        name: &str,
        protocols: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> TlsAcceptor {
        let (chain, key) = self.issue(name, change);
        acceptor(&chain, &key, protocols, None)
    }

    /// A server that asks its clients for a certificate of this authority.
    pub fn server_for_known_clients(&self) -> TlsAcceptor {
        let (chain, key) = self.issue("localhost", |_| {});
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        acceptor(&chain, &key, &[], Some(roots))
    }
}

/// A server with this certificate, which asks its clients for one of these authorities' if there are any.
pub fn acceptor(chain: &str, key: &str, protocols: &[&str], clients: Option<RootCertStore>) -> TlsAcceptor {
    let chain = rustls::pki_types::CertificateDer::pem_slice_iter(chain.as_bytes()).collect::<Result<_, _>>();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(roots) => builder.with_client_cert_verifier(
            rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                .build()
                .unwrap(),
        ),
    };
    let mut config = builder.with_single_cert(chain.unwrap(), key).unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

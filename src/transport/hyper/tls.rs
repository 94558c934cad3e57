//! Trust and identity.

use std::fmt;
use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::TrustAnchor;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use super::pem;
use super::provider::{self, TlsProvider};
use crate::error::InvalidValue;

/// TLS settings of the built-in transport: whom to trust, how to identify oneself, whose cryptography to use. TLS 1.2 and 1.3
/// by rustls.
///
/// The first setting that is refused is kept, and the building of the core or the transport reports it as
/// [`SdkValidation`](crate::AuthleteError::SdkValidation).
///
/// The defaults are Mozilla's roots as the crate `webpki-roots` has them, no client certificate, HTTP/1.1, and the
/// cryptography that [`TlsProvider`] describes. They do not depend on Cargo features: a feature adds a setting, and only the
/// setting changes what is done.
///
/// # Private certificate authorities
///
/// ```
/// use authlete::transport::TlsConfig;
/// use authlete::{AuthleteCore, AuthleteError};
///
/// fn core(roots: &[u8], chain: &[u8], key: &[u8]) -> Result<AuthleteCore, AuthleteError> {
///     let tls = TlsConfig::new()
///         .add_roots_pem(roots)
///         .only_own_roots(true)
///         .client_certificate_pem(chain, key);
///     AuthleteCore::builder().base_url("https://authlete.example").tls(tls).build()
/// }
/// ```
///
/// # FIPS
///
/// The cryptography comes from a validated module if the program installs one as the default of its process. Depend on
/// `authlete` with `default-features = false, features = ["rustls-no-provider"]` and on `rustls` with its feature `fips`.
/// [`TlsProvider::ProcessDefault`] keeps the choice if another dependency enables a feature of this crate, and
/// [`fips_only`](Self::fips_only) refuses to build a core that would not comply:
///
/// ```
/// use authlete::transport::{TlsConfig, TlsProvider};
/// use authlete::{AuthleteCore, AuthleteError};
///
/// fn core() -> Result<AuthleteCore, AuthleteError> {
///     // First thing in `main`, once:
///     // rustls::crypto::default_fips_provider().install_default()
///     let tls = TlsConfig::new().provider(TlsProvider::ProcessDefault).fips_only(true);
///     AuthleteCore::builder().tls(tls).build()
/// }
/// ```
#[derive(Default)]
#[must_use]
pub struct TlsConfig {
    provider: Option<TlsProvider>,
    fips_only: bool,
    /// Read by the setter, so that a program which sets none does not link the code that reads them.
    roots: Vec<TrustAnchor<'static>>,
    only_own_roots: bool,
    #[cfg(feature = "native-roots")]
    native_roots: bool,
    #[cfg(feature = "http2")]
    http2: bool,
    identity: Option<Identity>,
    rejected: Option<InvalidValue>,
}

/// A certificate and its key, which become usable by a provider.
type Identity =
    Box<dyn Fn(&CryptoProvider) -> Result<Arc<dyn ResolvesClientCert>, InvalidValue> + Send + Sync>;

impl TlsConfig {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whose cryptography to use, whatever features are on.
    pub fn provider(mut self, provider: TlsProvider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Whether to refuse, when the transport is built, anything that is not in FIPS mode: the provider, and TLS 1.2 without
    /// the extended master secret (RFC 7627).
    pub fn fips_only(mut self, only: bool) -> Self {
        self.fips_only = only;
        self
    }

    /// Trusts these certificates too, one or more in PEM (RFC 7468).
    ///
    /// It is refused if there is none in it, or if after any `BEGIN CERTIFICATE` no certificate can be read, as
    /// where a byte order mark stands before the line. Nothing is left out in silence. The text of the error names what was given
    /// instead: DER, PKCS#12, PKCS#7.
    pub fn add_roots_pem(mut self, pem: &[u8]) -> Self {
        let read = self.read_roots(pem);
        self.keep_rejected(read);
        self
    }

    fn read_roots(&mut self, pem: &[u8]) -> Result<(), InvalidValue> {
        let mut roots = RootCertStore { roots: std::mem::take(&mut self.roots) };
        for root in pem::certificates("root certificates", pem)? {
            roots.add(root).map_err(|_| {
                InvalidValue::new("root certificates", "have one that cannot be used by rustls")
            })?;
        }
        self.roots = roots.roots;
        Ok(())
    }

    /// What was refused first, if anything was. The building of the transport reports it; ask before to tell, for example, in
    /// which file it is.
    #[must_use]
    pub fn rejected(&self) -> Option<&InvalidValue> {
        self.rejected.as_ref()
    }

    fn keep_rejected(&mut self, result: Result<(), InvalidValue>) {
        if let Err(rejected) = result {
            self.rejected.get_or_insert(rejected);
        }
    }

    /// Whether only certificates added here are trusted.
    pub fn only_own_roots(mut self, only: bool) -> Self {
        self.only_own_roots = only;
        self
    }

    /// Whether the operating system's certificate store is trusted in place of the webpki roots. It is read when the
    /// transport is built. `SSL_CERT_FILE` and `SSL_CERT_DIR` name another store.
    #[cfg(feature = "native-roots")]
    #[cfg_attr(docsrs, doc(cfg(feature = "native-roots")))]
    pub fn native_roots(mut self, native: bool) -> Self {
        self.native_roots = native;
        self
    }

    /// Whether to offer HTTP/2 to servers beside HTTP/1.1, through ALPN (RFC 7301).
    #[cfg(feature = "http2")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn http2(mut self, offer: bool) -> Self {
        self.http2 = offer;
        self
    }

    /// Identifies this side by a certificate (RFC 8446 section 4.4.2): its chain and its private key, in PEM. Choose a
    /// [`provider`](Self::provider) first, if you choose one.
    ///
    /// It is refused if there is no certificate or not exactly one private key in it, if the key is encrypted, or
    /// if they do not go together.
    pub fn client_certificate_pem(mut self, chain: &[u8], key: &[u8]) -> Self {
        let read = self.read_identity(chain, key);
        self.keep_rejected(read);
        self
    }

    fn read_identity(&mut self, chain: &[u8], key: &[u8]) -> Result<(), InvalidValue> {
        let chain = pem::certificates("client certificate", chain)?;
        let key = pem::private_key(key)?;
        let identity: Identity = Box::new(move |provider| {
            let key = CertifiedKey::from_der(chain.clone(), key.clone_key(), provider)
                .map_err(|error| unusable(&error))?;
            Ok(Arc::new(SingleCertAndKey::from(key)))
        });
        if let Ok(provider) = provider::choose(self.provider) {
            identity(&provider)?;
        }
        self.identity = Some(identity);
        Ok(())
    }

    #[cfg(feature = "http2")]
    pub(super) fn offers_http2(&self) -> bool {
        self.http2
    }

    pub(super) fn connector(mut self) -> Result<TlsConnector, InvalidValue> {
        if let Some(rejected) = self.rejected {
            return Err(rejected);
        }
        let provider = provider::choose(self.provider)?;
        let identity = self.identity.as_ref().map(|identity| identity(&provider)).transpose()?;
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| InvalidValue::new("TLS provider", "has no cipher suite for TLS 1.2 or 1.3"))?
            .with_root_certificates(self.trusted()?)
            .with_no_client_auth();
        if let Some(identity) = identity {
            config.client_auth_cert_resolver = identity;
        }
        if self.fips_only {
            config.require_ems = true;
            if !config.fips() {
                return Err(InvalidValue::new("TLS provider", "is not in FIPS mode"));
            }
        }
        #[cfg(feature = "http2")]
        if self.http2 {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(TlsConnector::from(Arc::new(config)))
    }

    fn trusted(&mut self) -> Result<RootCertStore, InvalidValue> {
        let mut roots = RootCertStore { roots: std::mem::take(&mut self.roots) };
        if !self.only_own_roots {
            self.add_default_roots(&mut roots);
        }
        if roots.is_empty() {
            return Err(InvalidValue::new(
                "root certificates",
                "are none, so that no server could be trusted",
            ));
        }
        Ok(roots)
    }

    fn add_default_roots(&self, roots: &mut RootCertStore) {
        #[cfg(feature = "native-roots")]
        if self.native_roots {
            // A store has unreadable certificates now and then; what matters is that some can be read.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            return;
        }
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
}

/// Why rustls does not take a certificate and its key.
fn unusable(error: &rustls::Error) -> InvalidValue {
    match error {
        rustls::Error::InconsistentKeys(_) => {
            InvalidValue::new("client certificate", "does not go with its key")
        }
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
            InvalidValue::new("client certificate", "cannot be used by rustls")
        }
        _ => InvalidValue::new("client key", "is none that the TLS provider can use"),
    }
}

impl fmt::Debug for TlsConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TlsConfig")
            .field("provider", &self.provider)
            .field("own_roots", &self.roots.len())
            .field("only_own_roots", &self.only_own_roots)
            .field("client_certificate", &self.identity.is_some())
            .finish_non_exhaustive()
    }
}

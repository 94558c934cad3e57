//! Whose cryptography TLS uses.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

use crate::error::InvalidValue;

/// Whose cryptography TLS uses.
///
/// Several features may be on at once, for cargo unites what all dependencies enable. Where
/// [`TlsConfig::provider`](super::TlsConfig::provider) does not choose, the first of this list that is on wins:
///
/// | feature | provider |
/// |---|---|
/// | `rustls` | ring, `Ring` |
/// | `rustls-aws-lc-rs` | aws-lc-rs, `AwsLcRs` |
/// | `rustls-no-provider` | what the program has installed, `ProcessDefault` |
///
/// So adding any of them to a program with `rustls` changes nothing. A program that must not use ring makes its choice
/// explicit. Nothing is ever installed as the default of the process, and a default that is installed does not matter
/// unless it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsProvider {
    /// ring.
    #[cfg(feature = "rustls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "rustls")))]
    Ring,
    /// aws-lc-rs. It takes a C compiler to build.
    #[cfg(feature = "rustls-aws-lc-rs")]
    #[cfg_attr(docsrs, doc(cfg(feature = "rustls-aws-lc-rs")))]
    AwsLcRs,
    /// The provider that the program has installed with rustls 0.23's `CryptoProvider::install_default`. Without one,
    /// building the transport fails with [`SdkValidation`](crate::AuthleteError::SdkValidation).
    ProcessDefault,
}

impl TlsProvider {
    /// The first of those that are on.
    #[cfg(feature = "rustls")]
    const FIRST: Self = Self::Ring;
    #[cfg(all(feature = "rustls-aws-lc-rs", not(feature = "rustls")))]
    const FIRST: Self = Self::AwsLcRs;
    #[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc-rs")))]
    const FIRST: Self = Self::ProcessDefault;
}

/// The chosen provider, or the first of those that are on.
pub(super) fn choose(chosen: Option<TlsProvider>) -> Result<Arc<CryptoProvider>, InvalidValue> {
    const NONE: InvalidValue = InvalidValue::new(
        "TLS provider",
        "is missing: call rustls' CryptoProvider::install_default first, or enable the feature rustls or rustls-aws-lc-rs",
    );
    match chosen.unwrap_or(TlsProvider::FIRST) {
        #[cfg(feature = "rustls")]
        TlsProvider::Ring => Ok(Arc::new(rustls::crypto::ring::default_provider())),
        #[cfg(feature = "rustls-aws-lc-rs")]
        TlsProvider::AwsLcRs => Ok(Arc::new(rustls::crypto::aws_lc_rs::default_provider())),
        TlsProvider::ProcessDefault => CryptoProvider::get_default().cloned().ok_or(NONE),
    }
}

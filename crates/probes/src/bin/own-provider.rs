//! authlete without a provider, which takes the one that the program installs.

use authlete::AuthleteError;
use authlete_probes::{Outcome, builder, offered_groups};
use rustls::NamedGroup;
use rustls::crypto::{CryptoProvider, ring};

fn main() -> Outcome {
    let error = builder(443).build().unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error}");
    assert!(error.to_string().contains("install_default"), "{error}");

    let marked = CryptoProvider { kx_groups: vec![ring::kx_group::SECP384R1], ..ring::default_provider() };
    marked.install_default().map_err(|_| "there is a default already")?;
    assert_eq!(offered_groups()?, [NamedGroup::secp384r1]);
    Ok(())
}

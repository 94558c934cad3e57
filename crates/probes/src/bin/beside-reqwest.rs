//! authlete on aws-lc-rs beside reqwest with its default features and a bare `ClientConfig::builder()`, which panics if a
//! dependency has brought a second provider.

use authlete_probes::{Outcome, offered_groups};
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, NamedGroup, RootCertStore};

fn main() -> Outcome {
    // Only aws-lc-rs has it.
    assert!(offered_groups()?.contains(&NamedGroup::X25519MLKEM768));
    assert!(CryptoProvider::get_default().is_none(), "authlete has installed a default");

    reqwest::Client::builder().build()?;
    ClientConfig::builder().with_root_certificates(RootCertStore::empty()).with_no_client_auth();
    // The bare builder has installed a default. It makes no difference.
    assert!(offered_groups()?.contains(&NamedGroup::X25519MLKEM768));
    Ok(())
}

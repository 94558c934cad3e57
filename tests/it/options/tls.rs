//! Trust, protocols and cryptography: a setting chooses them, and a feature by itself changes none.

use std::sync::Arc;

use authlete::transport::{TlsConfig, TlsProvider};
use authlete::{AuthleteCoreBuilder, AuthleteError, Delivery};
use rustls::NamedGroup;
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::Acceptor;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use crate::child;
use crate::faults::trial::status;
use crate::support::{Authority, RawServer, core, read_request};

/// What a client offers when it begins.
struct Hello {
    protocols: Vec<String>,
    groups: Vec<NamedGroup>,
}

/// The hello of a core with these settings.
async fn hello(tls: Option<TlsConfig>) -> Hello {
    let (sender, mut hellos) = mpsc::unbounded_channel();
    let server = RawServer::start(move |stream, _| {
        let sender = sender.clone();
        async move {
            let accepted = tokio_rustls::LazyConfigAcceptor::new(Acceptor::default(), stream).await.unwrap();
            let hello = accepted.client_hello();
            let protocols = hello.alpn().into_iter().flatten();
            sender
                .send(Hello {
                    protocols: protocols.map(|name| String::from_utf8_lossy(name).into_owned()).collect(),
                    groups: hello.named_groups().unwrap().to_vec(),
                })
                .unwrap();
        }
    })
    .await;
    let builder = core(&format!("https://localhost:{}", server.addr().port()));
    let builder = match tls {
        Some(tls) => builder.tls(tls),
        None => builder,
    };
    let error = status(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent);
    hellos.recv().await.unwrap()
}

/// Only aws-lc-rs has it, and offers it always.
fn is_ring(hello: &Hello) -> bool {
    !hello.groups.contains(&NamedGroup::X25519MLKEM768)
}

#[tokio::test]
async fn by_default_it_is_ring_and_http1_whatever_is_enabled() {
    for tls in [None, Some(TlsConfig::new())] {
        let hello = hello(tls).await;
        assert!(is_ring(&hello), "{:?}", hello.groups);
        assert_eq!(hello.protocols, [""; 0]);
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http2_is_offered_where_it_is_asked_for() {
    assert_eq!(hello(Some(TlsConfig::new().http2(true))).await.protocols, ["h2", "http/1.1"]);
    assert_eq!(hello(Some(TlsConfig::new().http2(true).http2(false))).await.protocols, [""; 0]);
}

#[tokio::test]
async fn the_provider_is_the_chosen_one() {
    assert!(is_ring(&hello(Some(TlsConfig::new().provider(TlsProvider::Ring))).await));
    #[cfg(feature = "rustls-aws-lc-rs")]
    assert!(!is_ring(&hello(Some(TlsConfig::new().provider(TlsProvider::AwsLcRs))).await));
}

fn refused(builder: AuthleteCoreBuilder) -> String {
    let error = builder.build().unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error}");
    error.to_string()
}

#[test]
fn without_a_default_of_the_process_there_is_none_to_use() {
    if !child::is_child() {
        child::run("options::tls::without_a_default_of_the_process_there_is_none_to_use", &[]);
        return;
    }
    // Making cores, with whatever provider, installs none either.
    core("https://localhost").build().unwrap();
    let builder = core("https://localhost").tls(TlsConfig::new().provider(TlsProvider::ProcessDefault));
    let text = refused(builder);
    assert!(text.contains("install_default") && text.contains("rustls-aws-lc-rs"), "{text}");
    assert!(CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn the_default_of_the_process_is_used_where_it_is_chosen() {
    if !child::is_child() {
        child::run("options::tls::the_default_of_the_process_is_used_where_it_is_chosen", &[]);
        return;
    }
    let marked = CryptoProvider { kx_groups: vec![ring::kx_group::SECP384R1], ..ring::default_provider() };
    marked.install_default().unwrap();
    let chosen = hello(Some(TlsConfig::new().provider(TlsProvider::ProcessDefault))).await;
    assert_eq!(chosen.groups, [NamedGroup::secp384r1]);
    assert!(hello(None).await.groups.contains(&NamedGroup::X25519));
}

#[test]
fn a_provider_that_is_not_in_fips_mode_is_refused() {
    let text = refused(core("https://localhost").tls(TlsConfig::new().fips_only(true)));
    assert!(text.contains("FIPS"), "{text}");
    core("https://localhost").tls(TlsConfig::new().fips_only(false)).build().unwrap();
}

#[test]
fn a_certificate_read_before_there_is_a_provider_is_checked_when_there_is() {
    if !child::is_child() {
        child::run(
            "options::tls::a_certificate_read_before_there_is_a_provider_is_checked_when_there_is",
            &[],
        );
        return;
    }
    let authority = Authority::new();
    let ((chain, right), (_, wrong)) = (authority.issue("john", |_| {}), authority.issue("john", |_| {}));
    let with = |key: &str| {
        let tls = TlsConfig::new().provider(TlsProvider::ProcessDefault);
        tls.client_certificate_pem(chain.as_bytes(), key.as_bytes())
    };
    let (right, wrong) = (with(&right), with(&wrong));
    ring::default_provider().install_default().unwrap();
    assert!(refused(core("https://localhost").tls(wrong)).contains("does not go with its key"));
    core("https://localhost").tls(right).build().unwrap();
}

/// Asks a server whose authority is the only one in the operating system's store.
#[tokio::test]
async fn the_systems_store_is_trusted_where_it_is_chosen() {
    let authority = Authority::new();
    if !child::is_child() {
        let store = std::env::temp_dir().join(format!("authlete-store-{}.pem", std::process::id()));
        std::fs::write(&store, authority.pem()).unwrap();
        let (key, chain) = (store.with_extension("key"), store.with_extension("chain"));
        let issued = authority.issue("localhost", |_| {});
        std::fs::write(&chain, issued.0).unwrap();
        std::fs::write(&key, issued.1).unwrap();
        let variables = [("SSL_CERT_FILE", &store), ("TEST_CHAIN", &chain), ("TEST_KEY", &key)];
        let variables = variables.map(|(name, path)| (name, path.to_str().unwrap()));
        child::run("options::tls::the_systems_store_is_trusted_where_it_is_chosen", &variables);
        for file in [&store, &chain, &key] {
            std::fs::remove_file(file).unwrap();
        }
        return;
    }
    let file = |variable: &str| std::fs::read_to_string(std::env::var(variable).unwrap()).unwrap();
    let acceptor = Arc::new(crate::support::acceptor(&file("TEST_CHAIN"), &file("TEST_KEY"), &[], None));
    let server = RawServer::start(move |stream, _| {
        let acceptor = Arc::clone(&acceptor);
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            read_request(&mut stream).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
            stream.flush().await.unwrap();
        }
    })
    .await;
    let core = |tls| core(&format!("https://localhost:{}", server.addr().port())).tls(tls).build().unwrap();
    assert_eq!(status(&core(TlsConfig::new())).await.unwrap_err().delivery(), Delivery::NotSent);
    #[cfg(feature = "native-roots")]
    {
        status(&core(TlsConfig::new().native_roots(true))).await.unwrap();
        let own = TlsConfig::new().native_roots(true).only_own_roots(true);
        let own = own.add_roots_pem(Authority::new().pem().as_bytes());
        assert_eq!(status(&core(own)).await.unwrap_err().delivery(), Delivery::NotSent);
    }
}

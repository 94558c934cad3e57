//! Getting at the server: whom it trusts, who it is, the bearer; and what it says when it does not get there.

use std::fs;
use std::net::TcpListener;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use authlete_simulator::{Fault, Operation};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::support::{BEARER, Bench, Ran, block_on, lines};

/// A certificate authority of the tests' own.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn issue(&self, name: &str) -> (String, String) {
        self.issue_for(name, 1975..=4096)
    }

    /// A certificate that is valid from the beginning of the first of these years to that of the last.
    fn issue_for(&self, name: &str, years: RangeInclusive<i32>) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(*years.start(), 1, 1);
        params.not_after = date_time_ymd(*years.end(), 1, 1);
        (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
    }

    /// A server with a certificate for this name, which asks for one if `clients` says so.
    fn acceptor(&self, name: &str, clients: bool) -> TlsAcceptor {
        self.acceptor_with(self.issue(name), clients)
    }

    /// The same with this certificate and its key.
    fn acceptor_with(&self, (chain, key): (String, String), clients: bool) -> TlsAcceptor {
        let chain = CertificateDer::pem_slice_iter(chain.as_bytes()).collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        let builder = match clients {
            true => builder.with_client_cert_verifier(verifier.build().unwrap()),
            false => builder.with_no_client_auth(),
        };
        TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key).unwrap()))
    }
}

/// Puts TLS before a simulator, in a thread of its own. Returns the port.
fn front(bench: &Bench, acceptor: TlsAcceptor) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let behind = bench.simulator.url().trim_start_matches("http://").to_owned();
    std::thread::spawn(move || {
        block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                tokio::spawn(async move {
                    let mut stream = match acceptor.accept(stream).into_fallible().await {
                        Ok(stream) => stream,
                        Err((_, mut refused)) => {
                            // To close with something unread would take back what was said.
                            tokio::io::copy(&mut refused, &mut tokio::io::sink()).await.ok()?;
                            return None;
                        }
                    };
                    let mut simulator = TcpStream::connect(behind).await.ok()?;
                    tokio::io::copy_bidirectional(&mut stream, &mut simulator).await.ok()
                });
            }
        });
    });
    port
}

/// Runs with this base URL and these variables in place of the bench's.
fn at(bench: &Bench, url: &str, arguments: &str, variables: &[(&str, &str)]) -> Ran {
    let mut command = bench.command(arguments);
    command.env("AUTHLETE_BASE_URL", url).envs(variables.iter().copied());
    let ran = Ran::of(command.output().unwrap());
    assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
    ran
}

fn written(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

const RUN: &str = "run --skip-dry-run";

#[test]
fn a_private_authority_is_trusted_by_its_file_alone() {
    let (authority, other) = (Authority::new(), Authority::new());
    let bench = Bench::new(&lines(20));
    let url = format!("https://localhost:{}", front(&bench, authority.acceptor("localhost", false)));
    let folder = tempfile::tempdir().unwrap();
    let own = written(&folder, "ca.pem", &authority.0.pem());
    let foreign = written(&folder, "other.pem", &other.0.pem());
    for options in [String::new(), format!(" --ca {foreign}")] {
        let ran = at(&bench, &url, &format!("{RUN}{options}"), &[]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        for said in ["certificate", "--ca", url.trim_start_matches("https://")] {
            assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
        }
    }
    let ran = at(&bench, &url, &format!("{RUN} --ca {}", written(&folder, "no.pem", "no")), &[]);
    assert!(ran.code == Some(1) && ran.stderr.contains("no.pem"), "{ran:?}");
    let ran = at(&bench, &url, &format!("{RUN} --ca {own}"), &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    bench.assert_created(20, &[]);

    #[cfg(feature = "native-roots")]
    {
        let ran = at(&bench, &url, "verify --system-store", &[("SSL_CERT_FILE", &own)]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
}

/// A proxy that opens tunnels, in a thread of its own. Returns the port, and counts the tunnels.
fn proxy() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let tunnels = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tunnels);
    std::thread::spawn(move || {
        block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((mut stream, _)) = listener.accept().await {
                let counted = Arc::clone(&counted);
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(stream.read_u8().await.ok()?);
                    }
                    let head = String::from_utf8(head).ok()?;
                    let target = head.strip_prefix("CONNECT ")?.split(' ').next()?;
                    let mut origin = TcpStream::connect(target).await.ok()?;
                    counted.fetch_add(1, Ordering::SeqCst);
                    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.ok()?;
                    tokio::io::copy_bidirectional(&mut stream, &mut origin).await.ok()
                });
            }
        });
    });
    (port, tunnels)
}

#[test]
fn a_proxy_is_gone_through_where_it_is_named() {
    let authority = Authority::new();
    let bench = Bench::new(&lines(20));
    let url = format!("https://localhost:{}", front(&bench, authority.acceptor("localhost", false)));
    let folder = tempfile::tempdir().unwrap();
    let ca = written(&folder, "ca.pem", &authority.0.pem());
    let (port, tunnels) = proxy();
    let way = format!("http://127.0.0.1:{port}");
    let ran = at(&bench, &url, &format!("{RUN} --ca {ca} --proxy {way}"), &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    bench.assert_created(20, &[]);
    let before = tunnels.load(Ordering::SeqCst);
    assert!(before > 0);
    let ran = at(&bench, &url, &format!("verify --ca {ca}"), &[("HTTPS_PROXY", &way)]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let with_env = tunnels.load(Ordering::SeqCst);
    assert!(with_env > before);
    let around = [("HTTPS_PROXY", &*way), ("NO_PROXY", "localhost")];
    let ran = at(&bench, &url, &format!("verify --ca {ca}"), &around);
    assert_eq!((ran.code, tunnels.load(Ordering::SeqCst)), (Some(0), with_env), "{ran:?}");

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ran = at(&bench, &url, &format!("verify --ca {ca} --retry-for 0.1 --proxy 127.0.0.1:{closed}"), &[]);
    assert!(ran.code == Some(1) && ran.stderr.contains("is --proxy, or HTTPS_PROXY, right"), "{ran:?}");
}

#[test]
fn a_client_certificate_is_shown_to_who_asks() {
    let authority = Authority::new();
    let bench = Bench::new(&lines(20));
    let url = format!("https://localhost:{}", front(&bench, authority.acceptor("localhost", true)));
    let folder = tempfile::tempdir().unwrap();
    let ca = written(&folder, "ca.pem", &authority.0.pem());
    let (chain, key) = authority.issue("migration");
    let (chain, key) = (written(&folder, "chain.pem", &chain), written(&folder, "key.pem", &key));
    let trusting = format!("{RUN} --ca {ca}");
    let ran = at(&bench, &url, &format!("{trusting} --client-certificate {chain}"), &[]);
    assert!(ran.code == Some(1) && ran.stderr.contains("--client-key"), "{ran:?}");
    let ran = at(&bench, &url, &format!("{trusting} --client-certificate {chain} --client-key {key}"), &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    bench.assert_created(20, &[]);
}

#[test]
fn what_keeps_it_from_the_server_reads_differently_and_says_what_to_do() {
    let authority = Authority::new();
    let bench = Bench::new(&lines(3));
    let folder = tempfile::tempdir().unwrap();
    let ca = written(&folder, "ca.pem", &authority.0.pem());
    let port = front(&bench, authority.acceptor("elsewhere.example", false));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let expired =
        front(&bench, authority.acceptor_with(authority.issue_for("localhost", 1990..=2000), false));
    let early = front(&bench, authority.acceptor_with(authority.issue_for("localhost", 3000..=3001), false));
    let asking = front(&bench, authority.acceptor("localhost", true));
    let plain = bench.simulator.url().replace("http://127.0.0.1", "https://localhost");
    // Too long to be a name, so that nobody is asked.
    let nowhere = format!("https://{}.invalid", "a".repeat(64));
    let cases = [
        (format!("http://127.0.0.1:{closed}"), format!("127.0.0.1:{closed}"), "nothing listens there"),
        (nowhere.clone(), format!("{}:443", &nowhere[8..]), "the host is not known"),
        (
            format!("https://localhost:{port}"),
            format!("localhost:{port}"),
            "its certificate is another host's",
        ),
        (plain.clone(), plain[8..].to_owned(), "that port does not speak TLS"),
        (
            format!("https://localhost:{expired}"),
            format!("localhost:{expired}"),
            "its certificate has expired, or this machine's clock is wrong",
        ),
        (
            format!("https://localhost:{early}"),
            format!("localhost:{early}"),
            "its certificate is not valid yet, or this machine's clock is wrong",
        ),
        (
            format!("https://localhost:{asking}"),
            format!("localhost:{asking}"),
            "it wants a client certificate; name one with --client-certificate and --client-key",
        ),
    ];
    crate::support::each(cases, |(url, address, said)| {
        let mut command = bench.command(&format!("{RUN} --ca {ca} --retry-for 0.1"));
        command.arg("--journal").arg(bench.path(&format!("{}.journal", address.replace(':', "-"))));
        let ran = Ran::of(command.env("AUTHLETE_BASE_URL", &url).output().unwrap());
        assert_eq!(ran.code, Some(1), "{ran:?}");
        for said in [&*address, said] {
            assert!(ran.stderr.contains(said), "{said} is not in {ran:?}");
        }
    });
    assert_eq!(bench.ledger().created_count(), 0);
}

#[test]
fn a_bearer_that_is_refused_is_named_with_where_it_comes_from() {
    let bench = Bench::new(&lines(30));
    let ran = at(&bench, bench.simulator.url(), RUN, &[("AUTHLETE_BEARER", "wrong")]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("AUTHLETE_BEARER"), "{ran:?}");
    // And in mid-run.
    bench.simulator.inject(Fault::status(401).on(Operation::CreateBatch).after(1).always());
    let ran = bench.run(&format!("{RUN} --chunk-records 10 --concurrency 1"), 1);
    assert!(ran.stderr.contains("AUTHLETE_BEARER"), "{ran:?}");
}

#[test]
fn the_bearer_may_come_from_a_file_or_a_command_and_change_on_the_way() {
    let bench = Bench::new(&lines(30));
    let url = bench.simulator.url().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let none = [("AUTHLETE_BEARER", "")];
    let file = written(&folder, "bearer", &format!("{BEARER}\n"));
    let ran = at(&bench, &url, &format!("{RUN} --bearer-file {file}"), &none);
    assert_eq!(ran.code, Some(0), "{ran:?}");

    // The first is refused; the second time the command gives another.
    let flag = folder.path().join("flag");
    let script =
        format!("if test -e {0}; then echo {BEARER}; else touch {0}; echo stale; fi", flag.display());
    let script = written(&folder, "script", &script);
    let mut command = bench.command("verify --all");
    command.arg("--bearer-command").arg(format!("sh {script}")).env("AUTHLETE_BEARER", "");
    let ran = Ran::of(command.output().unwrap());
    assert_eq!(ran.code, Some(0), "{ran:?}");

    for (option, said) in [
        (format!("--bearer-file {file}.not"), "cannot read the bearer in"),
        (format!("--bearer-file {}", written(&folder, "empty", "\n")), "there is no bearer"),
        ("--bearer-command false".to_owned(), "ended with exit status: 1"),
    ] {
        let ran = at(&bench, &url, &format!("verify {option}"), &none);
        assert!(ran.code == Some(1) && ran.stderr.contains(said), "{said} is not in {ran:?}");
    }
}

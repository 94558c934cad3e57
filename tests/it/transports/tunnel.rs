//! Every way in which a proxy can fail to open a tunnel.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::transport::Proxy;
use authlete::{AuthleteCore, AuthleteError, Delivery, RetryConfig, Secret};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::faults::trial::{create, is_connect_timeout, is_connection};
use crate::support::{Authority, BEARER, RawServer, TOKEN, assert_discreet, core, read_request};

const OPEN: &str = "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n";
const PASSWORD: &str = "canary-proxy-55ee";

/// How a connection ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Fin,
    Reset,
    /// Not at all.
    Silence,
}

/// What the proxy is to say next, and all that it has heard after CONNECT.
#[derive(Clone)]
struct Script {
    answer: Arc<Mutex<(Vec<u8>, End)>>,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Script {
    fn new() -> Self {
        Self { answer: Arc::new(Mutex::new((Vec::new(), End::Fin))), heard: Arc::default() }
    }

    fn set(&self, answer: impl AsRef<[u8]>, end: End) {
        *self.answer.lock().unwrap() = (answer.as_ref().to_vec(), end);
    }

    async fn start(&self) -> RawServer {
        let script = self.clone();
        RawServer::start(move |mut stream, _| {
            let script = script.clone();
            async move {
                let Some(request) = read_request(&mut stream).await else { return };
                assert!(request.starts_with("CONNECT authlete.test:443 "), "{request}");
                let (answer, end) = script.answer.lock().unwrap().clone();
                let _ = stream.write_all(&answer).await;
                match end {
                    End::Fin => drop(stream.shutdown().await),
                    End::Reset => {
                        // What was said is read first.
                        tokio::time::sleep(Duration::from_millis(5)).await;
                        return stream.set_zero_linger().unwrap();
                    }
                    End::Silence => {}
                }
                let mut buffer = [0; 4096];
                while let Ok(count @ 1..) = stream.read(&mut buffer).await {
                    script.heard.lock().unwrap().extend_from_slice(&buffer[..count]);
                }
            }
        })
        .await
    }

    /// Neither the bearer nor a token came to the proxy.
    fn check(&self) {
        let heard = String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned();
        assert!(!heard.contains(BEARER) && !heard.contains(TOKEN) && !heard.contains("POST "), "{heard}");
    }
}

fn through(server: &RawServer, limit: Duration) -> AuthleteCore {
    let proxy = Proxy::new(server.url()).unwrap().credentials("john", &Secret::from(PASSWORD));
    core("https://authlete.test")
        .tls(Authority::new().trust())
        .proxy(proxy)
        .connect_timeout(limit)
        .retries(RetryConfig::None)
        .build()
        .unwrap()
}

async fn failure(core: &AuthleteCore) -> AuthleteError {
    let error = create(core).await.unwrap_err();
    assert_eq!((error.delivery(), error.may_resend()), (Delivery::NotSent, true), "{error:?}");
    assert_discreet(&error);
    let shown = format!("{error:?} {}", error.chain());
    assert!(!shown.contains(PASSWORD) && !shown.contains("am9objp"), "{shown}");
    error
}

const AMPLE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn row_102_an_answer_may_end_at_each_byte() {
    let script = Script::new();
    let server = script.start().await;
    let core = through(&server, AMPLE);
    for end in [End::Fin, End::Reset] {
        for after in 0..=OPEN.len() {
            script.set(&OPEN[..after], end);
            let error = failure(&core).await;
            assert!(is_connection(&error), "{end:?} after {after}: {error:?}");
            assert_eq!(error.proxy_status(), None);
        }
    }
    script.check();
}

/// Which of these may pass by itself, and that the status is told by type.
#[tokio::test]
async fn row_102_a_refusal_is_told_by_its_status() {
    const STATUSES: [u16; 25] = [
        300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 407, 408, 410, 421, 429, 451, 500, 501, 502,
        503, 504, 505, 511, 599,
    ];
    let script = Script::new();
    let server = script.start().await;
    let core = through(&server, AMPLE);
    for status in STATUSES {
        for rest in ["\r\n\r\n", " No\r\nContent-Length: 2\r\nProxy-Authenticate: Basic\r\n\r\nno", " No\n\n"]
        {
            script.set(format!("HTTP/1.1 {status}{rest}"), End::Fin);
            let error = failure(&core).await;
            assert!(is_connection(&error), "{error:?}");
            assert_eq!(error.proxy_status().map(|status| status.as_u16()), Some(status));
            let passes = matches!(status, 408 | 429 | 500..);
            assert_eq!(error.is_retryable(), passes, "{status}");
        }
    }
    // What never reached a proxy has no status.
    let port = server.addr().port();
    drop(server);
    let nobody = Proxy::new(format!("http://127.0.0.1:{port}")).unwrap();
    let core = crate::support::core("https://authlete.test").proxy(nobody).build().unwrap();
    let error = failure(&core).await;
    assert_eq!((error.proxy_status(), error.is_retryable()), (None, true));
    script.check();
}

#[tokio::test]
async fn row_102_lies() {
    let script = Script::new();
    let server = script.start().await;
    let core = through(&server, AMPLE);
    let answered =
        format!("{OPEN}HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}");
    let endless = format!("HTTP/1.1 200 OK\r\n{}", "X-Padding: 0123456789\r\n".repeat(2_000));
    let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(2_000);
    for lie in [
        // An answer for the server, garbage, an alert, or half a record in the tunnel.
        answered.as_bytes(),
        format!("{OPEN}what is this?").as_bytes(),
        &[OPEN.as_bytes(), &[21, 3, 3, 0, 2, 2, 40]].concat(),
        &[OPEN.as_bytes(), &[22, 3, 3, 0, 200, 2]].concat(),
        // No HTTP, or not of a version or status that there is.
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/2.0 200 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 099 OK\r\n\r\n",
        b"HTTP/1.1 600 OK\r\n\r\n",
        b"HTTP/1.1 20x OK\r\n\r\n",
        b"http/1.1 200 OK\r\n\r\n",
        b"\0\0\0\n\n",
        // More of it than there can be.
        endless.as_bytes(),
        interim.as_bytes(),
    ] {
        script.set(lie, End::Fin);
        let error = failure(&core).await;
        assert!(is_connection(&error), "{error:?}");
        assert_eq!(error.proxy_status(), None);
    }
    script.check();
}

#[tokio::test]
async fn row_102_a_proxy_that_falls_silent_at_any_byte() {
    let script = Script::new();
    let server = script.start().await;
    let core = through(&server, Duration::from_millis(60));
    for after in (0..=OPEN.len()).step_by(8).chain([OPEN.len()]) {
        script.set(&OPEN[..after], End::Silence);
        let error = failure(&core).await;
        assert!(is_connect_timeout(&error), "{error:?}");
    }
    script.check();
    drop(core);
    server.deserted().await;
}

/// As curl reads the list.
#[tokio::test]
async fn hosts_may_be_separated_by_spaces() {
    let closed = "http://127.0.0.1:1";
    let origin = RawServer::start(|mut stream, _| async move {
        while read_request(&mut stream).await.is_some() {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
        }
    })
    .await;
    for (list, around) in [
        ("127.0.0.1 example.com", true),
        ("example.com 127.0.0.1", true),
        ("example.com  \t 127.0.0.1 , other.example", true),
        (" , 127.0.0.1", true),
        ("example.com\n127.0.0.1\n", true),
        ("example.com, 10.0.0.0/8 127.0.0.0/8", true),
        ("127.0.0.2 example.com", false),
        ("127.0 .0.1", false),
        ("", false),
    ] {
        let proxy = Proxy::new(closed).unwrap().no_proxy(list);
        let core = core(&origin.url()).proxy(proxy).build().unwrap();
        assert_eq!(create(&core).await.is_ok(), around, "{list:?}");
    }
}

//! The way through an HTTP proxy, judged by a raw one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authlete::transport::{HyperTransport, Proxy};
use authlete::{AuthleteCore, AuthleteError, Delivery, Secret};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::child;
use crate::faults::trial::{
    Repeated, Row, Seen, create, impatient, is_connect_timeout, is_connection, status,
};
use crate::support::{Authority, BEARER, RawServer, SERVER_SECRET, core, read_request};

const OPEN: &str = "HTTP/1.1 200 Connection established\r\n\r\n";
const PASSWORD: &str = "canary-proxy-55ee";

/// What a proxy was asked, head by head.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Answers a request with an empty object, as often as there is one.
async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    while let Some(request) = read_request(&mut stream).await {
        assert!(request.contains(BEARER) && !request.to_ascii_lowercase().contains("proxy-"), "{request}");
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
        stream.flush().await.unwrap();
    }
}

/// A proxy that writes these pieces in answer to CONNECT and then is the origin itself, over TLS if there is an authority.
async fn proxy(pieces: &'static [&'static str], authority: Option<&Authority>, asked: &Asked) -> RawServer {
    let acceptor = authority.map(|authority| authority.server_with("authlete.test", &[], |_| {}));
    let asked = asked.clone();
    RawServer::start(move |mut stream: TcpStream, _| {
        let (acceptor, asked) = (acceptor.clone(), asked.clone());
        async move {
            let Some(head) = read_request(&mut stream).await else { return };
            asked.0.lock().unwrap().push(head);
            for piece in pieces {
                stream.write_all(piece.as_bytes()).await.unwrap();
                stream.flush().await.unwrap();
                if pieces.len() > 1 {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            }
            match acceptor {
                Some(acceptor) => {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    serve(stream).await;
                }
                None => serve(stream).await,
            }
        }
    })
    .await
}

/// A proxy that says this of every CONNECT and ends.
async fn refusing(answer: impl Into<String>, seen: &Seen) -> RawServer {
    let (answer, seen): (String, _) = (answer.into(), seen.clone());
    RawServer::start(move |mut stream, _| {
        let (answer, seen) = (answer.clone(), seen.clone());
        async move {
            if read_request(&mut stream).await.is_some_and(|request| request.starts_with("CONNECT ")) {
                seen.one();
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        }
    })
    .await
}

fn at(server: &RawServer) -> Proxy {
    Proxy::new(server.url()).unwrap()
}

fn secure(authority: &Authority, proxy: Proxy) -> AuthleteCore {
    core("https://authlete.test").tls(authority.trust()).proxy(proxy).build().unwrap()
}

#[tokio::test]
async fn tls_runs_through_a_tunnel_that_is_used_again() {
    let (authority, asked) = (Authority::new(), Asked::default());
    let server = proxy(&[OPEN], Some(&authority), &asked).await;
    let core = secure(&authority, at(&server));
    for _ in 0..3 {
        create(&core).await.unwrap();
    }
    let expected = "CONNECT authlete.test:443 HTTP/1.1\r\nHost: authlete.test:443\r\n\r\n";
    assert_eq!(asked.take(), [expected]);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn plain_http_goes_through_a_tunnel_too() {
    let asked = Asked::default();
    let server = proxy(&[OPEN], None, &asked).await;
    let to = |url: &str| core(url).allow_plain_http(true).proxy(at(&server)).build().unwrap();
    create(&to("http://authlete.test:8080")).await.unwrap();
    create(&to("http://authlete.test")).await.unwrap();
    create(&to("http://[2001:db8::7]:81")).await.unwrap();
    let lines: Vec<_> = asked.take().iter().map(|head| head.lines().next().unwrap().to_owned()).collect();
    let expected = ["authlete.test:8080", "authlete.test:80", "[2001:db8::7]:81"];
    assert_eq!(lines, expected.map(|target| format!("CONNECT {target} HTTP/1.1")));
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http2_is_picked_through_the_tunnel() {
    let authority = Authority::new();
    let acceptor = authority.server_with("authlete.test", &["h2"], |_| {});
    let server = RawServer::start(move |mut stream, _| {
        let acceptor = acceptor.clone();
        async move {
            read_request(&mut stream).await.unwrap();
            stream.write_all(OPEN.as_bytes()).await.unwrap();
            let mut connection = h2::server::handshake(acceptor.accept(stream).await.unwrap()).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                body.send_data(bytes::Bytes::from_static(b"{}"), true).unwrap();
            }
        }
    })
    .await;
    let tls = authority.trust().http2(true);
    let core = core("https://authlete.test").tls(tls).proxy(at(&server)).build().unwrap();
    for _ in 0..2 {
        create(&core).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn heads_of_any_form_open_the_tunnel() {
    let forms: [&[&str]; 6] = [
        &["HTTP/1.0 200 OK\r\nServer: squid\r\n\r\n"],
        &["HTTP/1.1 200\r\n\r\n"],
        &["HTTP/1.1 204 No Content\nVia: x\n\n"],
        &["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"],
        // A success has no content, whatever it says (RFC 9110 section 9.3.6).
        &["HTTP/1.1 200 OK\r\nContent-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n"],
        &["H", "TTP/1.1 200 ", "OK\r", "\n", "X-Cache: MISS\r\n", "\r", "\n"],
    ];
    for form in forms {
        let (authority, asked) = (Authority::new(), Asked::default());
        let server = proxy(form, Some(&authority), &asked).await;
        create(&secure(&authority, at(&server))).await.unwrap_or_else(|error| panic!("{form:?}: {error:?}"));
    }
}

#[tokio::test]
async fn what_follows_the_head_at_once_belongs_to_the_tunnel() {
    // The bytes are no TLS. Had they been dropped, the handshake would succeed.
    let (authority, asked) = (Authority::new(), Asked::default());
    let early = &["HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"];
    let server = proxy(early, Some(&authority), &asked).await;
    let error = create(&secure(&authority, at(&server))).await.unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert!(error.chain().to_string().contains("the TLS handshake failed"), "{}", error.chain());
}

#[tokio::test]
async fn a_refusal_is_told_and_nothing_is_sent() {
    let head =
        |status: &str| format!("HTTP/1.1 {status}\r\nX-Reason: {SERVER_SECRET}\r\n\r\n{SERVER_SECRET}");
    let long = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(17 << 10));
    let endless = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000);
    let (never, passing) = (Repeated::Never, Repeated::Any);
    let rows = [
        (head("407 Proxy Authentication Required"), never, "refused the connection: it answered 407"),
        (head("403 Forbidden"), never, "refused the connection: it answered 403"),
        (head("302 Found"), never, "it answered 302"),
        (head("429 Too Many Requests"), passing, "it answered 429"),
        (head("502 Bad Gateway"), passing, "it answered 502"),
        (head("503 Service Unavailable"), passing, "it answered 503"),
        (head("999 Odd"), never, "the proxy's answer is not HTTP/1"),
        (head("20 OK"), never, "the proxy's answer is not HTTP/1"),
        (head("2000 OK"), never, "the proxy's answer is not HTTP/1"),
        ("SSH-2.0-OpenSSH\r\n\r\n".to_owned(), never, "the proxy's answer is not HTTP/1"),
        ("HTTP/2 200 OK\r\n\r\n".to_owned(), never, "the proxy's answer is not HTTP/1"),
        ("\r\n\r\n".to_owned(), never, "the proxy's answer is not HTTP/1"),
        (long, never, "the head of the proxy's answer is too long"),
        (endless, never, "the head of the proxy's answer is too long"),
        (String::new(), passing, "the proxy broke off"),
        ("HTTP/1.1 200 OK\r\nX-Half".to_owned(), passing, "the proxy broke off"),
    ];
    for (answer, repeated, reason) in rows {
        let seen = Seen::default();
        let server = refusing(answer, &seen).await;
        let proxy = at(&server).credentials("john", &Secret::from(PASSWORD));
        let core = impatient("https://authlete.test").proxy(proxy).build().unwrap();
        let row = Row { kind: is_connection, delivery: Delivery::NotSent, repeated };
        row.check(&core, Some(&seen)).await;
        let error = create(&core).await.unwrap_err();
        assert!(error.chain().to_string().contains(reason), "{} lacks {reason}", error.chain());
        let shown = format!("{} {error:?}", error.chain());
        for secret in [PASSWORD, SERVER_SECRET, "127.0.0.1", "authlete.test"] {
            assert!(!shown.contains(secret), "{secret} shows in {shown}");
        }
    }
}

#[tokio::test]
async fn a_proxy_that_says_nothing_meets_the_connect_timeout() {
    let server =
        RawServer::start(|mut stream, _| async move { while read_request(&mut stream).await.is_some() {} })
            .await;
    let core = impatient("https://authlete.test").proxy(at(&server)).attempt_timeout(Duration::from_secs(60));
    let core = core.build().unwrap();
    let row = Row { kind: is_connect_timeout, delivery: Delivery::NotSent, repeated: Repeated::Any };
    row.check(&core, None).await;
    drop(core);
    server.deserted().await;
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let core = impatient("https://authlete.test").proxy(Proxy::new(url).unwrap()).build().unwrap();
    let error = create(&core).await.unwrap_err();
    assert!(error.chain().to_string().contains("could not connect to the proxy"), "{}", error.chain());
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 3));
}

#[tokio::test]
async fn credentials_are_sent_to_the_proxy_alone() {
    let basic = |text: &str| format!("proxy-authorization: Basic {text}");
    let with = |url: &str, server: &RawServer| Proxy::new(url.replace("PROXY", &server.addr().to_string()));
    let cases = [
        ("http://Aladdin:open%20sesame@PROXY", basic("QWxhZGRpbjpvcGVuIHNlc2FtZQ==")),
        ("http://john@PROXY/", basic("am9objo=")),
        ("j%3ahn:p%40ss@PROXY", "is refused".to_owned()),
        ("HTTP://john:p%40s:s@PROXY", basic("am9objpwQHM6cw==")),
        ("http://john:gr%C3%BC%C3%9Fe@PROXY", basic("am9objpncsO8w59l")),
    ];
    for (url, expected) in cases {
        let (authority, asked) = (Authority::new(), Asked::default());
        let server = proxy(&[OPEN], Some(&authority), &asked).await;
        let Ok(proxy) = with(url, &server) else {
            assert_eq!(expected, "is refused", "{url}");
            continue;
        };
        create(&secure(&authority, proxy)).await.unwrap();
        let head = asked.take().remove(0);
        let line = head.lines().find(|line| line.starts_with("Proxy-Authorization")).unwrap();
        assert_eq!(line.replacen("Proxy-Authorization", "proxy-authorization", 1), expected);
    }
}

fn rejected(result: Result<impl std::fmt::Debug, AuthleteError>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(PASSWORD) && !shown.contains("proxy.test"), "{shown}");
    error.to_string()
}

#[test]
fn what_is_no_proxy_is_refused() {
    let form = "is not of the form";
    for (url, reason) in [
        ("", form),
        ("http://", form),
        ("http://:3128", form),
        ("http://proxy.test:0x1", form),
        ("http://proxy.test:99999", form),
        ("http://proxy.test:0", form),
        ("http://[]:3128", form),
        ("http://[::1]x:3128", form),
        ("http://proxy.test:3128/path", form),
        ("http://proxy.test:3128?query", form),
        ("http://proxy test", form),
        ("https://proxy.test", "another scheme"),
        ("socks5h://john:canary-proxy-55ee@proxy.test", "another scheme"),
        (" http://proxy.test", "white space"),
        ("\"http://proxy.test\"", "quotes"),
        ("http://john:canary-proxy-55ee%zz@proxy.test", "encodes nothing"),
        ("http://john:canary-proxy-55ee%0a@proxy.test", "control character"),
    ] {
        let text = rejected(Proxy::new(url));
        assert!(text.contains(reason), "{url:?}: {text}");
    }
    let secret = Secret::from(PASSWORD);
    rejected(
        HyperTransport::builder()
            .proxy(Proxy::new("proxy.test").unwrap().credentials("jo:hn", &secret))
            .build(),
    );
    rejected(
        HyperTransport::builder()
            .proxy(Proxy::new("proxy.test").unwrap().credentials("john\r\nX: y", &secret))
            .build(),
    );
    let proxy = Proxy::new(format!("http://john:{PASSWORD}@proxy.test")).unwrap();
    assert_eq!(format!("{proxy:?}"), "Proxy { credentials: true, .. }");
}

/// What is allowed because it does not leave this machine must not reach another.
#[tokio::test]
async fn plain_http_to_this_machine_goes_around_a_proxy_on_another() {
    let origin = RawServer::start(|stream, _| serve(stream)).await;
    let port = origin.addr().port();
    for host in ["127.0.0.1", "localhost", "LocalHost"] {
        let proxy = Proxy::new("http://proxy.invalid:3128").unwrap();
        let core = core(&format!("http://{host}:{port}")).proxy(proxy).build().unwrap();
        status(&core).await.unwrap();
    }
}

#[tokio::test]
async fn some_hosts_are_reached_without_it() {
    let seen = Seen::default();
    let way = refusing("HTTP/1.1 403 Forbidden\r\n\r\n", &seen).await;
    let origin = RawServer::start(|stream, _| serve(stream)).await;
    let port = origin.addr().port();
    let other = port ^ 1;
    let around = |host: &str, list: String| {
        let proxy = at(&way).no_proxy("example.com").no_proxy(&list);
        let core = core(&format!("http://{host}:{port}")).proxy(proxy).build().unwrap();
        async move {
            match status(&core).await {
                Ok(()) => true,
                Err(error) if error.chain().to_string().contains("it answered 403") => false,
                Err(error) => panic!("{}", error.chain()),
            }
        }
    };
    for list in [
        "*".to_owned(),
        "127.0.0.1".to_owned(),
        "a.test, 127.0.0.0/8 ,b.test".to_owned(),
        "127.0.0.1/32".to_owned(),
        "0.0.0.0/0".to_owned(),
        format!("127.0.0.1:{port}"),
        format!("*:{port}"),
    ] {
        assert!(around("127.0.0.1", list.clone()).await, "through the proxy with {list}");
    }
    for list in [
        String::new(),
        ",,".to_owned(),
        "localhost".to_owned(),
        "126.0.0.0/8".to_owned(),
        "127.0.0.1/33".to_owned(),
        "127.0.0.0/".to_owned(),
        "0.0.1".to_owned(),
        "::/0".to_owned(),
        "::1".to_owned(),
        format!("127.0.0.1:{other}"),
        format!("*:{other}"),
        "http://127.0.0.1".to_owned(),
    ] {
        assert!(!around("127.0.0.1", list.clone()).await, "around the proxy with {list}");
    }
    for list in ["localhost", "LOCALHOST", ".localhost", "*.localhost", "localhost."] {
        assert!(around("localhost", list.to_owned()).await, "through the proxy with {list}");
    }
    for list in ["ocalhost", "a.localhost", "local", "127.0.0.1", "host"] {
        assert!(!around("localhost", list.to_owned()).await, "around the proxy with {list}");
    }
}

/// In a child: what a core for this URL does, without a proxy and with that of the environment.
async fn act(url: &str) -> [String; 2] {
    let core = |proxy| impatient(url).proxy(proxy).build().unwrap();
    let plain = status(&impatient(url).build().unwrap()).await;
    let proxied = status(&core(Proxy::from_env().unwrap())).await;
    [plain, proxied].map(|result| result.map_or_else(|error| error.chain().to_string(), |()| "fine".into()))
}

// The servers answer while the child is waited for.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_environment_is_read_when_it_is_asked_for() {
    const TEST: &str = "transports::proxy::the_environment_is_read_when_it_is_asked_for";
    if child::is_child() {
        let [plain, proxied] = act(&std::env::var("TEST_URL").unwrap()).await;
        println!("plain: {plain}\nproxied: {proxied}\n");
        return;
    }
    let seen = Seen::default();
    let way = refusing("HTTP/1.1 403 Forbidden\r\n\r\n", &seen).await;
    let way = way.url();
    let origin = RawServer::start(|mut stream, _| async move {
        let mut first = [0];
        stream.peek(&mut first).await.unwrap();
        match &first {
            b"G" => serve(stream).await,
            _ => stream.write_all(b"no TLS here").await.unwrap(),
        }
    })
    .await;
    let nowhere = "http://127.0.0.1:1";
    let (refused, port) = ("it answered 403", origin.addr().port());
    let secure = format!("https://127.0.0.1:{port}");
    // That it is asked for TLS shows that it is reached.
    let direct = "the TLS handshake failed";
    let rows: [(&[(&str, &str)], &str); 7] = [
        (&[("HTTPS_PROXY", &way)], refused),
        (&[("https_proxy", &way), ("HTTPS_PROXY", nowhere), ("ALL_PROXY", nowhere)], refused),
        (&[("https_proxy", ""), ("ALL_PROXY", &way)], refused),
        (&[("HTTPS_PROXY", ""), ("HTTP_PROXY", &way)], direct),
        (&[("HTTPS_PROXY", &way), ("NO_PROXY", "a.test,127.0.0.1")], direct),
        (&[("HTTPS_PROXY", &way), ("no_proxy", "127.0.0.0/8"), ("NO_PROXY", "a.test")], direct),
        (&[], direct),
    ];
    for (variables, expected) in rows {
        let variables: Vec<_> = variables.iter().copied().chain([("TEST_URL", &*secure)]).collect();
        let printed = child::run(TEST, &variables);
        let line =
            |start: &str| printed.lines().find(|line| line.contains(start)).unwrap_or_default().to_owned();
        assert!(line("plain: ").contains(direct), "{variables:?}: {printed}");
        assert!(line("proxied: ").contains(expected), "{variables:?}: {printed}");
    }
    let printed = child::run(TEST, &[("HTTPS_PROXY", &*way), ("TEST_URL", &*origin.url())]);
    assert!(printed.contains("proxied: fine"), "{printed}");
}

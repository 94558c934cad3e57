//! What a core takes and refuses.

use authlete::funcs::token_operations_auth_token_create_batch_status_api as status;
use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest as Request;
#[cfg(feature = "http2")]
use authlete::transport::HyperTransport;
use authlete::transport::TlsConfig;
use authlete::{AuthleteCore, AuthleteError, CredentialError, Delivery, RequestOptions, Server};

use crate::fake::{Fake, batch_status, create, fine, ms};
use crate::support::{BEARER, SERVER_SECRET, assert_discreet};

fn assert_rejected(result: Result<impl std::fmt::Debug, AuthleteError>, what: &str, value: &str) {
    let error = result.unwrap_err();
    let AuthleteError::SdkValidation { rejected, .. } = &error else { panic!("{value:?}: {error:?}") };
    assert_eq!(rejected.what(), what, "{value:?}");
    assert_eq!((error.delivery(), error.attempts(), error.operation()), (Delivery::NotSent, 0, None));
    assert!(!error.is_retryable() && !error.is_timeout());
    // The value is not repeated, whatever it is. The form a URL must have is no value.
    let shown = format!("{error} {error:?}").replace("https://HOST[:PORT][/PREFIX]", "");
    assert!(value.len() < 6 || !shown.contains(value), "{error:?}");
    assert!(error.to_string().starts_with("configuration: "), "{error}");
}

#[test]
fn bearers_that_no_header_can_carry_are_refused() {
    for bearer in ["", " ", "a b", "a\r\nb", "a\nb", "a\rb", "a\0b", "a\tb", "\u{7f}", "töken", "トークン"]
    {
        let error = Fake::new(|_| fine()).bare().bearer(bearer).build().unwrap_err();
        let malformed = matches!(error, AuthleteError::Credential { source: CredentialError::Malformed, .. });
        assert!(malformed, "{bearer:?}: {error:?}");
        assert_discreet(&error);
    }
}

#[tokio::test]
async fn visible_ascii_is_a_bearer() {
    let bearer: String = ('!'..='~').collect();
    let fake = Fake::new(|_| fine());
    batch_status(&fake.bare().bearer(&*bearer).build().unwrap(), None).await.unwrap();
    assert_eq!(fake.header("authorization"), [format!("Bearer {bearer}")]);
    assert!(fake.request().headers()["authorization"].is_sensitive());
}

/// URLs that are refused, by the core and by a call.
pub const WRONG_URLS: &[&str] = &[
    "",
    "/",
    "us.authlete.com",
    "//us.authlete.com",
    "https://",
    "https:///path",
    "https://:443",
    "https://us.authlete.com:0",
    "https://us.authlete.com:65536",
    "https://b:80@b:80",
    "https://[]",
    "https://[zz]",
    "https://[::1",
    "https://[::1]x:80",
    "https://[127.0.0.1]",
    "ftp://us.authlete.com",
    "file:///etc/passwd",
    "ws://us.authlete.com",
    "https://user@us.authlete.com",
    "https://user:canary-server-77aa@us.authlete.com",
    "https://us.authlete.com?canary-server-77aa",
    "https://us.authlete.com/?a=b",
    "https://us.authlete.com/path?",
    "https://us.authlete.com#fragment",
    "https://us.authlete.com/path#",
    "https://us.authlete.com/.",
    "https://us.authlete.com/..",
    "https://us.authlete.com/a/../b",
    "https://us.authlete.com/./b",
    "https://us.authlete.com:99999",
    "https://us.authlete.com:port",
    "https://us.authlete.com:",
    "https://us.authlete.com:-1",
    "https://us authlete.com",
    " https://us.authlete.com",
    "https://us.authlete.com\r\n",
    "https://[::1",
    "https://us.authlete.com/\u{0}",
    "https://us.authlete.com/é",
    "https://us.authlete.com/%zz",
    "https://us.authlete.com/%2",
    "https://us.authlete.com/%",
    "https://us.authlete.com/%é",
    "https://us.authlete.com/a b",
    "https://us.authlete.com/a\"b",
    "https://us.authlete.com/a<b",
    "https://us.authlete.com/a\\b",
    "https://us.authlete.com/{tenant}",
    "https://us.authlete.com/a^b",
    "https://us.authlete.com/[a]",
    "https://us.authlete.com/%2E",
    "https://us.authlete.com/a/%2e%2E/b",
    "https://us.authlete.com/.%2e",
    "https://us.authlete.com/api",
    "https://us.authlete.com/api/",
    "https://us.authlete.com/v3/api//",
    "\"https://us.authlete.com\"",
    "'https://us.authlete.com'",
    "\u{feff}https://us.authlete.com",
    "https://us.authlete.com\u{a0}",
];

#[test]
fn urls_of_another_form_are_refused() {
    for url in WRONG_URLS {
        assert_rejected(Fake::new(|_| fine()).core().base_url(*url).build(), "base URL", url);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_url_is_named() {
    for (url, why) in [
        (" https://us.authlete.com", "has white space around it"),
        ("https://us.authlete.com\r\n", "has white space around it"),
        (" \"https://us.authlete.com\"", "has white space around it"),
        ("\"https://us.authlete.com\"", "has quotes around it"),
        ("\u{201c}https://us.authlete.com\u{201d}", "has quotes around it"),
        ("https://us.authlete.com'", "has quotes around it"),
        ("https://us.authlete.com/api", "ends in /api, with which every path begins: leave it out"),
        ("https://gateway.example/authlete/api/", "ends in /api, with which every path begins: leave it out"),
        ("https://us.authlete.com/é", "has a prefix that is no path of a URI"),
        ("https://us.authlete.com/a/%2E%2e", "has a dot segment in its prefix"),
    ] {
        let error = Fake::new(|_| fine()).core().base_url(url).build().unwrap_err();
        assert_eq!(error.to_string(), format!("configuration: base URL {why}"), "{url:?}");
        let core = Fake::new(|_| fine()).core().build().unwrap();
        let options = RequestOptions::new().base_url(url);
        let error = create(&core, Some(&options)).await.unwrap_err();
        // Without causes there is no more to say.
        let operation = "auth_token_create_batch_api (not sent)";
        assert_eq!(error.chain().to_string(), format!("{operation}: base URL {why}"), "{url:?}");
    }
}

#[tokio::test]
async fn what_stands_around_a_bearer_or_a_service_id_is_named() {
    for (around, why) in [
        ("X ", "has white space around it"),
        ("X\n", "has white space around it"),
        ("\u{feff}X", "has white space around it"),
        ("\u{a0}'X'", "has white space around it"),
        ("'X'", "has quotes around it"),
        ("\"X", "has quotes around it"),
        ("`X`", "has quotes around it"),
        ("\u{2018}X\u{2019}", "has quotes around it"),
    ] {
        let fake = Fake::new(|_| fine());
        let error = fake.bare().bearer(around.replace('X', BEARER)).build().unwrap_err();
        let chain = error.chain().to_string();
        assert_eq!(
            chain,
            format!("configuration: there is no usable bearer: the bearer {why}"),
            "{around:?}"
        );
        assert_discreet(&error);

        let id = around.replace('X', "1234567890");
        let error = fake.core().service_id(&*id).build().unwrap_err();
        assert_eq!(error.to_string(), format!("configuration: serviceId {why}"), "{around:?}");
        assert_rejected(Err::<(), _>(error), "serviceId", &id);
        let request = Request::new("r").service_id(&*id);
        let error = status(&fake.core().build().unwrap(), &request, None).await.unwrap_err();
        let AuthleteError::SdkValidation { rejected, .. } = &error else { panic!("{error:?}") };
        assert_eq!(rejected.to_string(), format!("serviceId {why}"), "{around:?}");
        assert_eq!((fake.count(), error.attempts(), error.delivery()), (0, 0, Delivery::NotSent));
    }
    // Within a value they are part of it.
    let fake = Fake::new(|_| fine());
    let request = Request::new("r").service_id("a 'b\" c");
    status(&fake.core().build().unwrap(), &request, None).await.unwrap();
    assert!(fake.request().uri().path().starts_with("/api/a%20%27b%22%20c/"));
}

#[test]
fn plain_http_is_for_this_machine_unless_it_is_allowed() {
    let core = |url: &str| Fake::new(|_| fine()).core().base_url(url);
    for url in
        ["http://example.com", "http://10.0.0.1", "http://localhost.example.com", "http://[2001:db8::1]"]
    {
        assert_rejected(core(url).build(), "base URL", url);
        core(url).allow_plain_http(true).build().unwrap();
        core(&url.replace("http:", "https:")).build().unwrap();
    }
    for url in [
        "http://localhost",
        "http://LOCALHOST:8080",
        "http://127.0.0.1:1/x",
        "http://127.9.9.9",
        "http://[::1]:80",
    ] {
        core(url).build().unwrap();
    }
}

#[tokio::test]
async fn prefix_stands_before_every_path() {
    let path = "/api/1234567890/auth/token/create/batch/status/r-1";
    for (url, expected) in [
        ("https://a.example", format!("https://a.example{path}")),
        ("https://a.example/", format!("https://a.example{path}")),
        ("https://a.example:8443/authlete", format!("https://a.example:8443/authlete{path}")),
        ("https://a.example/authlete/v3/", format!("https://a.example/authlete/v3{path}")),
        ("https://a.example/a%2Fb", format!("https://a.example/a%2Fb{path}")),
        ("https://a.example/%61pi", format!("https://a.example/%61pi{path}")),
        ("https://a.example/api/v3", format!("https://a.example/api/v3{path}")),
        ("https://a.example/my-api", format!("https://a.example/my-api{path}")),
        ("https://a.example/A-z.0_~!$&'()*+,;=:@", format!("https://a.example/A-z.0_~!$&'()*+,;=:@{path}")),
        ("http://[::1]:80/p", format!("http://[::1]:80/p{path}")),
    ] {
        let fake = Fake::new(|_| fine());
        batch_status(&fake.core().base_url(url).build().unwrap(), None).await.unwrap();
        assert_eq!(fake.request().uri().to_string(), expected);
    }
}

#[tokio::test]
async fn servers_are_authletes_clusters() {
    for (server, host) in [
        (Server::Us, "us.authlete.com"),
        (Server::Jp, "jp.authlete.com"),
        (Server::Eu, "eu.authlete.com"),
        (Server::Br, "br.authlete.com"),
    ] {
        let fake = Fake::new(|_| fine());
        batch_status(&fake.core().server(server).build().unwrap(), None).await.unwrap();
        let uri = fake.request().uri().clone();
        assert_eq!((uri.scheme_str(), uri.authority().unwrap().as_str()), (Some("https"), host));
    }
    let fake = Fake::new(|_| fine());
    batch_status(&fake.core().build().unwrap(), None).await.unwrap();
    assert_eq!(fake.request().uri().host(), Some("us.authlete.com"));
}

#[tokio::test]
async fn service_of_the_request_precedes_that_of_the_core() {
    let fake = Fake::new(|_| fine());
    let core = fake.core().build().unwrap();
    status(&core, &Request::new("r").service_id("42"), None).await.unwrap();
    assert!(fake.request().uri().path().starts_with("/api/42/"));

    let core = AuthleteCore::builder().bearer(BEARER).transport(fake.clone()).build().unwrap();
    let error = status(&core, &Request::new("r"), None).await.unwrap_err();
    let AuthleteError::SdkValidation { rejected, .. } = &error else { panic!("{error:?}") };
    assert_eq!(rejected.what(), "serviceId");
    assert_eq!(error.operation(), Some("auth_token_create_batch_status_api"));
    assert_eq!((fake.count(), error.attempts(), error.delivery()), (1, 0, Delivery::NotSent));
}

/// Names and values that are refused, by the core and by a call.
pub const WRONG_HEADERS: &[(&str, &str, &str)] = &[
    ("", "v", "header name"),
    ("a b", "v", "header name"),
    ("a:b", "v", "header name"),
    ("a\r\nb", "v", "header name"),
    ("ü", "v", "header name"),
    ("x-key", "canary\r\nx: y", "header value"),
    ("x-key", "canary\n", "header value"),
    ("x-key", "canary\0", "header value"),
    ("host", "evil.example", "header"),
    ("Content-Length", "999999", "header"),
    ("TRANSFER-ENCODING", "chunked", "header"),
    ("connection", "upgrade", "header"),
];

#[test]
fn headers_that_do_not_hold_are_refused() {
    for (name, value, what) in WRONG_HEADERS {
        assert_rejected(Fake::new(|_| fine()).core().header(*name, *value).build(), what, value);
    }
    // The bearer is the core's only credential.
    assert_rejected(
        Fake::new(|_| fine()).core().header("Authorization", "Basic eA==").build(),
        "header",
        "Basic",
    );
    assert_rejected(Fake::new(|_| fine()).core().user_agent("a\r\nb").build(), "user agent", "a\r\nb");
}

#[tokio::test]
async fn default_headers_and_user_agent_are_sent() {
    let fake = Fake::new(|_| fine());
    create(&fake.core().build().unwrap(), None).await.unwrap();
    let core = fake.core().header("X-Tenant", "blue").header("x-tenant", "red").user_agent("mine/1");
    create(&core.build().unwrap(), None).await.unwrap();
    assert_eq!(fake.header("user-agent"), [concat!("authlete-rust/", env!("CARGO_PKG_VERSION")), "mine/1"]);
    assert_eq!(fake.header("x-tenant"), ["", "red"]);
    assert_eq!(fake.header("accept"), ["application/json", "application/json"]);
}

#[test]
fn transport_and_settings_of_the_built_in_one_exclude_each_other() {
    let fake = || Fake::new(|_| fine()).core();
    assert_rejected(fake().connect_timeout(ms(1)).build(), "transport", "");
    assert_rejected(fake().idle_timeout(ms(1)).build(), "transport", "");
    assert_rejected(fake().tls(TlsConfig::new()).build(), "transport", "");
}

#[test]
fn tls_settings_that_do_not_hold_are_refused() {
    let core = |tls: TlsConfig| AuthleteCore::builder().bearer(BEARER).tls(tls).build();
    assert_rejected(core(TlsConfig::new().only_own_roots(true)), "root certificates", "");
    let no_root = TlsConfig::new().add_roots_pem(SERVER_SECRET.as_bytes());
    assert_eq!(no_root.rejected().unwrap().what(), "root certificates");
    assert_rejected(core(no_root), "root certificates", SERVER_SECRET);
    // The first refusal counts.
    let neither = TlsConfig::new().client_certificate_pem(b"", b"").add_roots_pem(b"");
    assert_rejected(core(neither), "client certificate", "");
    let signed = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
    let (chain, key) = (signed.cert.pem(), signed.signing_key.serialize_pem());
    let no_key = TlsConfig::new().client_certificate_pem(chain.as_bytes(), SERVER_SECRET.as_bytes());
    assert_rejected(core(no_key), "client key", SERVER_SECRET);
    let foreign = other.signing_key.serialize_pem();
    let foreign = TlsConfig::new().client_certificate_pem(chain.as_bytes(), foreign.as_bytes());
    assert_rejected(core(foreign), "client certificate", "");
    let right = TlsConfig::new().client_certificate_pem(chain.as_bytes(), key.as_bytes());
    core(right.add_roots_pem(chain.as_bytes()).only_own_roots(true)).unwrap();
}

#[tokio::test]
async fn very_many_headers_are_refused() {
    let core = (0..1_000).fold(Fake::new(|_| fine()).core(), |core, n| core.header(format!("x-{n}"), "y"));
    core.build().unwrap();
    let core = (0..40_000).fold(Fake::new(|_| fine()).core(), |core, n| core.header(format!("x-{n}"), "y"));
    assert_rejected(core.build(), "header", "x-39999");
    let all = (0..40_000).fold(RequestOptions::new(), |all, n| all.header(&format!("x-{n}"), "y"));
    let core = Fake::new(|_| fine()).core().build().unwrap();
    let error = create(&core, Some(&all)).await.unwrap_err();
    assert_eq!(error.to_string(), "auth_token_create_batch_api (not sent): header is one of more than 1,000");
}

#[test]
fn settings_of_the_built_in_transport_have_ranges() {
    let with = |headers| AuthleteCore::builder().bearer("b").max_headers(headers).build();
    for headers in [1, 100, 10_000] {
        with(headers).unwrap();
    }
    for headers in [0, 10_001, 40_000, 1 << 45, usize::MAX] {
        assert_rejected(with(headers), "max_headers", &headers.to_string());
    }
    #[cfg(feature = "http2")]
    {
        let with = |interval| HyperTransport::builder().ping_interval(interval).build();
        assert_rejected(with(std::time::Duration::ZERO), "ping_interval", "zero");
        with(ms(1)).unwrap();
    }
}

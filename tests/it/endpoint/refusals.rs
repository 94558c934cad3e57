//! What is answered without Authlete.

use authlete::AuthleteError;
use authlete::endpoint::{self, Refusal};
use http::Response;

use super::harness::{body, builder, headers, nonces, options};
use crate::fake::{Fake, Reply, asks, batch_status, broken, ok, status, unsent};
use crate::support::SERVER_SECRET;

const NO_STORE: [(&str, &str); 2] = [("cache-control", "no-store"), ("pragma", "no-cache")];

async fn failed(script: impl Fn() -> Reply + Send + Sync + 'static) -> AuthleteError {
    let core = Fake::new(move |_| script()).core().build().unwrap();
    batch_status(&core, None).await.unwrap_err()
}

#[tokio::test]
async fn a_failed_call_is_a_server_error_without_a_word_of_authlete() {
    let words = format!(r#"{{"resultCode":"{SERVER_SECRET}","resultMessage":"{SERVER_SECRET}"}}"#);
    let reply = move |code: u16| -> Reply {
        let mut reply = ok(words.clone())?;
        *reply.status_mut() = http::StatusCode::from_u16(code).unwrap();
        reply.headers_mut().insert("www-authenticate", SERVER_SECRET.parse().unwrap());
        Ok(reply)
    };
    for code in [302, 400, 401, 403, 404, 408, 500, 502, 504] {
        let reply = reply.clone();
        let response = endpoint::failure(failed(move || reply(code)).await);
        assert_eq!(
            (response.status().as_u16(), body(&response)),
            (500, r#"{"error":"server_error"}"#),
            "{code}"
        );
        let mut expected = NO_STORE.to_vec();
        expected.insert(1, ("content-type", "application/json;charset=UTF-8"));
        assert_eq!(headers(&response), expected);
    }
    for error in [failed(broken).await, failed(unsent).await, failed(|| ok("<html>")).await] {
        let response = endpoint::failure(error);
        assert_eq!((response.status().as_u16(), body(&response)), (500, r#"{"error":"server_error"}"#));
        assert_eq!(headers(&response).len(), 3);
    }
    let own = endpoint::server_error();
    assert_eq!((own.status().as_u16(), body(&own)), (500, r#"{"error":"server_error"}"#));
}

/// Authlete asks to be left alone, so clients are asked the same.
#[tokio::test]
async fn too_many_requests_become_503_with_retry_after() {
    for code in [429, 503] {
        let response = endpoint::failure(failed(move || asks(code, "120")).await);
        assert_eq!((response.status().as_u16(), body(&response)), (503, r#"{"error":"server_error"}"#));
        assert_eq!(
            headers(&response),
            [
                ("cache-control", "no-store"),
                ("content-type", "application/json;charset=UTF-8"),
                ("pragma", "no-cache"),
                ("retry-after", "120"),
            ]
        );
        for response in [
            endpoint::failure(failed(move || status(code)).await),
            endpoint::failure(failed(move || asks(code, SERVER_SECRET)).await),
        ] {
            assert_eq!(response.status(), 503);
            assert!(!response.headers().contains_key("retry-after"));
        }
    }
    let response = endpoint::failure(failed(|| asks(500, "120")).await);
    assert_eq!(response.status(), 500);
    assert!(!response.headers().contains_key("retry-after"));
}

fn challenge(response: &Response<bytes::Bytes>) -> (u16, &str) {
    let headers = headers(response);
    assert_eq!(headers.len(), 3, "{headers:?}");
    assert_eq!(headers[..2], NO_STORE);
    assert_eq!(body(response), "");
    assert_eq!(headers[2].0, "www-authenticate");
    (response.status().as_u16(), headers[2].1)
}

#[test]
fn local_refusals_challenge() {
    let options = options();
    for (refusal, status, expected) in [
        (Refusal::NoToken, 401, r#"Bearer, DPoP algs="ES256""#),
        (Refusal::MalformedToken, 400, r#"Bearer error="invalid_request""#),
        (Refusal::NoProof, 401, r#"DPoP error="invalid_dpop_proof", algs="ES256""#),
        (Refusal::MalformedDpopToken, 400, r#"DPoP error="invalid_request", algs="ES256""#),
        (Refusal::BoundToken, 401, r#"DPoP error="invalid_token", algs="ES256""#),
    ] {
        assert_eq!(challenge(&refusal.respond(&options)), (status, expected));
    }
}

#[test]
fn local_refusals_say_what_the_application_decided() {
    let options = builder()
        .realm("r")
        .dpop_algs(&["ES256", "EdDSA"])
        .resource_metadata("https://rs.example.com/.well-known/oauth-protected-resource")
        .build()
        .unwrap();
    const METADATA: &str =
        r#"resource_metadata="https://rs.example.com/.well-known/oauth-protected-resource""#;
    for (refusal, expected) in [
        (
            Refusal::NoToken,
            format!(r#"Bearer realm="r", {METADATA}, DPoP realm="r", algs="ES256 EdDSA", {METADATA}"#),
        ),
        (Refusal::MalformedToken, format!(r#"Bearer realm="r", error="invalid_request", {METADATA}"#)),
        (
            Refusal::NoProof,
            format!(r#"DPoP realm="r", error="invalid_dpop_proof", algs="ES256 EdDSA", {METADATA}"#),
        ),
        (
            Refusal::BoundToken,
            format!(r#"DPoP realm="r", error="invalid_token", algs="ES256 EdDSA", {METADATA}"#),
        ),
    ] {
        assert_eq!(challenge(&refusal.respond(&options)).1, expected);
    }
    let bearer_alone = builder().dpop_algs(&[]).build().unwrap();
    for (refusal, expected) in [
        (Refusal::NoToken, (401, "Bearer")),
        (Refusal::MalformedToken, (400, r#"Bearer error="invalid_request""#)),
        (Refusal::NoProof, (401, "Bearer")),
        (Refusal::BoundToken, (401, r#"Bearer error="invalid_token""#)),
    ] {
        assert_eq!(challenge(&refusal.respond(&bearer_alone)), expected);
    }
    let with_nonces = options.with(&nonces("n-1", "c-1"));
    assert_eq!(Refusal::NoProof.respond(&with_nonces).headers()["dpop-nonce"], "n-1");
}

#[test]
fn local_refusals_at_the_token_endpoint_are_json() {
    let options = options();
    let response = Refusal::MalformedCredentials.respond(&options);
    assert_eq!((response.status().as_u16(), body(&response)), (401, r#"{"error":"invalid_client"}"#));
    assert_eq!(
        headers(&response),
        [
            ("cache-control", "no-store"),
            ("content-type", "application/json;charset=UTF-8"),
            ("pragma", "no-cache"),
            ("www-authenticate", r#"Basic realm="client""#),
        ]
    );
    let response = Refusal::MalformedParameters.respond(&options);
    assert_eq!((response.status().as_u16(), body(&response)), (400, r#"{"error":"invalid_request"}"#));
    assert_eq!(headers(&response).len(), 3);
}

#[test]
fn settings_that_no_header_can_carry_are_refused() {
    for text in ["a\r\nSet-Cookie: b=c", "\u{e9}", "a\tb", "\0", "\u{7f}"] {
        for builder in
            [builder().realm(text), builder().resource_metadata(text), builder().dpop_algs(&["ES256", text])]
        {
            let error = builder.build().unwrap_err();
            assert!(!error.to_string().contains(text), "{error}");
        }
    }
    assert!(builder().dpop_algs(&["ES256 EdDSA"]).build().is_err());
    assert!(builder().dpop_algs(&[""]).build().is_err());
}

/// The first refusal is the error of `build`, which names the setting.
#[test]
fn an_origin_is_a_web_url_without_more() {
    for origin in [
        "",
        "as.example.com",
        "/as",
        "ftp://as.example.com",
        "https://",
        "https://as.example.com?a=b",
        "https://u@as.example.com",
    ] {
        let error = endpoint::EndpointOptions::builder(origin).realm("\0").build().unwrap_err();
        assert!(error.to_string().contains("origin"), "{error}");
    }
    for origin in ["https://as.example.com", "https://as.example.com/", "http://[::1]:8080/as/"] {
        endpoint::EndpointOptions::builder(origin).build().unwrap();
    }
}

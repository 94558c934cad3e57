//! The whole way of a request: read, asked, answered.

use std::sync::{Arc, Mutex};

use authlete::endpoint::{
    EndpointOptions, ResultCode, authorization, discovery, jwks, pushed_authorization, resource, revocation,
    token,
};
use authlete::{Attempt, AuthleteError};
use axum::extract::OriginalUri;
use bytes::Bytes;
use http::{Request, Response};
use tower::ServiceExt;

use super::harness::{body, builder, headers, options};
use super::incoming::{FORM, request};
use crate::fake::{Fake, asks, ok};

fn answering(json: &'static str) -> Fake {
    Fake::new(move |_| ok(json))
}

/// The layer of an operator sees code, operation and action of each response, and no message.
#[tokio::test]
async fn a_response_tells_the_operator_its_result() {
    let seen = Arc::new(Mutex::new(None));
    let observed = seen.clone();
    let fake = answering(
        r#"{"action":"INVALID_CLIENT","resultCode":"A157357","resultMessage":"secret","responseContent":"{}"}"#,
    );
    let core = fake
        .core()
        .observer(move |attempt: &Attempt<'_>| *observed.lock().unwrap() = Some(attempt.operation()))
        .build()
        .unwrap();
    let post = request("POST", "/x", &[FORM], "a=b");
    let token::Next::Respond(response) = token::handle(&core, &post, &options()).await else { panic!() };
    let result = response.extensions().get::<ResultCode>().unwrap();
    assert_eq!((result.code(), result.action()), (Some("A157357"), Some("INVALID_CLIENT")));
    assert_eq!(Some(result.operation()), *seen.lock().unwrap());
    assert!(!format!("{result:?}").contains("secret"));
    let response = revocation::handle(&core, &post, &options()).await;
    assert_eq!(Some(response.extensions().get::<ResultCode>().unwrap().operation()), *seen.lock().unwrap());
    let response = pushed_authorization::handle(&core, &post, &options()).await;
    // It does not know the action, which leaves its trace all the same.
    let result = response.extensions().get::<ResultCode>().unwrap();
    assert_eq!((response.status().as_u16(), result.action()), (500, Some("INVALID_CLIENT")));
    assert_eq!(Some(result.operation()), *seen.lock().unwrap());
}

#[tokio::test]
async fn a_call_that_fails_leaves_its_error() {
    let core = Fake::new(|_| asks(503, "7")).core().build().unwrap();
    let post = request("POST", "/x", &[FORM], "a=b");
    let token::Next::Respond(response) = token::handle(&core, &post, &options()).await else { panic!() };
    assert_eq!((response.status().as_u16(), body(&response)), (503, r#"{"error":"server_error"}"#));
    let error = response.extensions().get::<Arc<AuthleteError>>().unwrap();
    assert_eq!(error.operation(), Some("auth_token_api"));
    assert!(response.extensions().get::<ResultCode>().is_none());
}

#[tokio::test]
async fn a_refused_request_asks_nobody() {
    let fake = answering("{}");
    let core = fake.core().build().unwrap();
    let get = request("GET", "/x", &[], "");
    let token::Next::Respond(response) = token::handle(&core, &get, &options()).await else { panic!() };
    assert_eq!(response.status(), 405);
    let post = request("POST", "/x", &[], "");
    assert_eq!(discovery::handle(&core, &post, &options()).await.status(), 405);
    assert_eq!(jwks::handle(&core, &post, &options()).await.status(), 405);
    let resource::Next::Respond(response) = resource::handle(&core, &get, &options()).await else { panic!() };
    assert_eq!(response.headers()["www-authenticate"], r#"Bearer, DPoP algs="ES256""#);
    assert_eq!(fake.count(), 0);
}

/// RFC 6749 section 5.2: a browser's dialogue is for clients that have tried HTTP authentication.
#[tokio::test]
async fn a_public_client_may_be_spared_the_challenge() {
    let core = answering(r#"{"action":"INVALID_CLIENT","responseContent":"{}"}"#).core().build().unwrap();
    let spared = builder().challenge_public_clients(false).build().unwrap();
    for (options, headers, status) in [
        (&options(), &[FORM][..], 401),
        (&spared, &[FORM][..], 400),
        (&spared, &[FORM, ("authorization", "Basic YTpi")], 401),
    ] {
        let post = request("POST", "/token", headers, "a=b");
        let token::Next::Respond(response) = token::handle(&core, &post, options).await else { panic!() };
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers().contains_key("www-authenticate"), status == 401);
        assert_eq!(body(&response), "{}");
    }
}

/// A browser sees a page, a client is still redirected.
#[tokio::test]
async fn an_error_at_the_authorization_endpoint_is_a_page() {
    let paged =
        builder().error_page(|page| format!("<p>{} {}", page.status.as_u16(), page.json)).build().unwrap();
    for (answer, status, expected) in [
        (r#"{"action":"BAD_REQUEST","responseContent":"{\"error\":\"x\"}"}"#, 400, r#"<p>400 {"error":"x"}"#),
        (r#"{"action":"NEW"}"#, 500, r#"<p>500 {"error":"server_error"}"#),
        (r#"{"action":"LOCATION","responseContent":"https://c.example.com/"}"#, 303, ""),
        (r#"{"action":"FORM","responseContent":"<form>"}"#, 200, "<form>"),
    ] {
        let core = answering(answer).core().build().unwrap();
        let get = request("GET", "/authorize?a=b", &[], "");
        let authorization::Next::Respond(response) = authorization::handle(&core, &get, &paged).await else {
            panic!()
        };
        assert_eq!((response.status().as_u16(), body(&response)), (status, expected));
        if status != 303 {
            assert_eq!(response.headers()["content-type"], "text/html;charset=UTF-8");
        }
    }
    let core = Fake::new(|_| asks(500, "")).core().build().unwrap();
    let put = request("PUT", "/authorize", &[], "");
    for (request, status) in [(put, 405), (request("GET", "/authorize", &[], ""), 500)] {
        let authorization::Next::Respond(response) = authorization::handle(&core, &request, &paged).await
        else {
            panic!()
        };
        assert!(body(&response).starts_with(&format!("<p>{status} ")));
    }
    assert_eq!(
        authlete::endpoint::Refusal::TooLong.page(&options()).headers()["content-type"],
        "application/json;charset=UTF-8"
    );
}

/// RFC 9728 section 5.1: clients look for the metadata when their token has expired.
#[test]
fn authletes_own_challenges_name_the_metadata_and_the_algorithms() {
    const URL: &str = "https://rs.example.com/m";
    let with_metadata = builder().resource_metadata(URL).dpop_algs(&["ES256", "EdDSA"]).build().unwrap();
    const M: &str = r#"resource_metadata="https://rs.example.com/m""#;
    const A: &str = r#"algs="ES256 EdDSA""#;
    for (challenge, expected) in [
        (r#"Bearer error="invalid_token""#, format!(r#"Bearer error="invalid_token", {M}"#)),
        ("Bearer", format!("Bearer {M}")),
        (r#"DPoP error="invalid_token""#, format!(r#"DPoP error="invalid_token", {A}, {M}"#)),
        (r#"dpop algs="ES256",error="a, b=\"c""#, format!(r#"dpop algs="ES256", error="a, b=\"c", {M}"#)),
        (
            r#"Bearer error="invalid_token", scope="a b", DPoP"#,
            format!(r#"Bearer error="invalid_token", scope="a b", {M}, DPoP {A}, {M}"#),
        ),
        (r#"Bearer Resource_Metadata="x""#, r#"Bearer Resource_Metadata="x""#.to_owned()),
        ("Negotiate YTpi==", "Negotiate YTpi==".to_owned()),
        (r#"error="no scheme""#, r#"error="no scheme""#.to_owned()),
        (r#"Bearer error="open"#, r#"Bearer error="open"#.to_owned()),
    ] {
        let response = super::harness::endpoint("auth/introspection");
        let answer = super::harness::answer("auth/introspection", Some("UNAUTHORIZED"), Some(challenge));
        let response = (response.call)(answer, &with_metadata).response();
        assert_eq!(response.headers()["www-authenticate"], expected, "{challenge}");
    }
    let answer =
        super::harness::answer("auth/introspection", Some("UNAUTHORIZED"), Some(r#"DPoP error="a""#));
    let response = (super::harness::endpoint("auth/introspection").call)(answer, &options()).response();
    assert_eq!(response.headers()["www-authenticate"], r#"DPoP error="a", algs="ES256""#);
}

/// Even if the call has asked for private keys, and however a name is written.
#[tokio::test]
async fn private_members_of_keys_never_go_out() {
    let get = request("GET", "/jwks", &[], "");
    for (keys, expected) in [
        (
            r#"{"keys":[{"kty":"EC","d":"secret","x":"1"},{"kty":"RSA"}]}"#,
            r#"{"keys":[{"kty":"EC","x":"1"},{"kty":"RSA"}]}"#,
        ),
        (r#"{"keys":[{"d":"secret", "kty" : "EC" }]}"#, r#"{"keys":[{"kty" : "EC"}]}"#),
        (r#"{"keys":[{"kty":"EC","\u0064":"secret"}]}"#, r#"{"keys":[{"kty":"EC"}]}"#),
        (
            r#"{"keys":[{"kty":"RSA","n":"1","p":"s","q":"s","dp":"s","dq":"s","qi":"s","oth":[{"r":"s"}],"d":"s"}]}"#,
            r#"{"keys":[{"kty":"RSA","n":"1"}]}"#,
        ),
        (r#"{"keys":[{"kty":"oct","k":"secret"},{"kty":"EC"}]}"#, r#"{"keys":[{"kty":"EC"}]}"#),
        (r#"{"keys":[{"kty":"oc\u0074"}]}"#, r#"{"keys":[]}"#),
        (r#"{"keys":[{"kty":"EC","x5c":["d"],"D":1}]}"#, r#"{"keys":[{"kty":"EC","x5c":["d"],"D":1}]}"#),
    ] {
        let core = answering(keys).core().build().unwrap();
        let response = jwks::handle(&core, &get, &options()).await;
        assert_eq!((response.status().as_u16(), body(&response)), (200, expected));
        assert_eq!(headers(&response).len(), 3);
    }
}

/// axum takes the start of a nested path off the URI. The proof names all of it.
#[tokio::test]
async fn htu_is_right_in_a_nested_router() {
    let fake = answering(r#"{"action":"OK","responseContent":"{}"}"#);
    let core = fake.core().build().unwrap();
    let options: EndpointOptions = builder().build().unwrap();
    let handler = async move |OriginalUri(uri): OriginalUri, head: http::request::Parts| {
        let mut request = Request::from_parts(head, Bytes::from_static(b"grant_type=x"));
        assert_eq!(request.uri().path(), "/token");
        *request.uri_mut() = uri;
        match token::handle(&core, &request, &options).await {
            token::Next::Respond(response) => response.map(axum::body::Body::from),
            _ => Response::default(),
        }
    };
    let api = axum::Router::new().route("/token", axum::routing::post(handler));
    let app = axum::Router::new().nest("/v1", api);
    let post =
        request("POST", "/v1/token?x=y", &[FORM, ("dpop", "a.b.c")], "").map(|_| axum::body::Body::empty());
    assert_eq!(app.oneshot(post).await.unwrap().status(), 200);
    let sent: serde_json::Value = serde_json::from_slice(fake.request().body()).unwrap();
    assert_eq!((&sent["htm"], &sent["htu"]), (&"POST".into(), &"https://as.example.com/v1/token".into()));
}

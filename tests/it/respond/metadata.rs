//! Documents about the server.

use std::time::Duration;

use authlete::funcs::{jwk_set_endpoint_service_jwks_get_api as get_jwks, service_get_configuration};
use authlete::models::operations::{ServiceConfigurationApiRequest, ServiceJwksGetApiRequest};
use authlete::respond::{self, How, Redirect};
use authlete::transport::ResponseBody;
use bytes::Bytes;
use http::Response;

use super::harness::{body, headers};
use crate::fake::{Fake, Reply, asks, ok};
use crate::support::SERVER_SECRET;

const JSON: (&str, &str) = ("content-type", "application/json;charset=UTF-8");

async fn jwks(how: &How, script: impl Fn() -> Reply + Send + Sync + 'static) -> Response<Bytes> {
    let core = Fake::new(move |_| script()).core().build().unwrap();
    let result = get_jwks(&core, &ServiceJwksGetApiRequest::new(), None).await;
    respond::jwks(result.map(|envelope| envelope.value), how)
}

fn redirect(location: &str) -> Reply {
    let mut reply = ok(SERVER_SECRET)?;
    *reply.status_mut() = http::StatusCode::FOUND;
    reply.headers_mut().insert("location", location.parse().unwrap());
    reply.headers_mut().insert("x-authlete", SERVER_SECRET.parse().unwrap());
    Ok(reply)
}

#[tokio::test]
async fn discovery_is_the_document_as_it_came() {
    const DOCUMENT: &str = r#"{"issuer":"https://as.example.com", "x":[1.0e2,null],"x":{}}"#;
    let core = Fake::new(|_| ok(DOCUMENT)).core().build().unwrap();
    for (how, caching) in [
        (How::new(), &[("cache-control", "no-store"), JSON, ("pragma", "no-cache")][..]),
        (How::new().max_age(Duration::ZERO), &[("cache-control", "no-store"), JSON, ("pragma", "no-cache")]),
        (How::new().max_age(Duration::from_secs(600)), &[("cache-control", "max-age=600"), JSON]),
        (How::new().max_age(Duration::MAX), &[("cache-control", "max-age=18446744073709551615"), JSON]),
    ] {
        let request = ServiceConfigurationApiRequest::new();
        let document = service_get_configuration(&core, &request, None).await.unwrap().value;
        let response = respond::discovery(document, &how);
        assert_eq!((response.status().as_u16(), body(&response)), (200, DOCUMENT));
        assert_eq!(headers(&response), caching);
    }
}

#[tokio::test]
async fn a_jwk_set_has_the_keys_as_they_came() {
    let how = How::new();
    for (set, expected) in [
        (r#"{"keys":[]}"#, r#"{"keys":[]}"#),
        (r#"{"keys":[{"kty":"EC","x-own":[1.50]}]}"#, r#"{"keys":[{"kty":"EC","x-own":[1.50]}]}"#),
        (r#"{ "keys" : [ {"kty":"EC"} , {"kty":"RSA"} ] }"#, r#"{"keys":[{"kty":"EC"},{"kty":"RSA"}]}"#),
    ] {
        let response = jwks(&how, move || ok(set)).await;
        assert_eq!((response.status().as_u16(), body(&response)), (200, expected));
        assert_eq!(headers(&response), [("cache-control", "no-store"), JSON, ("pragma", "no-cache")]);
    }
    let response = jwks(&how.max_age(Duration::from_secs(60)), || ok(r#"{"keys":[]}"#)).await;
    assert_eq!(headers(&response), [("cache-control", "max-age=60"), JSON]);
}

#[tokio::test]
async fn a_service_without_keys_answers_204() {
    let none = || {
        let mut reply = Response::new(ResponseBody::from(""));
        *reply.status_mut() = http::StatusCode::NO_CONTENT;
        Ok(reply)
    };
    let response = jwks(&How::new().max_age(Duration::from_secs(60)), none).await;
    assert_eq!((response.status().as_u16(), body(&response)), (204, ""));
    assert_eq!(headers(&response), [("cache-control", "no-store"), ("pragma", "no-cache")]);
}

#[tokio::test]
async fn keys_that_are_elsewhere_are_a_redirect() {
    for (how, status) in [(How::new(), 303), (How::new().redirect(Redirect::Found), 302)] {
        let response = jwks(&how, || redirect("https://keys.example.com/jwks?x=y")).await;
        assert_eq!((response.status().as_u16(), body(&response)), (status, ""));
        assert_eq!(
            headers(&response),
            [
                ("cache-control", "no-store"),
                ("location", "https://keys.example.com/jwks?x=y"),
                ("pragma", "no-cache")
            ]
        );
    }
    for location in ["/jwks", "keys", "https:", "//keys.example.com/"] {
        let response = jwks(&How::new(), move || redirect(location)).await;
        assert_eq!((response.status().as_u16(), body(&response)), (500, r#"{"error":"server_error"}"#));
        assert!(!response.headers().contains_key("location"));
    }
}

#[tokio::test]
async fn a_failed_call_for_keys_is_a_failure() {
    let response = jwks(&How::new(), || asks(429, "7")).await;
    assert_eq!((response.status().as_u16(), body(&response)), (503, r#"{"error":"server_error"}"#));
    assert_eq!(response.headers()["retry-after"], "7");
}

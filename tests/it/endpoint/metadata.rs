//! Documents about the server.

use std::time::Duration;

use authlete::endpoint::{self, EndpointOptions, Redirect};
use authlete::funcs::{jwk_set_endpoint_service_jwks_get_api as get_jwks, service_get_configuration};
use authlete::models::operations::{ServiceConfigurationApiRequest, ServiceJwksGetApiRequest};
use authlete::transport::ResponseBody;
use bytes::Bytes;
use http::Response;

use super::harness::{body, builder, headers, options};
use crate::fake::{Fake, Reply, asks, ok};
use crate::support::SERVER_SECRET;

const JSON: (&str, &str) = ("content-type", "application/json;charset=UTF-8");

async fn jwks(
    options: &EndpointOptions,
    script: impl Fn() -> Reply + Send + Sync + 'static,
) -> Response<Bytes> {
    let core = Fake::new(move |_| script()).core().build().unwrap();
    let result = get_jwks(&core, &ServiceJwksGetApiRequest::new(), None).await;
    endpoint::jwks::respond(result.map(|envelope| envelope.value), options)
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
    for (options, caching) in [
        (options(), &[("cache-control", "no-store"), JSON, ("pragma", "no-cache")][..]),
        (
            builder().max_age(Duration::ZERO).build().unwrap(),
            &[("cache-control", "no-store"), JSON, ("pragma", "no-cache")],
        ),
        (
            builder().max_age(Duration::from_secs(600)).build().unwrap(),
            &[("cache-control", "max-age=600"), JSON],
        ),
        (
            builder().max_age(Duration::MAX).build().unwrap(),
            &[("cache-control", "max-age=18446744073709551615"), JSON],
        ),
    ] {
        let request = ServiceConfigurationApiRequest::new();
        let document = service_get_configuration(&core, &request, None).await.unwrap().value;
        let response = endpoint::discovery::respond(document, &options);
        assert_eq!((response.status().as_u16(), body(&response)), (200, DOCUMENT));
        assert_eq!(headers(&response), caching);
    }
}

#[tokio::test]
async fn a_jwk_set_has_the_keys_as_they_came() {
    let options = options();
    for (set, expected) in [
        (r#"{"keys":[]}"#, r#"{"keys":[]}"#),
        (r#"{"keys":[{"kty":"EC","x-own":[1.50]}]}"#, r#"{"keys":[{"kty":"EC","x-own":[1.50]}]}"#),
        (r#"{ "keys" : [ {"kty":"EC"} , {"kty":"RSA"} ] }"#, r#"{"keys":[{"kty":"EC"},{"kty":"RSA"}]}"#),
    ] {
        let response = jwks(&options, move || ok(set)).await;
        assert_eq!((response.status().as_u16(), body(&response)), (200, expected));
        assert_eq!(headers(&response), [("cache-control", "no-store"), JSON, ("pragma", "no-cache")]);
    }
    let response =
        jwks(&builder().max_age(Duration::from_secs(60)).build().unwrap(), || ok(r#"{"keys":[]}"#)).await;
    assert_eq!(headers(&response), [("cache-control", "max-age=60"), JSON]);
}

#[tokio::test]
async fn a_service_without_keys_answers_204() {
    let none = || {
        let mut reply = Response::new(ResponseBody::from(""));
        *reply.status_mut() = http::StatusCode::NO_CONTENT;
        Ok(reply)
    };
    let response = jwks(&builder().max_age(Duration::from_secs(60)).build().unwrap(), none).await;
    assert_eq!((response.status().as_u16(), body(&response)), (204, ""));
    assert_eq!(headers(&response), [("cache-control", "no-store"), ("pragma", "no-cache")]);
}

#[tokio::test]
async fn keys_that_are_elsewhere_are_a_redirect() {
    for (options, status) in [(options(), 303), (builder().redirect(Redirect::Found).build().unwrap(), 302)] {
        let response = jwks(&options, || redirect("https://keys.example.com/jwks?x=y")).await;
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
        let response = jwks(&options(), move || redirect(location)).await;
        assert_eq!((response.status().as_u16(), body(&response)), (500, r#"{"error":"server_error"}"#));
        assert!(!response.headers().contains_key("location"));
    }
}

#[tokio::test]
async fn a_failed_call_for_keys_is_a_failure() {
    let response = jwks(&options(), || asks(429, "7")).await;
    assert_eq!((response.status().as_u16(), body(&response)), (503, r#"{"error":"server_error"}"#));
    assert_eq!(response.headers()["retry-after"], "7");
}

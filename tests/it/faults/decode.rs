//! Successes whose JSON is not what is documented.

use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteError, Delivery, ResponseProblem};

use super::trial::{Repeated, Row, Seen, create, is_result, is_unusable, repeating, status};
use crate::support::SERVER_SECRET;

const UNUSABLE: Row = Row { kind: is_unusable, delivery: Delivery::MaybeSent, repeated: Repeated::Never };

fn core(body: impl Into<Vec<u8>>, seen: &Seen) -> authlete::AuthleteCore {
    let (body, seen) = (body.into(), seen.clone());
    let transport = transport_fn(move |_| {
        seen.one();
        let mut response = http::Response::new(ResponseBody::from(body.clone()));
        response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
        async { Ok(response) }
    });
    repeating("http://127.0.0.1").transport(transport).build().unwrap()
}

async fn check(row: Row, body: impl Into<Vec<u8>>) {
    let seen = Seen::default();
    row.check(&core(body, &seen), Some(&seen)).await;
}

#[tokio::test]
async fn row_60_malformed_or_no_json() {
    for body in ["", " ", "{", "{\"requestId\"}", "{}}", "{'a':1}"] {
        check(UNUSABLE, body).await;
    }
}

#[tokio::test]
async fn row_61_json_that_is_no_object() {
    for body in ["[]", "null", "\"x\"", "1", "[\"A\",\"B\",\"C\"]"] {
        let row = Row {
            kind: |error| {
                matches!(
                    error,
                    AuthleteError::ResponseValidation { problem: ResponseProblem::NotAnObject, .. }
                )
            },
            ..UNUSABLE
        };
        check(row, body).await;
    }
}

#[tokio::test]
async fn row_61_an_array_for_an_object_within() {
    for status in ["[]", r#"["CREATE","r","SUCCEEDED"]"#] {
        only_status(&format!(r#"{{"status":{status}}}"#)).await;
    }
}

#[tokio::test]
async fn row_62_a_secret_in_a_field_of_another_type() {
    let body = format!(r#"{{"resultCode":["{SERVER_SECRET}"],"status":"{SERVER_SECRET}"}}"#);
    check(UNUSABLE, body).await;
}

#[tokio::test]
async fn row_63_newer_values_and_fields() {
    let body = r#"{"resultCode":null,"newer":{"a":[1]},"requestId":"r","status":{"batchKind":"NEWER","result":null}}"#;
    let seen = Seen::default();
    let core = core(body, &seen);
    create(&core).await.unwrap();
    status(&core).await.unwrap();
    assert_eq!(seen.count(), 2);
}

#[tokio::test]
async fn row_64_deep_nesting() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    check(UNUSABLE, format!(r#"{{"resultCode":{deep},"status":{deep}}}"#)).await;
    // What nobody reads is passed over, without an overflow.
    let seen = Seen::default();
    let core = core(format!(r#"{{"newer":{deep}}}"#), &seen);
    create(&core).await.unwrap();
    status(&core).await.unwrap();
    assert_eq!(seen.count(), 2);
}

#[tokio::test]
async fn row_64_deep_nesting_in_an_error() {
    let deep = format!(r#"{{"newer":{}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
    let seen = Seen::default();
    let counter = seen.clone();
    let transport = transport_fn(move |_| {
        counter.one();
        let mut response = http::Response::new(ResponseBody::from(deep.clone()));
        *response.status_mut() = http::StatusCode::NOT_FOUND;
        async { Ok(response) }
    });
    let core = repeating("http://127.0.0.1").transport(transport).max_error_bytes(1 << 20).build().unwrap();
    let row = Row { kind: is_result, delivery: Delivery::Answered, repeated: Repeated::Never };
    row.check(&core, Some(&seen)).await;
}

#[tokio::test]
async fn row_65_json_that_is_not_quite() {
    let bodies: [&[u8]; 3] = [b"\xef\xbb\xbf{}", b"{\"resultCode\":\"\xff\"}", b"{\"resultCode\":1e400}"];
    for body in bodies {
        check(UNUSABLE, body).await;
    }
}

#[tokio::test]
async fn row_66_an_integer_too_large() {
    for number in ["9223372036854775808", "-9223372036854775809", "1e19", "1.5"] {
        only_status(&format!(r#"{{"status":{{"tokenCount":{number}}}}}"#)).await;
    }
}

/// A body that only the question about a batch cannot use.
async fn only_status(body: &str) {
    let seen = Seen::default();
    let core = core(body, &seen);
    UNUSABLE.check_error(&status(&core).await.expect_err(body), 1);
    assert_eq!(seen.count(), 1);
    create(&core).await.unwrap();
}

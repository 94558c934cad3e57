//! Values that take longer to read than the call may take.

use std::time::Duration;

use authlete::funcs::{lifecycle_get_api_lifecycle_healthcheck, service_get};
use authlete::models::operations::{GetApiLifecycleHealthcheckRequest, ServiceGetApiRequest};
use authlete::transport::{ResponseBody, transport_fn};
use authlete::{AuthleteCore, AuthleteError, TimeoutPhase};
use bytes::Bytes;

/// A core whose answers are this text, however long that is, at a time that is up as soon as it is read.
fn core(text: String, limit: Duration) -> AuthleteCore {
    let body = Bytes::from(text);
    let transport = transport_fn(move |_| {
        let body = body.clone();
        async { Ok(http::Response::new(ResponseBody::from(body))) }
    });
    let builder = AuthleteCore::builder().bearer("b").service_id("1").transport(transport);
    builder.timeout(limit).max_response_bytes(20 << 20).build().unwrap()
}

fn long(start: &str, item: &str, end: &str) -> String {
    const LENGTH: usize = 16 << 20;
    start.to_owned() + &item.repeat(LENGTH / item.len()) + end
}

/// No machine reads 16 MiB in a microsecond. What is late is an error, whatever its last value was.
#[tokio::test]
async fn a_single_value_is_not_read_past_the_deadline() {
    for (what, text) in [
        ("white space before", long("", " ", "{}")),
        ("white space within", long("{", " ", "}")),
        ("white space behind", long("{}", "\n", "")),
        ("a plain string", long(r#"{"serviceName":""#, "a", r#""}"#)),
        ("a string of escapes", long(r#"{"serviceName":""#, "\\n", r#""}"#)),
        ("a string that is passed over", long(r#"{"newer":{"a":""#, "\\u00e9", r#""}}"#)),
        ("a number that is kept", long(r#"{"newer":"#, "1", "}")),
        ("a number with a fraction", long(r#"{"number":5."#, "0", "}")),
        ("brackets", long(r#"{"newer":[["#, "[],", "0]]}")),
    ] {
        let core = core(text, Duration::from_millis(2));
        let error = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap_err();
        let is_late = matches!(error, AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, .. });
        assert!(is_late, "{what}: {error:?}");
    }
}

#[tokio::test]
async fn the_same_values_are_read_where_there_is_time() {
    for text in
        [long("", " ", "{}"), long(r#"{"serviceName":""#, "\\n", r#""}"#), long(r#"{"number":5."#, "0", "}")]
    {
        let core = core(text, Duration::from_secs(600));
        service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap();
    }
}

#[tokio::test]
async fn a_health_check_may_be_answered_as_json() {
    for (media_type, body) in [("application/json", r#"{"status":"UP"}"#), ("text/plain", "OK")] {
        let transport = transport_fn(move |_| async move {
            let mut response = http::Response::new(ResponseBody::from(body));
            response.headers_mut().insert("content-type", http::HeaderValue::from_static(media_type));
            Ok(response)
        });
        let core = AuthleteCore::builder().bearer("b").transport(transport).build().unwrap();
        let request = GetApiLifecycleHealthcheckRequest::new();
        let answer = lifecycle_get_api_lifecycle_healthcheck(&core, &request, None).await.unwrap();
        assert_eq!(answer.value, body);
    }
}

//! A closure as the transport, to test code without a network.
//!
//! `outcome` is the code under test. The closure plays the server: it sees complete requests and makes up responses, and
//! everything between (encoding, credentials, retries, decoding) is the real thing.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use authlete::funcs::token_operations_auth_token_create_batch_status_api;
use authlete::models::operations::AuthTokenCreateBatchStatusApiRequest;
use authlete::transport::{ResponseBody, Transport, TransportError, transport_fn};
use authlete::{AuthleteCore, AuthleteError, Backoff, Delivery};
use http::{Method, Response};

/// How a batch ended, or that it has not.
async fn outcome(core: &AuthleteCore, batch: &str) -> Result<String, AuthleteError> {
    let request = AuthTokenCreateBatchStatusApiRequest::new(batch);
    let answer = token_operations_auth_token_create_batch_status_api(core, &request, None).await?;
    let result = answer.value.status.and_then(|status| status.result);
    Ok(result.map_or_else(|| "unfinished".to_owned(), |result| result.to_string()))
}

fn core(transport: impl Transport) -> Result<AuthleteCore, AuthleteError> {
    AuthleteCore::builder()
        .bearer("not-a-bearer")
        .service_id("42")
        .transport(transport)
        .retries(Backoff::default())
        // Pauses of no length, so that the test does not wait.
        .jitter(|| 0.0)
        .build()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // A server that has the answer.
    let transport = transport_fn(|request| async move {
        assert_eq!(request.method(), Method::GET);
        // The ID is one segment of the path, whatever is in it.
        assert_eq!(request.uri().path(), "/api/42/auth/token/create/batch/status/a%2Fb");
        assert_eq!(request.headers()["authorization"], "Bearer not-a-bearer");
        Ok(Response::new(ResponseBody::from(r#"{"status":{"result":"SUCCEEDED","errorCode":null}}"#)))
    });
    let result = outcome(&core(transport)?, "a/b").await?;
    println!("a server that answers: {result}");
    assert_eq!(result, "SUCCEEDED");

    // One that is busy once, then answers. A status may be asked for again, so the SDK does.
    let requests = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&requests);
    let transport = transport_fn(move |_| {
        let first = seen.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            let mut response = Response::new(ResponseBody::from(r#"{"status":{"result":null}}"#));
            if first {
                *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            }
            Ok(response)
        }
    });
    let result = outcome(&core(transport)?, "id").await?;
    println!("one that is busy at first: {result}, after {} requests", requests.load(Ordering::Relaxed));
    assert_eq!((result.as_str(), requests.load(Ordering::Relaxed)), ("unfinished", 2));

    // One that cannot be reached. A transport that knows that nothing was sent should say so.
    let transport = transport_fn(|_| async {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        Err(TransportError::new(refused).not_sent())
    });
    let error = outcome(&core(transport)?, "id").await.err().ok_or("it should have failed")?;
    println!("one that is not there: {error}");
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 3));
    Ok(())
}

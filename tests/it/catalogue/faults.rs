//! How often each operation reaches a server that fails it, under the strongest settings that do not open the gate.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authlete::{Backoff, Delivery, RequestOptions};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use super::line::Line;
use super::rows::{ROWS, Replay, Row};
use crate::support::{RawServer, core, read_request};

const ATTEMPTS: usize = 3;

/// What happens to a request once the server has read it whole.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The connection ends without an answer.
    Lost,
    /// It is reset.
    Reset,
    /// The answer is cut off.
    Cut,
    /// The answer is a 503.
    Unavailable,
}

async fn failing(fault: Fault) -> (RawServer, Arc<AtomicUsize>) {
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let server = RawServer::start(move |mut stream, _| {
        let seen = Arc::clone(&counter);
        async move {
            while read_request(&mut stream).await.is_some() {
                seen.fetch_add(1, Ordering::SeqCst);
                let answer: &[u8] = match fault {
                    Fault::Lost => return,
                    Fault::Reset => {
                        stream.set_zero_linger().unwrap();
                        return;
                    }
                    Fault::Cut => {
                        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"
                    }
                    Fault::Unavailable => b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n",
                };
                let _ = stream.write_all(answer).await;
                if let Fault::Cut = fault {
                    return;
                }
            }
        }
    })
    .await;
    (server, seen)
}

/// How often this request reaches the server, whatever the fault.
async fn sent(row: &Row, request: &str) -> usize {
    let strongest = Backoff::new()
        .initial_interval(Duration::from_millis(1))
        .max_attempts(ATTEMPTS as u32)
        .retry_connection_errors(true);
    let options = RequestOptions::new().retry_codes(300..600);
    let mut counts = Vec::new();
    for fault in [Fault::Lost, Fault::Reset, Fault::Cut, Fault::Unavailable] {
        let (server, seen) = failing(fault).await;
        let core = core(&server.url()).retries(strongest.clone()).build().unwrap();
        let error = (row.call)(&core, request, Some(&options)).await.unwrap_err();
        let count = seen.load(Ordering::SeqCst);
        assert_eq!(error.attempts() as usize, count, "{}: {fault:?}", row.function);
        assert_ne!(error.delivery(), Delivery::NotSent, "{}: {fault:?}", row.function);
        counts.push(count);
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{}: {counts:?}", row.function);
    counts[0]
}

/// A request that may be repeated, and some that may not, of an operation where that depends on the request.
fn branches(function: &str) -> (Vec<Value>, Vec<Value>) {
    let (safe, not) = match function {
        "authorization_process_request" => (
            vec![
                json!({"parameters": "response_type=code&client_id=42"}),
                json!({"parameters": "requested=1&r\u{e9}quest=2&state=request"}),
            ],
            vec![
                json!({"parameters": "request=e30"}),
                json!({"parameters": "client_id=42;\u{a0}request%E2%80%8B=e30"}),
                json!({"parameters": "%ff=1"}),
                json!({"parameters": "client_id=42&request_u%72i=urn:x"}),
            ],
        ),
        "revocation_process" => (
            vec![json!({"parameters": "token=t", "clientId": "42", "clientSecret": "s"})],
            vec![
                json!({"parameters": "token=t&client_assertion=e30"}),
                json!({"parameters": "token=t", "oauthClientAttestation": "e30"}),
                json!({"parameters": "token=t", "oauthClientAttestationPop": "e30"}),
            ],
        ),
        "ciba_process_authentication" => (
            vec![json!({"parameters": "login_hint=john&request_uri=urn:x", "clientId": "42"})],
            vec![
                json!({"parameters": "request=e30"}),
                json!({"parameters": "login_hint=john&client_assertion=e30"}),
                json!({"parameters": "login_hint=john", "oauthClientAttestation": "e30"}),
                json!({"parameters": "login_hint=john", "oauthClientAttestationPop": "e30"}),
            ],
        ),
        "grant_management_process_request" => (
            vec![json!({"gmAction": "QUERY", "accessToken": "t"})],
            vec![json!({"gmAction": "REVOKE"}), json!({"gmAction": "NOVEL"}), json!({})],
        ),
        "token_management_update" => (
            vec![
                json!({"accessToken": "t", "scopes": ["read"]}),
                json!({"accessToken": "t", "accessTokenValueUpdated": false}),
            ],
            vec![
                json!({"accessToken": "t", "accessTokenValueUpdated": true}),
                json!({"accessToken": "t", "accessTokenExpiresAtUpdatedOnScopeUpdate": true}),
                json!({"accessToken": "t", "refreshTokenExpiresAtUpdatedOnScopeUpdate": true}),
            ],
        ),
        "token_operations_auth_token_create_batch_api" => {
            let batch = |dry_run: Value| json!({"requestBody": [{"grantType": "CIBA"}], "dryRun": dry_run});
            return (vec![batch(true.into())], vec![batch(false.into()), batch(Value::Null)]);
        }
        _ => panic!("{function} has no branches"),
    };
    let row = ROWS.iter().find(|row| row.function == function).unwrap();
    let name = Line::of(row).least().members().last().unwrap().0.clone();
    let wrap = |bodies: Vec<Value>| bodies.into_iter().map(|body| json!({&name: body})).collect();
    (wrap(safe), wrap(not))
}

async fn walk(replay: Replay) {
    for row in ROWS.iter().filter(|row| row.replay == replay) {
        let least = || vec![Line::of(row).least().value()];
        let (safe, not) = match replay {
            Replay::Safe => (least(), Vec::new()),
            Replay::Unsafe => (Vec::new(), least()),
            Replay::Rule => branches(row.function),
        };
        for request in safe {
            assert_eq!(sent(row, &request.to_string()).await, ATTEMPTS, "{}: {request}", row.function);
        }
        for request in not {
            assert_eq!(sent(row, &request.to_string()).await, 1, "{}: {request}", row.function);
        }
    }
}

#[tokio::test]
async fn what_must_not_happen_twice_reaches_the_server_once() {
    walk(Replay::Unsafe).await;
}

#[tokio::test]
async fn what_may_happen_twice_is_repeated() {
    walk(Replay::Safe).await;
}

#[tokio::test]
async fn the_request_decides_where_the_operation_does_not() {
    walk(Replay::Rule).await;
}

#[test]
fn most_operations_may_be_repeated() {
    let count = |replay| ROWS.iter().filter(|row| row.replay == replay).count();
    assert_eq!([Replay::Safe, Replay::Unsafe, Replay::Rule].map(count), [57, 31, 6]);
}

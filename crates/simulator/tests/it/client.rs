//! A client of a few lines over a plain socket, so that nothing between test and server interprets.

use std::time::Duration;

use authlete_simulator::Simulator;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["resultCode"].as_str().unwrap().to_owned()
    }
}

/// The text of a request with the simulator's bearer, on a connection that the server is to close.
pub(crate) fn text(simulator: &Simulator, method: &str, target: &str, body: &str) -> String {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        simulator.addr(),
        simulator.bearer(),
        body.len(),
    )
}

/// Sends `request` and reads until the server closes.
pub(crate) async fn raw(simulator: &Simulator, request: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(simulator.addr()).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

/// Reads an answer from its bytes.
pub(crate) fn reply(bytes: &[u8]) -> Reply {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    Reply { status: head[9..12].parse().unwrap(), head, body: bytes[end + 4..].to_vec() }
}

pub(crate) async fn send(simulator: &Simulator, request: &str) -> Reply {
    let answer = tokio::time::timeout(Duration::from_secs(10), raw(simulator, request)).await;
    reply(&answer.expect("an answer in time").expect("an answer"))
}

/// A request to an operation of the first service, by its path below `/auth/` or, with a slash, below the service.
pub(crate) async fn call(simulator: &Simulator, method: &str, operation: &str, body: &str) -> Reply {
    let path = operation.strip_prefix('/').map_or_else(|| format!("auth/{operation}"), str::to_owned);
    let target = format!("/api/{}/{path}", simulator.service_id());
    send(simulator, &text(simulator, method, &target, body)).await
}

pub(crate) async fn create(simulator: &Simulator, items: &Value) -> Reply {
    call(simulator, "POST", "token/create/batch", &items.to_string()).await
}

/// Creates a batch and returns its request ID.
pub(crate) async fn accepted(simulator: &Simulator, items: &Value) -> String {
    let reply = create(simulator, items).await;
    assert_eq!((reply.status, reply.code().as_str()), (200, "A482001"));
    reply.json()["requestId"].as_str().unwrap().to_owned()
}

/// The status document of a batch.
pub(crate) async fn status(simulator: &Simulator, request_id: &str) -> Value {
    let reply = call(simulator, "GET", &format!("token/create/batch/status/{request_id}"), "").await;
    assert_eq!((reply.status, reply.code().as_str()), (200, "A447001"));
    reply.json()["status"].clone()
}

/// A batch of `names.len()` tokens.
pub(crate) fn tokens(names: &[&str]) -> Value {
    names
        .iter()
        .map(|name| {
            serde_json::json!({
                "grantType": "AUTHORIZATION_CODE",
                "clientId": 42,
                "subject": "john",
                "scopes": ["profile"],
                "accessToken": name,
            })
        })
        .collect()
}

/// Asks and checks the action and the code.
macro_rules! expect_outcome {
    ($ask:expr, $operation:literal, $question:expr, $action:literal, $code:literal) => {{
        let question = $question;
        let answer = $ask($operation, question.clone()).await;
        assert_eq!(
            (&answer["action"], &answer["resultCode"]),
            (&json!($action), &json!($code)),
            "{question}: {answer}"
        );
        answer
    }};
}

pub(crate) use expect_outcome;

/// Asks an operation by POST.
pub(crate) async fn asked(simulator: &Simulator, operation: &str, question: &Value) -> Value {
    let reply = call(simulator, "POST", operation, &question.to_string()).await;
    assert_eq!(reply.status, 200, "{operation}: {question}");
    reply.json()
}

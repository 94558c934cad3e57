//! The server all clients call: HTTP/1.1 on loopback in a process of its own, so that its work is not theirs.
//!
//! A thread per connection over blocking sockets. It is written by hand because hyper's server would switch on
//! features in the hyper that the clients are measured with.
//!
//! | first segment of the path | behaviour |
//! |---|---|
//! | `api` | answers at once |
//! | `gate64` | answers when 64 requests wait, all of them together |
//! | `outage` | answers 503 |
//! | `silent` | never answers |
//! | `late` | answers after 100 ms |
//! | `drip` | answers a byte of the body every 20 ms |
//! | `count` | what was seen until now |

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use serde::de::IgnoredAny;

use crate::common::Result;

/// The bearer the server asks for.
pub(crate) const BEARER: &str = "bench-bearer";
/// The service it has.
pub(crate) const SERVICE: &str = "1234567890";
/// The batch it knows.
pub(crate) const BATCH: &str = "RdJyVWk2m0BAQZ-1Xs0c_g4bUe2m2H3g3P0Qe0kM8aE";
/// How many requests the gate waits for.
pub(crate) const GATE: usize = 64;

const STATUS: &str = concat!(
    r#"{"resultCode":"A447001","resultMessage":"[A447001] The status of the token batch was obtained.","#,
    r#""status":{"batchKind":"CREATE","requestId":"RdJyVWk2m0BAQZ-1Xs0c_g4bUe2m2H3g3P0Qe0kM8aE","#,
    r#""result":"SUCCEEDED","errorCode":null,"errorDescription":null,"tokenCount":3,"#,
    r#""createdAt":1729857031000,"modifiedAt":1729857032000}}"#
);
const CREATED: &str = concat!(
    r#"{"resultCode":"A482001","resultMessage":"[A482001] The token batch was accepted.","#,
    r#""requestId":"RdJyVWk2m0BAQZ-1Xs0c_g4bUe2m2H3g3P0Qe0kM8aE"}"#
);

/// What the server saw.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) connections: u64,
    pub(crate) requests: u64,
    pub(crate) tokens: u64,
    pub(crate) bytes: u64,
}

impl std::ops::Sub for Seen {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            connections: self.connections - before.connections,
            requests: self.requests - before.requests,
            tokens: self.tokens - before.tokens,
            bytes: self.bytes - before.bytes,
        }
    }
}

struct Counters {
    connections: AtomicU64,
    requests: AtomicU64,
    tokens: AtomicU64,
    bytes: AtomicU64,
    gate: Barrier,
}

/// A running server, ended when dropped.
pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts this program again as a server.
    pub(crate) fn start() -> Result<Self> {
        let mut process =
            Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        BufReader::new(process.stdout.as_mut().ok_or("no output")?).read_line(&mut address)?;
        Ok(Self { process, address: address.trim().to_owned() })
    }

    /// Its URL, where `kind` selects a behaviour; empty is the normal one.
    pub(crate) fn url(&self, kind: &str) -> String {
        let slash = if kind.is_empty() { "" } else { "/" };
        format!("http://{}{slash}{kind}", self.address)
    }

    /// What it saw so far, this request excluded.
    pub(crate) fn seen(&self) -> Result<Seen> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(b"GET /count HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("no counts")?;
        let counts = body.split(' ').map(str::parse).collect::<std::result::Result<Vec<u64>, _>>()?;
        let [connections, requests, tokens, bytes] = counts[..] else { return Err("no counts".into()) };
        Ok(Seen { connections, requests, tokens, bytes })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves until it is killed.
pub(crate) fn serve() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let counters = Arc::new(Counters {
        connections: AtomicU64::new(0),
        requests: AtomicU64::new(0),
        tokens: AtomicU64::new(0),
        bytes: AtomicU64::new(0),
        gate: Barrier::new(GATE),
    });
    for stream in listener.incoming() {
        let (stream, counters) = (stream?, Arc::clone(&counters));
        thread::spawn(move || {
            if let Err(error) = connection(stream, &counters) {
                eprintln!("server: {error}");
            }
        });
    }
    Ok(())
}

fn connection(stream: TcpStream, counters: &Counters) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(64 << 10, stream.try_clone()?);
    let mut writer = stream;
    let mut counted = false;
    while let Some(request) = Request::read(&mut reader)? {
        let (kind, path) = match request.target.split('/').nth(1) {
            Some(kind) if kind != "api" => (kind, &request.target[kind.len() + 1..]),
            _ => ("api", request.target.as_str()),
        };
        if kind == "count" {
            let count = |counter: &AtomicU64| counter.load(SeqCst);
            let Counters { connections, requests, tokens, bytes, .. } = counters;
            let [connections, requests, tokens, bytes] = [connections, requests, tokens, bytes].map(count);
            write!(writer, "HTTP/1.1 200 OK\r\n\r\n{connections} {requests} {tokens} {bytes}")?;
            return Ok(());
        }
        if !std::mem::replace(&mut counted, true) {
            counters.connections.fetch_add(1, SeqCst);
        }
        counters.requests.fetch_add(1, SeqCst);
        let (status, body) = answer(&request, path, counters);
        let head = |status: &str| {
            format!(
                "HTTP/1.1 {status}\r\ndate: Fri, 25 Oct 2024 11:50:31 GMT\r\ncontent-type: application/json;charset=utf-8\r\n\
                 content-length: {}\r\n\r\n",
                body.len()
            )
        };
        match kind {
            "outage" => writer.write_all((head("503 Service Unavailable") + body).as_bytes())?,
            "late" => {
                thread::sleep(Duration::from_millis(100));
                writer.write_all((head(status) + body).as_bytes())?;
            }
            "silent" => thread::sleep(Duration::MAX),
            "drip" => {
                writer.write_all(head(status).as_bytes())?;
                for byte in body.as_bytes() {
                    thread::sleep(Duration::from_millis(20));
                    if writer.write_all(&[*byte]).is_err() {
                        return Ok(());
                    }
                }
            }
            _ => {
                if kind != "api" {
                    counters.gate.wait();
                }
                writer.write_all((head(status) + body).as_bytes())?;
            }
        }
    }
    Ok(())
}

struct Request {
    method: String,
    target: String,
    authorized: bool,
    json: bool,
    body: Vec<u8>,
}

impl Request {
    fn read(reader: &mut BufReader<TcpStream>) -> Result<Option<Self>> {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) | Err(_) => return Ok(None),
            Ok(_) => {}
        }
        let mut words = line.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err("not HTTP".into());
        };
        let mut request = Self {
            method: method.to_owned(),
            target: target.to_owned(),
            authorized: false,
            json: false,
            body: Vec::new(),
        };
        let mut length = 0;
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "authorization" => request.authorized = value.strip_prefix("Bearer ") == Some(BEARER),
                "content-type" => request.json = value == "application/json",
                "content-length" => length = value.parse()?,
                "transfer-encoding" => return Err("the clients send a length".into()),
                _ => {}
            }
        }
        request.body.resize(length, 0);
        reader.read_exact(&mut request.body)?;
        Ok(Some(request))
    }
}

fn answer(request: &Request, path: &str, counters: &Counters) -> (&'static str, &'static str) {
    const REFUSED: &str = r#"{"resultCode":"SIM000","resultMessage":"refused"}"#;
    let Some(operation) = path.strip_prefix("/api/").and_then(|path| path.strip_prefix(SERVICE)) else {
        return ("404 Not Found", REFUSED);
    };
    if !request.authorized {
        return ("401 Unauthorized", REFUSED);
    }
    match (request.method.as_str(), operation.strip_prefix("/auth/token/create/batch")) {
        ("GET", Some(rest)) if rest.strip_prefix("/status/") == Some(BATCH) => ("200 OK", STATUS),
        ("POST", Some("")) if request.json => {
            match serde_json::from_slice::<Vec<IgnoredAny>>(&request.body) {
                Ok(tokens) => {
                    counters.tokens.fetch_add(tokens.len() as u64, SeqCst);
                    counters.bytes.fetch_add(request.body.len() as u64, SeqCst);
                    ("200 OK", CREATED)
                }
                Err(_) => ("400 Bad Request", REFUSED),
            }
        }
        _ => ("404 Not Found", REFUSED),
    }
}

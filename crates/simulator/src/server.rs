//! The server: connections in, faults applied, answers out.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::codes;
use crate::config::{Builder, Config};
use crate::faults::{Effect, Fault, Queue};
use crate::ledger::RecordedRequest;
use crate::locked;
use crate::operations::{self, Answer, Route};
use crate::payload::{Ended, Ending, Payload};
use crate::state::State;

/// What the server, the simulator and its handles share.
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) requests: Mutex<Vec<RecordedRequest>>,
    pub(crate) faults: Mutex<Queue>,
    pub(crate) accepted: AtomicUsize,
    pub(crate) open: AtomicUsize,
    state: Mutex<State>,
}

impl Shared {
    pub(crate) fn new(builder: Builder) -> Self {
        let mut faults = Queue::default();
        builder.faults.into_iter().for_each(|fault| faults.push(fault));
        Self {
            clock: Clock::new(builder.manual_clock),
            requests: Mutex::default(),
            faults: Mutex::new(faults),
            accepted: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            state: Mutex::new(State::new(&builder.config)),
            config: builder.config,
        }
    }

    /// Applies what is due and gives access to the state.
    pub(crate) fn with_state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = locked(&self.state);
        state.settle(self.clock.now(), &self.config);
        act(&mut state)
    }

    fn record(&self, index: usize, change: impl FnOnce(&mut RecordedRequest)) {
        if let Some(request) = locked(&self.requests).get_mut(index) {
            change(request);
        }
    }
}

/// Accepts connections until dropped; every connection ends with it.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let number = shared.accepted.fetch_add(1, Ordering::SeqCst) + 1;
                    let connection = Arc::new(Connection { number, peer, reset: AtomicBool::new(false) });
                    let reset = locked(&shared.faults).reset_on_accept();
                    let socket = Socket::new(stream, Arc::clone(&connection), Arc::clone(&shared));
                    if reset {
                        connection.reset.store(true, Ordering::SeqCst);
                    } else {
                        connections.spawn(serve(socket, connection, Arc::clone(&shared)));
                    }
                }
                // Out of file descriptors, or the peer is gone: neither is worth ending for.
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One TCP connection.
struct Connection {
    number: usize,
    peer: SocketAddr,
    reset: AtomicBool,
}

/// The stream of a connection, which ends with RST when the connection says so.
struct Socket {
    stream: TcpStream,
    connection: Arc<Connection>,
    shared: Arc<Shared>,
}

impl Socket {
    fn new(stream: TcpStream, connection: Arc<Connection>, shared: Arc<Shared>) -> Self {
        // Only a matter of latency: nothing to do when it fails.
        let _ = stream.set_nodelay(true);
        shared.open.fetch_add(1, Ordering::SeqCst);
        Self { stream, connection, shared }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.connection.reset.load(Ordering::SeqCst) {
            let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
        self.shared.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

async fn serve(socket: Socket, connection: Arc<Connection>, shared: Arc<Shared>) {
    let service = service_fn(|request| respond(request, Arc::clone(&connection), Arc::clone(&shared)));
    // How a connection ends is the ledger's to tell, and the test's to judge.
    let _ = hyper::server::conn::http1::Builder::new()
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(socket), service)
        .await;
}

async fn respond(
    request: Request<Incoming>,
    connection: Arc<Connection>,
    shared: Arc<Shared>,
) -> Result<Response<Payload>, Ended> {
    let (head, body) = request.into_parts();
    let route = Route::of(&head.method, head.uri.path());
    let index = arrived(&head, route.as_ref().ok(), &connection, &shared);

    let body = match Limited::new(body, shared.config.max_body_bytes).collect().await {
        Ok(body) => Some(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => None,
        Err(_) => return Err(Ended),
    };
    if let Some(body) = &body {
        shared.record(index, |request| {
            request.body_length = Some(body.len());
            if shared.config.record_bodies {
                request.body = body.clone();
            }
        });
    }

    let fault = locked(&shared.faults).take(route.as_ref().ok(), head.uri.path());
    if let Some(fault) = &fault {
        wait(fault.delay).await;
    }
    let answer = if fault.as_ref().is_none_or(|fault| fault.processed) {
        let (answer, processed) = match body {
            Some(body) => operations::answer(&route, &head, &body, &shared),
            None => {
                let text = "the body is too large.";
                (
                    Answer::result(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        codes::BODY_TOO_LARGE,
                        head.uri.path(),
                        text,
                    ),
                    false,
                )
            }
        };
        shared.record(index, |request| request.processed = processed);
        answer
    } else {
        Answer::result(StatusCode::OK, codes::INJECTED, head.uri.path(), "an injected fault.")
    };

    let response = match fault {
        Some(fault) => {
            wait(fault.answer_delay).await;
            spoil(answer, fault, &connection).await?
        }
        None => Payload::whole(answer.body).respond(answer.status, answer.content_type, &[]),
    };
    shared.record(index, |request| request.status = Some(response.status().as_u16()));
    Ok(response)
}

/// Waits; does not touch the runtime's clock when there is nothing to wait for.
async fn wait(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

/// Puts the request into the ledger.
fn arrived(head: &Parts, route: Option<&Route>, connection: &Connection, shared: &Shared) -> usize {
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut requests = locked(&shared.requests);
    requests.push(RecordedRequest {
        connection: connection.number as u64,
        peer: connection.peer,
        at: Instant::now(),
        time: SystemTime::now(),
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.iter().map(header).collect(),
        body: Bytes::new(),
        body_length: None,
        operation: route.map(|route| route.operation),
        processed: false,
        status: None,
    });
    requests.len() - 1
}

/// Applies a fault to an answer.
async fn spoil(answer: Answer, fault: Fault, connection: &Connection) -> Result<Response<Payload>, Ended> {
    let Answer { status, content_type, body } = answer;
    let payload = match fault.effect {
        Effect::End { reset } => {
            connection.reset.store(reset, Ordering::SeqCst);
            return Err(Ended);
        }
        Effect::Hang => return pending().await,
        Effect::Answer => {
            let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = fault.body.unwrap_or_else(|| {
                let text = format!("[{}] An injected fault answered.", codes::INJECTED);
                let result = serde_json::json!({"resultCode": codes::INJECTED, "resultMessage": text});
                result.to_string().into()
            });
            return Ok(Payload::whole(body).respond(status, operations::JSON, &fault.headers));
        }
        Effect::Body => {
            let content_type = fault.content_type.as_deref().unwrap_or(operations::JSON);
            let payload = Payload::whole(fault.body.unwrap_or_default());
            return Ok(payload.respond(status, content_type, &fault.headers));
        }
        Effect::Truncate => Payload::half(body, Ending::Close),
        Effect::Stall => Payload::half(body, Ending::Silence),
        Effect::None | Effect::ResetOnAccept => Payload::whole(body),
    };
    Ok(payload.respond(status, content_type, &fault.headers))
}

/// Where a server runs, and how to stop it.
pub(crate) enum Running {
    Thread {
        stop: Option<tokio::sync::oneshot::Sender<Infallible>>,
        thread: Option<std::thread::JoinHandle<()>>,
    },
    Task(tokio::task::JoinHandle<()>),
}

impl Running {
    /// Starts the server on a thread with a runtime of its own.
    pub(crate) fn on_thread(listener: std::net::TcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let (stop, stopped) = tokio::sync::oneshot::channel::<Infallible>();
        let thread = std::thread::Builder::new().name("authlete-simulator".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, shared) => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self::Thread { stop: Some(stop), thread: Some(thread) })
    }

    /// Starts the server in the runtime of the caller.
    pub(crate) fn in_runtime(listener: std::net::TcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let runtime = tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
        let listener = TcpListener::from_std(listener)?;
        Ok(Self::Task(runtime.spawn(accept(listener, shared))))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        match self {
            Self::Thread { stop, thread } => {
                stop.take();
                if let Some(thread) = thread.take() {
                    // When it returns, every socket is closed.
                    let _ = thread.join();
                }
            }
            Self::Task(task) => task.abort(),
        }
    }
}

//! The server: connections in, answers out.

use std::convert::Infallible;
use std::future::{pending, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_service::Service;

use super::control;
use super::listening::Port;
use super::payload::Ended;
use super::router::router;
use super::shared::{Shared, Shutdown};
use super::socket::{Connection, Socket};

/// Accepts connections until told to end, or dropped; every connection ends with it.
async fn accept(shared: Arc<Shared>, control: Option<TcpListener>) {
    let ends = Ends(Arc::clone(&shared));
    let routes = Routes { api: router(&shared), control: control::router(&shared) };
    let mut ending = shared.ending.subscribe();
    let mut connections = JoinSet::new();
    let within = loop {
        let holds_port = shared.heed_outages_quietly();
        let next = if holds_port { shared.outages.next_change() } else { Some(SOON) };
        tokio::select! {
            accepted = poll_fn(|cx| shared.poll_accept(cx)) => match accepted {
                Ok((stream, peer)) => {
                    let number = shared.accepted.fetch_add(1, Ordering::SeqCst) + 1;
                    let connection = Arc::new(Connection::new(number, peer));
                    let reset = shared.outages.resets() || shared.faults.reset_on_accept();
                    let socket = Socket::new(stream, Arc::clone(&connection), Arc::clone(&shared));
                    if reset {
                        connection.end_with_reset();
                    } else {
                        let closing = Some(shared.closing.subscribe());
                        let routes = routes.clone();
                        connections.spawn(serve(socket, Some(connection), routes, closing, ending.clone()));
                    }
                }
                // Out of file descriptors, or the peer is gone: neither is worth ending for.
                Err(_) => tokio::time::sleep(SOON).await,
            },
            accepted = next_of(control.as_ref()) => match accepted {
                Ok((stream, _)) => {
                    let _ = stream.set_nodelay(true);
                    connections.spawn(serve(stream, None, routes.clone(), None, ending.clone()));
                }
                Err(_) => tokio::time::sleep(SOON).await,
            },
            Some(_) = connections.join_next() => {}
            () = shared.changed.notified() => {}
            () = passed(next) => {}
            within = told_to_end(&mut ending) => break within,
        }
    };
    drop(control);
    let _ = tokio::time::timeout(within, async { while connections.join_next().await.is_some() {} }).await;
    connections.shutdown().await;
    drop(ends);
}

/// Says that the server has ended, however it came to that.
struct Ends(Arc<Shared>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.ending.send_replace(Shutdown::Ended);
    }
}

/// The pause before something that failed is tried again.
const SOON: Duration = Duration::from_millis(5);

/// Waits; for ever when there is nothing to wait for.
async fn passed(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => pending().await,
    }
}

/// The next connection; never without a listener.
async fn next_of(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => pending().await,
    }
}

/// Waits until the server is to end, and says how long what is under way has.
async fn told_to_end(ending: &mut watch::Receiver<Shutdown>) -> Duration {
    match ending.wait_for(|ending| *ending != Shutdown::Not).await.as_deref() {
        Ok(Shutdown::Within(within)) => *within,
        _ => Duration::ZERO,
    }
}

/// What answers: the operations, and the simulator about itself.
#[derive(Clone)]
struct Routes {
    api: Router,
    control: Router,
}

impl Routes {
    /// Answers a request; one that came over no counted connection is for the simulator itself.
    async fn answer(
        mut self,
        connection: Option<Arc<Connection>>,
        mut request: Request<Incoming>,
    ) -> Result<Response<Body>, Ended> {
        let Ok(response) = match connection {
            Some(connection) if !control::is_control(request.uri().path()) => {
                request.extensions_mut().insert(connection);
                self.api.call(request).await
            }
            _ => self.control.call(request).await,
        };
        match response.extensions().get::<Ended>() {
            Some(ended) => Err(*ended),
            None => Ok(response),
        }
    }
}

/// Serves a connection until its end, or that of the answer under way when it is told to close.
async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: Option<Arc<Connection>>,
    routes: Routes,
    mut closing: Option<watch::Receiver<()>>,
    mut ending: watch::Receiver<Shutdown>,
) {
    let service = service_fn(|request| routes.clone().answer(connection.clone(), request));
    let mut server = hyper::server::conn::http1::Builder::new();
    let mut served = pin!(server.header_read_timeout(None).serve_connection(TokioIo::new(stream), service));
    let told_to_close = async {
        match &mut closing {
            Some(closing) => closing.changed().await.unwrap_or_default(),
            None => pending().await,
        }
    };
    // How a connection ends is the ledger's to tell, and the test's to judge.
    tokio::select! {
        _ = served.as_mut() => {}
        () = told_to_close => {
            served.as_mut().graceful_shutdown();
            let _ = served.await;
        }
        _ = told_to_end(&mut ending) => {
            served.as_mut().graceful_shutdown();
            let _ = served.await;
        }
    }
}

/// The ports of a server: the API's, and one for the control path alone.
pub(crate) struct Ports {
    pub(crate) api: std::net::TcpListener,
    pub(crate) control: Option<std::net::TcpListener>,
}

impl Ports {
    /// Puts them into the hands of a runtime.
    fn enter(self, runtime: &Handle, shared: &Shared) -> io::Result<Option<TcpListener>> {
        shared.enter(Port::new(self.api, runtime.clone())?);
        let _inside = runtime.enter();
        self.control.map(TcpListener::from_std).transpose()
    }
}

/// Where a server runs, and how to stop it.
pub(crate) struct Running {
    shared: Arc<Shared>,
    runs_on: RunsOn,
}

enum RunsOn {
    Thread {
        stop: Option<tokio::sync::oneshot::Sender<Infallible>>,
        thread: Option<std::thread::JoinHandle<()>>,
    },
    Task(tokio::task::JoinHandle<()>),
}

impl Running {
    /// Starts the server on a thread with a runtime of its own.
    pub(crate) fn on_thread(ports: Ports, shared: Arc<Shared>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let control = ports.enter(runtime.handle(), &shared)?;
        let served = Arc::clone(&shared);
        let (stop, stopped) = tokio::sync::oneshot::channel::<Infallible>();
        let thread = std::thread::Builder::new().name("authlete-simulator".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(served, control) => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self { shared, runs_on: RunsOn::Thread { stop: Some(stop), thread: Some(thread) } })
    }

    /// Starts the server in the runtime of the caller.
    pub(crate) fn in_runtime(ports: Ports, shared: Arc<Shared>) -> io::Result<Self> {
        let runtime = Handle::try_current().map_err(io::Error::other)?;
        let control = ports.enter(&runtime, &shared)?;
        let task = runtime.spawn(accept(Arc::clone(&shared), control));
        Ok(Self { shared, runs_on: RunsOn::Task(task) })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.leave();
        match &mut self.runs_on {
            RunsOn::Thread { stop, thread } => {
                stop.take();
                if let Some(thread) = thread.take() {
                    // When it returns, every socket is closed.
                    let _ = thread.join();
                }
            }
            RunsOn::Task(task) => task.abort(),
        }
    }
}

//! The server: connections in, answers out.

use std::convert::Infallible;
use std::future::{pending, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_service::Service;

use super::gate::Gate;
use super::payload::Ended;
use super::router::router;
use super::shared::Shared;
use super::socket::{Connection, Socket};

/// Accepts connections until dropped; every connection ends with it.
async fn accept(shared: Arc<Shared>) {
    let router = router(&shared);
    let mut connections = JoinSet::new();
    loop {
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
                        let closing = shared.closing.subscribe();
                        connections.spawn(serve(socket, connection, router.clone(), closing));
                    }
                }
                // Out of file descriptors, or the peer is gone: neither is worth ending for.
                Err(_) => tokio::time::sleep(SOON).await,
            },
            Some(_) = connections.join_next() => {}
            () = shared.changed.notified() => {}
            () = passed(next) => {}
        }
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

async fn serve(
    socket: Socket,
    connection: Arc<Connection>,
    router: Router,
    mut closing: watch::Receiver<()>,
) {
    let service = service_fn(|mut request: Request<Incoming>| {
        request.extensions_mut().insert(Arc::clone(&connection));
        let response = router.clone().call(request);
        async {
            let Ok(response) = response.await;
            match response.extensions().get::<Ended>() {
                Some(ended) => Err(*ended),
                None => Ok(response),
            }
        }
    });
    let mut server = hyper::server::conn::http1::Builder::new();
    let mut served = pin!(server.header_read_timeout(None).serve_connection(TokioIo::new(socket), service));
    // How a connection ends is the ledger's to tell, and the test's to judge.
    tokio::select! {
        _ = served.as_mut() => {}
        Ok(()) = closing.changed() => {
            served.as_mut().graceful_shutdown();
            let _ = served.await;
        }
    }
}

/// Where a server runs, and how to stop it.
pub(crate) struct Running {
    shared: Arc<Shared>,
    place: Place,
}

enum Place {
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
        shared.enter(Gate::new(listener, runtime.handle().clone())?);
        let served = Arc::clone(&shared);
        let (stop, stopped) = tokio::sync::oneshot::channel::<Infallible>();
        let thread = std::thread::Builder::new().name("authlete-simulator".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(served) => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self { shared, place: Place::Thread { stop: Some(stop), thread: Some(thread) } })
    }

    /// Starts the server in the runtime of the caller.
    pub(crate) fn in_runtime(listener: std::net::TcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let runtime = tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
        shared.enter(Gate::new(listener, runtime.clone())?);
        let task = runtime.spawn(accept(Arc::clone(&shared)));
        Ok(Self { shared, place: Place::Task(task) })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.leave();
        match &mut self.place {
            Place::Thread { stop, thread } => {
                stop.take();
                if let Some(thread) = thread.take() {
                    // When it returns, every socket is closed.
                    let _ = thread.join();
                }
            }
            Place::Task(task) => task.abort(),
        }
    }
}

//! The server: connections in, answers out.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower_service::Service;

use super::payload::Ended;
use super::router::router;
use super::shared::Shared;
use super::socket::{Connection, Socket};

/// Accepts connections until dropped; every connection ends with it.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let router = router(&shared);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let number = shared.accepted.fetch_add(1, Ordering::SeqCst) + 1;
                    let connection = Arc::new(Connection::new(number, peer));
                    let reset = shared.faults.reset_on_accept();
                    let socket = Socket::new(stream, Arc::clone(&connection), Arc::clone(&shared));
                    if reset {
                        connection.end_with_reset();
                    } else {
                        connections.spawn(serve(socket, connection, router.clone()));
                    }
                }
                // Out of file descriptors, or the peer is gone: neither is worth ending for.
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(socket: Socket, connection: Arc<Connection>, router: Router) {
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
    // How a connection ends is the ledger's to tell, and the test's to judge.
    let _ = hyper::server::conn::http1::Builder::new()
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(socket), service)
        .await;
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

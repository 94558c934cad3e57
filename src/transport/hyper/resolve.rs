//! From a name to addresses.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::thread;

use tokio::sync::{Semaphore, oneshot};

/// The system's resolver, which cannot be interrupted. Each question has a thread of its own: one of the runtime's would hold up
/// the runtime's end for as long as the resolver hangs.
pub(super) struct Resolver(Arc<Semaphore>);

impl Default for Resolver {
    fn default() -> Self {
        const QUESTIONS: usize = 32;
        Self(Arc::new(Semaphore::new(QUESTIONS)))
    }
}

impl Resolver {
    /// The addresses of a host, as many as can sensibly be tried.
    pub(super) async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        const MOST: usize = 64;
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![(address, port).into()]);
        }
        // It is never closed.
        let turn = Arc::clone(&self.0).acquire_owned().await.map_err(io::Error::other)?;
        let (answer, answered) = oneshot::channel();
        let host = host.to_owned();
        thread::Builder::new().spawn(move || {
            let addresses = (&*host, port).to_socket_addrs().map(|addresses| addresses.take(MOST).collect());
            drop(turn);
            // Nobody may wait any longer.
            let _ = answer.send(addresses);
        })?;
        answered.await.map_err(io::Error::other)?
    }
}

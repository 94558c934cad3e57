//! The port: open, or held without listening, so that connections to it are refused.

use std::io;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use socket2::{Domain, Socket, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

use crate::lock::locked;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 1024;

/// A port that can be closed and opened from any thread; when the call returns, it is so.
pub(super) struct Port {
    addr: SocketAddr,
    runtime: Handle,
    guarded: Mutex<Guarded>,
}

struct Guarded {
    state: PortState,
    waker: Option<Waker>,
}

enum PortState {
    Open(TcpListener),
    /// The socket has the port and does not listen.
    Closed(Socket),
    /// Something else was quicker to take the port.
    Lost,
    /// The server has ended.
    Gone,
}

impl Port {
    /// An open port; `runtime` drives its socket.
    pub(super) fn new(listener: std::net::TcpListener, runtime: Handle) -> io::Result<Self> {
        let addr = listener.local_addr()?;
        let _inside = runtime.enter();
        let state = PortState::Open(TcpListener::from_std(listener)?);
        Ok(Self { addr, guarded: Mutex::new(Guarded { state, waker: None }), runtime: runtime.clone() })
    }

    /// Opens or closes the port, and says whether it was done now.
    ///
    /// # Errors
    /// When the port is lost to another program. The next call tries again.
    pub(super) fn set(&self, open: bool) -> io::Result<bool> {
        let mut guarded = locked(&self.guarded);
        match (open, &guarded.state) {
            (true, PortState::Open(_)) | (false, PortState::Closed(_)) | (_, PortState::Gone) => {
                return Ok(false);
            }
            _ => {}
        }
        let before = std::mem::replace(&mut guarded.state, PortState::Lost);
        guarded.state = match (open, before) {
            (true, PortState::Closed(socket)) => PortState::Open(self.listening(socket)?),
            (true, _) => PortState::Open(self.listening(self.bound()?)?),
            (false, before) => {
                // The port cannot be bound again while this one listens.
                drop(before);
                PortState::Closed(self.bound()?)
            }
        };
        if let Some(waker) = guarded.waker.take() {
            waker.wake();
        }
        Ok(true)
    }

    /// Closes the port for good and lets go of the port.
    pub(super) fn remove(&self) {
        locked(&self.guarded).state = PortState::Gone;
    }

    fn bound(&self) -> io::Result<Socket> {
        let socket = Socket::new(Domain::for_address(self.addr), Type::STREAM, None)?;
        // Connections of before may linger on the port. On Windows the option means another thing.
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        socket.bind(&self.addr.into())?;
        Ok(socket)
    }

    fn listening(&self, socket: Socket) -> io::Result<TcpListener> {
        socket.listen(BACKLOG)?;
        socket.set_nonblocking(true)?;
        let _inside = self.runtime.enter();
        TcpListener::from_std(socket.into())
    }

    /// The next connection; pending while the port is closed.
    pub(super) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        let mut guarded = locked(&self.guarded);
        guarded.waker = Some(cx.waker().clone());
        match &guarded.state {
            PortState::Open(listener) => listener.poll_accept(cx),
            PortState::Closed(_) | PortState::Lost | PortState::Gone => Poll::Pending,
        }
    }
}

//! From an origin to a stream.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use super::super::{BoxFuture, TransportError};
use super::fault::failed;
#[cfg(feature = "_tls")]
use super::fault::no_name;
use super::origin::Origin;
#[cfg(feature = "proxy")]
use super::proxy::{Proxy, open as open_tunnel};
use super::resolve::Resolver;
use super::stream::Stream;
use crate::input::unbracketed;

pub(super) struct Connector {
    pub(super) resolver: Resolver,
    /// How long connecting may take.
    pub(super) within: Duration,
    #[cfg(feature = "_tls")]
    pub(super) tls: tokio_rustls::TlsConnector,
    #[cfg(feature = "proxy")]
    pub(super) proxy: Option<Proxy>,
}

impl Connector {
    /// Opens a stream to the origin. The caller limits the time.
    pub(super) async fn open(&self, origin: &Origin) -> Result<Stream, TransportError> {
        let Origin { secure, authority } = origin;
        let host = unbracketed(authority.host());
        let port = authority.port_u16().unwrap_or(if *secure { 443 } else { 80 });
        #[cfg(not(feature = "_tls"))]
        if *secure {
            return Err(TransportError::with("https needs a feature for TLS, such as `rustls`", None)
                .not_sent()
                .permanent());
        }
        #[cfg(not(feature = "proxy"))]
        let stream = self.dial("could not connect", host, port).await?;
        #[cfg(feature = "proxy")]
        let stream = self.reach(*secure, host, port).await?;
        #[cfg(feature = "_tls")]
        if *secure {
            return self.secure(host, stream).await;
        }
        Ok(Stream::plain(stream))
    }

    /// Opens a stream to the host, or one through the proxy that leads to it.
    #[cfg(feature = "proxy")]
    async fn reach(&self, secure: bool, host: &str, port: u16) -> Result<TcpStream, TransportError> {
        if let Some(proxy) = self.proxy.as_ref().filter(|proxy| proxy.is_for(secure, host, port)) {
            let stream = self.dial("could not connect to the proxy", &proxy.host, proxy.port).await?;
            open_tunnel(proxy, &stream, host, port).await?;
            return Ok(stream);
        }
        self.dial("could not connect", host, port).await
    }

    async fn dial(&self, or_else: &'static str, host: &str, port: u16) -> Result<TcpStream, TransportError> {
        let stream = self.open_tcp(host, port).await.map_err(|error| {
            let permanent = is_permanent(&error);
            let error = failed(or_else, error);
            if permanent { error.permanent() } else { error }
        })?;
        // Without it, a request waits for the acknowledgement of an earlier one. It cannot fail in a way that matters.
        let _ = stream.set_nodelay(true);
        Ok(stream)
    }

    /// Connects to whichever of the addresses answers, in the manner of RFC 8305: the families take turns, and the next
    /// address is tried when one fails or 250 ms have passed, or less if not all would have their turn in half the time.
    async fn open_tcp(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let mut addresses = self.resolver.addresses(host, port).await?;
        let turns = u32::try_from(addresses.len()).unwrap_or(u32::MAX).saturating_add(1);
        let stagger_by =
            (self.within / 2 / turns).clamp(Duration::from_millis(10), Duration::from_millis(250));
        let mut latest = None;
        let mut attempts: Vec<BoxFuture<'static, io::Result<TcpStream>>> = Vec::new();
        let mut stagger = pin!(sleep_until(Instant::now()));
        let mut last: Option<io::Error> = None;
        poll_fn(|context| {
            loop {
                let mut connected = None;
                let before = attempts.len();
                attempts.retain_mut(|attempt| match attempt.as_mut().poll(context) {
                    Poll::Pending => true,
                    Poll::Ready(Ok(stream)) => {
                        connected = Some(stream);
                        false
                    }
                    Poll::Ready(Err(error)) => {
                        // What may pass tells more than what does not.
                        if last.as_ref().is_none_or(is_permanent) {
                            last = Some(error);
                        }
                        false
                    }
                });
                if let Some(stream) = connected {
                    return Poll::Ready(Ok(stream));
                }
                let idle = attempts.is_empty();
                if !idle && attempts.len() == before && stagger.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                match take_turns(&mut addresses, latest) {
                    Some(address) => {
                        latest = Some(address);
                        attempts.push(Box::pin(TcpStream::connect(address)));
                        stagger.as_mut().reset(Instant::now() + stagger_by);
                    }
                    None if idle => {
                        return Poll::Ready(Err(last
                            .take()
                            .unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into())));
                    }
                    None => return Poll::Pending,
                }
            }
        })
        .await
    }

    #[cfg(feature = "_tls")]
    async fn secure(&self, host: &str, stream: TcpStream) -> Result<Stream, TransportError> {
        let name = rustls::pki_types::ServerName::try_from(host.to_owned()).map_err(|_| no_name())?;
        self.tls.connect(name, stream).await.map(Stream::tls).map_err(|error| {
            // What rustls objects to stays: a certificate, a protocol. What the socket reports may pass.
            let permanent = error.get_ref().is_some_and(|source| source.is::<rustls::Error>());
            let error = failed("the TLS handshake failed", error);
            if permanent { error.permanent() } else { error }
        })
    }
}

/// Whether a rule of this machine forbids the connection, and would again: a firewall's, or a route that leads nowhere
/// (`prohibit` and `blackhole`).
fn is_permanent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput)
}

/// The next address to try: one of the other family than the latest if there is one, in the resolver's order.
fn take_turns(addresses: &mut Vec<SocketAddr>, latest: Option<SocketAddr>) -> Option<SocketAddr> {
    let turn = |address: &SocketAddr| latest.is_some_and(|latest| latest.is_ipv6() != address.is_ipv6());
    let next = addresses.iter().position(turn).unwrap_or(0);
    (next < addresses.len()).then(|| addresses.remove(next))
}

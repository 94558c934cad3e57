//! A way through a proxy.

use std::fmt;
use std::io;

use http::StatusCode;
use tokio::net::TcpStream;
use zeroize::Zeroizing;

use super::super::super::TransportError;
use super::super::fault::failed;
use super::settings::Proxy;

/// How long the heads of the proxy's answers may be.
const MAX_HEAD: usize = 16 << 10;

/// Asks the proxy at the other end of the stream for a tunnel to the host. The caller limits the time.
pub(crate) async fn open(
    proxy: &Proxy,
    stream: &TcpStream,
    host: &str,
    port: u16,
) -> Result<(), TransportError> {
    let broken = |error| failed("the proxy broke off", error);
    let target = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let mut request = Zeroizing::new(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n"));
    if let Some(authorization) = &proxy.authorization {
        // Room for all of it, so that no copy stays behind.
        request.reserve_exact(authorization.expose().len() + 32);
        request.push_str("Proxy-Authorization: ");
        request.push_str(authorization.expose());
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    write(stream, request.as_bytes()).await.map_err(broken)?;

    let mut left = MAX_HEAD;
    loop {
        let head = read_head(stream, &mut left).await.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => {
                failed("the head of the proxy's answer is too long", error).permanent()
            }
            _ => broken(error),
        })?;
        match status(&head) {
            // Interim responses (RFC 9110 section 15.2).
            Some(100..200) => {}
            Some(200..300) => return Ok(()),
            Some(status) => {
                let error = failed("the proxy refused the connection", RefusedConnect(status))
                    .refused_by_proxy(StatusCode::from_u16(status).ok());
                let passing = matches!(status, 408 | 429 | 500..600);
                return Err(if passing { error } else { error.permanent() });
            }
            None => {
                return Err(TransportError::with("the proxy's answer is not HTTP/1", None)
                    .not_sent()
                    .permanent());
            }
        }
    }
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads a head with its empty line, and not a byte more: what follows belongs to the tunnel.
async fn read_head(stream: &TcpStream, left: &mut usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut chunk = [0; 512];
    loop {
        let seen = stream.peek(&mut chunk).await?;
        if seen == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let before = head.len();
        head.extend_from_slice(chunk.get(..seen).unwrap_or_default());
        let end = end_of_head(&head);
        head.truncate(end.unwrap_or(head.len()));
        let taken = head.len() - before;
        *left = left.checked_sub(taken).ok_or(io::ErrorKind::InvalidData)?;
        take(stream, chunk.get_mut(..taken).unwrap_or_default()).await?;
        if end.is_some() {
            return Ok(head);
        }
    }
}

/// Takes what has been seen off the stream.
async fn take(stream: &TcpStream, mut seen: &mut [u8]) -> io::Result<()> {
    while !seen.is_empty() {
        stream.readable().await?;
        match stream.try_read(seen) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => seen = seen.get_mut(count..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Where the empty line ends. A line may end without a carriage return (RFC 9112 section 2.2).
fn end_of_head(head: &[u8]) -> Option<usize> {
    let end_of =
        |line: &[u8]| head.windows(line.len()).position(|window| window == line).map(|at| at + line.len());
    [end_of(b"\n\r\n"), end_of(b"\n\n")].into_iter().flatten().min()
}

/// The status of a head that begins as one of HTTP/1 does.
fn status(head: &[u8]) -> Option<u16> {
    let [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'0'..=b'9', b' ', digits @ ..] = head else {
        return None;
    };
    let (digits, rest) = digits.split_at_checked(3)?;
    let status: u16 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let ends = matches!(rest, [b' ' | b'\r' | b'\n', ..]);
    (ends && (100..600).contains(&status)).then_some(status)
}

/// A status that is no success.
#[derive(Debug)]
struct RefusedConnect(u16);

impl fmt::Display for RefusedConnect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "it answered {}", self.0)?;
        match self.0 {
            407 => formatter.write_str(", so it wants other credentials"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for RefusedConnect {}

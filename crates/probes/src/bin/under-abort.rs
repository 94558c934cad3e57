//! authlete in a program whose panics abort: a call that cannot be made is an error there too, with one exception, which its
//! documentation names.

use std::future::Future;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use authlete::funcs::misc_echo;
use authlete::models::operations::MiscEchoApiRequest;
use authlete::transport::{HyperTransport, Progress};
use authlete::{AuthleteCore, AuthleteError, Delivery, Transport};
use authlete_probes::Outcome;
use tokio::runtime::Builder;

fn core(port: u16) -> Result<AuthleteCore, AuthleteError> {
    AuthleteCore::builder().bearer("any").base_url(format!("http://127.0.0.1:{port}")).build()
}

/// Polls once, without any runtime.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

fn main() -> Outcome {
    assert!(cfg!(panic = "abort"), "this program is about panics that abort");
    if std::env::args().any(|argument| argument == "without-drivers") {
        let poor = Builder::new_current_thread().build()?;
        let _ = poor.block_on(misc_echo(&core(1)?, &MiscEchoApiRequest::new(), None));
        println!("the process has not ended");
        return Ok(());
    }

    let error = at_once(misc_echo(&core(1)?, &MiscEchoApiRequest::new(), None)).unwrap_err();
    assert!(matches!(error, AuthleteError::UnexpectedClient { .. }), "{error}");
    assert_eq!(error.delivery(), Delivery::NotSent);
    let request = http::Request::get("http://127.0.0.1:1/").body(bytes::Bytes::new())?;
    let error = at_once(HyperTransport::new()?.send(request, Progress::default())).unwrap_err();
    assert_eq!(error.delivery(), Delivery::NotSent);

    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let server = std::thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        stream.read(&mut [0; 4096])?;
        stream.write_all(b"HTTP/1.1 204 No\r\n\r\n")
    });
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(misc_echo(&core(port)?, &MiscEchoApiRequest::new(), None)).map(drop).or_else(
        |error| match error.http() {
            // What an echo returns does not matter here.
            Some(_) => Ok(()),
            None => Err(error),
        },
    )?;
    server.join().expect("the server does not panic")?;
    Ok(())
}

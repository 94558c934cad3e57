//! What the probes share: a server that listens to how a client begins.

use std::error::Error;
use std::io::ErrorKind;
use std::net::TcpListener;

use authlete::funcs::misc_echo;
use authlete::models::operations::MiscEchoApiRequest;
use authlete::{AuthleteCore, AuthleteCoreBuilder, Delivery};
use rustls::NamedGroup;
use rustls::server::Acceptor;

/// What a probe ends with.
pub type Outcome = Result<(), Box<dyn Error>>;

/// A core for this port of loopback, over TLS.
pub fn builder(port: u16) -> AuthleteCoreBuilder {
    AuthleteCore::builder().bearer("any").base_url(format!("https://localhost:{port}"))
}

/// The key exchanges that a core with the default settings offers, which tell whose cryptography it uses.
pub fn offered_groups() -> Result<Vec<NamedGroup>, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let core = builder(listener.local_addr()?.port()).build()?;
    let server = std::thread::spawn(move || -> std::io::Result<Vec<NamedGroup>> {
        let (mut stream, _) = listener.accept()?;
        let mut acceptor = Acceptor::default();
        loop {
            if acceptor.read_tls(&mut stream)? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if let Ok(Some(accepted)) = acceptor.accept() {
                return Ok(accepted.client_hello().named_groups().unwrap_or_default().to_vec());
            }
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(misc_echo(&core, &MiscEchoApiRequest::new(), None));
    assert_eq!(result.unwrap_err().delivery(), Delivery::NotSent);
    Ok(server.join().expect("the server does not panic")?)
}

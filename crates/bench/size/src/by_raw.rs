use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderValue, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

use crate::{Target, wire};

struct Client {
    host: HeaderValue,
    bearer: HeaderValue,
    connection: SendRequest<Full<Bytes>>,
}

impl Client {
    async fn call<T: DeserializeOwned>(&mut self, method: Method, path: String, body: Bytes) -> Option<T> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.host.clone())
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static("raw"))
            .header(AUTHORIZATION, self.bearer.clone());
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        self.connection.ready().await.ok()?;
        let response = self.connection.send_request(request.body(Full::new(body)).ok()?).await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        serde_json::from_slice(&response.into_body().collect().await.ok()?.to_bytes()).ok()
    }
}

pub(crate) async fn calls(target: &Target) -> Option<i64> {
    let scheme = if cfg!(feature = "tls-raw") { "https://" } else { "http://" };
    let rest = target.url.strip_prefix(scheme)?;
    let (address, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let stream = TcpStream::connect(address).await.ok()?;
    stream.set_nodelay(true).ok()?;
    #[cfg(feature = "tls-raw")]
    let stream = {
        let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect::<rustls::RootCertStore>();
        let config =
            rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .ok()?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let name = rustls::pki_types::ServerName::try_from(address.split(':').next()?.to_owned()).ok()?;
        tokio_rustls::TlsConnector::from(std::sync::Arc::new(config)).connect(name, stream).await.ok()?
    };
    let (connection, driver) = handshake(TokioIo::new(stream)).await.ok()?;
    tokio::spawn(driver);
    let bearer = HeaderValue::try_from(["Bearer ", &target.bearer].concat()).ok()?;
    let mut client = Client { host: HeaderValue::try_from(address).ok()?, bearer, connection };
    #[cfg(feature = "both")]
    {
        let body = serde_json::to_vec(&crate::tokens()).ok()?;
        let path = wire::url(prefix, &target.service, None);
        let created: wire::BatchResponse = client.call(Method::POST, path, body.into()).await?;
        if created.request_id.as_deref() != Some(target.batch.as_str()) {
            return None;
        }
    }
    let path = wire::url(prefix, &target.service, Some(&target.batch));
    let answer: wire::StatusResponse = client.call(Method::GET, path, Bytes::new()).await?;
    answer.status?.token_count
}

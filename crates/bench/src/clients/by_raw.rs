use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderValue, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

use super::{AGENT, Client, batch_url, status_url};
use crate::common::Result;
use crate::server::BEARER;

/// One hyper connection and nothing else: the limit.
pub(crate) struct ByRaw {
    url: String,
    prefix: String,
    host: HeaderValue,
    bearer: HeaderValue,
    connection: SendRequest<Full<Bytes>>,
}

impl ByRaw {
    async fn call<T: DeserializeOwned>(&mut self, method: Method, path: String, body: Bytes) -> Result<T> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.host.clone())
            .header(ACCEPT, HeaderValue::from_static(super::ACCEPT))
            .header(USER_AGENT, HeaderValue::from_static(AGENT))
            .header(AUTHORIZATION, self.bearer.clone());
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        self.connection.ready().await?;
        let response = self.connection.send_request(request.body(Full::new(body))?).await?;
        if !response.status().is_success() {
            return Err(response.status().as_str().into());
        }
        Ok(serde_json::from_slice(&response.into_body().collect().await?.to_bytes())?)
    }
}

impl Client for ByRaw {
    by_hand! {}

    async fn new(url: &str) -> Result<Self> {
        let rest = url.strip_prefix("http://").ok_or("not http")?;
        let (address, prefix) = rest
            .split_once('/')
            .map_or((rest, String::new()), |(address, prefix)| (address, format!("/{prefix}")));
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (connection, driver) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(driver);
        let bearer = HeaderValue::try_from(["Bearer ", BEARER].concat())?;
        Ok(Self { url: url.to_owned(), prefix, host: HeaderValue::try_from(address)?, bearer, connection })
    }

    async fn another(&self) -> Result<Self> {
        Self::new(&self.url).await
    }

    async fn status(&mut self, batch: &str) -> Result<Self::Status> {
        self.call(Method::GET, status_url(&self.prefix, batch), Bytes::new()).await
    }

    async fn batch(&mut self, tokens: &Self::Batch) -> Result<Self::Created> {
        let body = serde_json::to_vec(tokens)?;
        self.call(Method::POST, batch_url(&self.prefix), body.into()).await
    }
}

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde::de::DeserializeOwned;

use super::{AGENT, Client, batch_url, status_url};
use crate::common::Result;
use crate::server::BEARER;

/// hyper-util's pooled client by hand.
pub(crate) struct ByPooled {
    url: String,
    bearer: HeaderValue,
    client: hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>,
}

impl ByPooled {
    async fn call<T: DeserializeOwned>(&mut self, method: Method, url: String, body: Bytes) -> Result<T> {
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(ACCEPT, HeaderValue::from_static(super::ACCEPT))
            .header(USER_AGENT, HeaderValue::from_static(AGENT))
            .header(AUTHORIZATION, self.bearer.clone());
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let response = self.client.request(request.body(Full::new(body))?).await?;
        if !response.status().is_success() {
            return Err(response.status().as_str().into());
        }
        Ok(serde_json::from_slice(&response.into_body().collect().await?.to_bytes())?)
    }
}

impl Client for ByPooled {
    by_hand! {}

    async fn new(url: &str) -> Result<Self> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        let bearer = HeaderValue::try_from(["Bearer ", BEARER].concat())?;
        Ok(Self { url: url.to_owned(), bearer, client })
    }

    async fn another(&self) -> Result<Self> {
        Ok(Self { url: self.url.clone(), bearer: self.bearer.clone(), client: self.client.clone() })
    }

    async fn status(&mut self, batch: &str) -> Result<Self::Status> {
        self.call(Method::GET, status_url(&self.url, batch), Bytes::new()).await
    }

    async fn batch(&mut self, tokens: &Self::Batch) -> Result<Self::Created> {
        let body = serde_json::to_vec(tokens)?;
        self.call(Method::POST, batch_url(&self.url), body.into()).await
    }
}

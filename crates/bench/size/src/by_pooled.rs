use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde::de::DeserializeOwned;

use crate::{Target, wire};

#[cfg(not(feature = "tls-pooled"))]
type Connector = HttpConnector;
#[cfg(feature = "tls-pooled")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;

struct Client {
    bearer: HeaderValue,
    client: hyper_util::client::legacy::Client<Connector, Full<Bytes>>,
}

impl Client {
    async fn call<T: DeserializeOwned>(&mut self, method: Method, url: String, body: Bytes) -> Option<T> {
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static("pooled"))
            .header(AUTHORIZATION, self.bearer.clone());
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let response = self.client.request(request.body(Full::new(body)).ok()?).await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        serde_json::from_slice(&response.into_body().collect().await.ok()?.to_bytes()).ok()
    }
}

pub(crate) async fn calls(target: &Target) -> Option<i64> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    #[cfg(feature = "tls-pooled")]
    let connector = {
        connector.enforce_http(false);
        hyper_rustls::HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector)
    };
    let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .build(connector);
    let bearer = HeaderValue::try_from(["Bearer ", &target.bearer].concat()).ok()?;
    let mut client = Client { bearer, client };
    #[cfg(feature = "both")]
    {
        let body = serde_json::to_vec(&crate::tokens()).ok()?;
        let url = wire::url(&target.url, &target.service, None);
        let created: wire::BatchResponse = client.call(Method::POST, url, body.into()).await?;
        if created.request_id.as_deref() != Some(target.batch.as_str()) {
            return None;
        }
    }
    let url = wire::url(&target.url, &target.service, Some(&target.batch));
    let answer: wire::StatusResponse = client.call(Method::GET, url, Bytes::new()).await?;
    answer.status?.token_count
}

use http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;

use super::{AGENT, Client, batch_url, status_url};
use crate::common::Result;
use crate::server::BEARER;

/// reqwest, with the headers that never change set once.
pub(crate) struct ByReqwest {
    url: String,
    client: reqwest::Client,
}

async fn call<T: DeserializeOwned>(request: RequestBuilder) -> Result<T> {
    let response = request.send().await?;
    if !response.status().is_success() {
        return Err(response.status().as_str().into());
    }
    Ok(response.json().await?)
}

impl Client for ByReqwest {
    by_hand! {}

    async fn new(url: &str) -> Result<Self> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(super::ACCEPT));
        headers.insert(AUTHORIZATION, HeaderValue::try_from(["Bearer ", BEARER].concat())?);
        let client = reqwest::Client::builder().user_agent(AGENT).default_headers(headers).build()?;
        Ok(Self { url: url.to_owned(), client })
    }

    async fn another(&self) -> Result<Self> {
        Ok(Self { url: self.url.clone(), client: self.client.clone() })
    }

    async fn status(&mut self, batch: &str) -> Result<Self::Status> {
        call(self.client.get(status_url(&self.url, batch))).await
    }

    async fn batch(&mut self, tokens: &Self::Batch) -> Result<Self::Created> {
        call(self.client.post(batch_url(&self.url)).json(tokens)).await
    }
}

use ureq::Agent;

use super::{ACCEPT, AGENT, Client, batch_url, status_url};
use crate::common::Result;
use crate::server::BEARER;

/// ureq, which blocks.
pub(crate) struct ByUreq {
    url: String,
    bearer: String,
    agent: Agent,
}

impl Client for ByUreq {
    by_hand! {}

    async fn new(url: &str) -> Result<Self> {
        let agent = Agent::config_builder().user_agent(AGENT).accept(ACCEPT).build().new_agent();
        Ok(Self { url: url.to_owned(), bearer: ["Bearer ", BEARER].concat(), agent })
    }

    async fn another(&self) -> Result<Self> {
        Ok(Self { url: self.url.clone(), bearer: self.bearer.clone(), agent: self.agent.clone() })
    }

    async fn status(&mut self, batch: &str) -> Result<Self::Status> {
        let url = status_url(&self.url, batch);
        let mut response = self.agent.get(url).header("authorization", &self.bearer).call()?;
        Ok(response.body_mut().read_json()?)
    }

    async fn batch(&mut self, tokens: &Self::Batch) -> Result<Self::Created> {
        let body = serde_json::to_vec(tokens)?;
        let request = self.agent.post(batch_url(&self.url)).header("authorization", &self.bearer);
        let mut response = request.header("content-type", "application/json").send(body)?;
        Ok(response.body_mut().read_json()?)
    }
}

//! Reads the settings of a core from a file, and makes a call with them.
//!
//! The file is JSON here. Any format that serde reads will do: the keys and values are the same in TOML or YAML.

use std::error::Error;
use std::fs;

use authlete::funcs::{token_operations_auth_token_create_batch_api, token_operations_wait_for_batch};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{GrantType, TokenCreateRequest};
use authlete::{AuthleteCore, AuthleteCoreBuilder, RetryConfig, Server, SizeLimits, Timeouts, WaitOptions};
use authlete_simulator::Simulator;
use serde::Deserialize;

/// What the file may say. The bearer is not in it: a secret belongs elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    server: Server,
    service_id: String,
    #[serde(default)]
    timeouts: Timeouts,
    #[serde(default)]
    size_limits: SizeLimits,
    #[serde(default)]
    retries: RetryConfig,
    #[serde(default)]
    wait: WaitOptions,
}

impl Configuration {
    fn core(&self) -> AuthleteCoreBuilder {
        AuthleteCore::builder()
            .server(self.server)
            .service_id(&self.service_id)
            .timeouts(self.timeouts)
            .size_limits(self.size_limits)
            .retries(self.retries.clone())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/settings.json");
    let configuration: Configuration = serde_json::from_str(&fs::read_to_string(file)?)?;
    println!("server    {}", configuration.server.url());
    println!("timeouts  {:?}", configuration.timeouts);
    println!("retries   {:?}", configuration.retries);

    // This machine in place of the server that the file names. Leave out these two lines and `base_url`, and the bearer comes
    // from AUTHLETE_BEARER.
    let simulator = Simulator::start().await?;
    let core = configuration.core().base_url(simulator.url()).bearer(simulator.bearer()).build()?;

    let token = TokenCreateRequest::new(GrantType::ClientCredentials).client_id(1);
    let request = AuthTokenCreateBatchApiRequest::new([token]);
    let created = token_operations_auth_token_create_batch_api(&core, &request, None).await?;
    let id = created.value.request_id.ok_or("the batch has no ID")?;
    let question = AuthTokenCreateBatchStatusApiRequest::new(id);
    let status = token_operations_wait_for_batch(&core, &question, &configuration.wait).await?.value;
    println!("batch     {:?}", status.result);
    Ok(())
}

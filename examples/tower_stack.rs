//! Tower layers over the built-in transport: here a limit of requests in flight, and a header on every one.
//!
//! Any `tower_service::Service` of this shape will do. A layer that repeats requests by itself will not: it cannot know
//! which of them must not happen twice.

use std::error::Error;

use authlete::AuthleteCore;
use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::models::{GrantType, TokenCreateRequest};
use authlete::transport::{HyperTransport, TowerTransport};
use authlete_simulator::Simulator;
use bytes::Bytes;
use http::{HeaderValue, Request};
use http_body_util::Full;
use tower::ServiceBuilder;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start().await?;

    // The outermost layer comes first. What it waits for counts towards the attempt's time limit, which the SDK keeps.
    let stack = ServiceBuilder::new()
        .concurrency_limit(2)
        .map_request(|mut request: Request<Full<Bytes>>| {
            request.headers_mut().insert("x-tenant", HeaderValue::from_static("north"));
            request
        })
        .service(HyperTransport::new()?);

    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .transport(TowerTransport::new(stack))
        .build()?;

    // Six calls at once, through a stack that lets two pass at a time.
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..6 {
        let core = core.clone();
        calls.spawn(async move {
            let token = TokenCreateRequest::new(GrantType::ClientCredentials)
                .client_id(42)
                .access_token(format!("FAKE-access-token-{number}"));
            let request = AuthTokenCreateBatchApiRequest::new([token]);
            token_operations_auth_token_create_batch_api(&core, &request, None).await
        });
    }
    while let Some(call) = calls.join_next().await {
        call??;
    }

    let requests = simulator.ledger().requests();
    let connections = simulator.ledger().connection_count();
    println!("{} requests over {connections} connections", requests.len());
    assert_eq!(requests.len(), 6);
    assert!(connections <= 2);
    assert!(requests.iter().all(|request| request.header("x-tenant") == Some("north")));
    Ok(())
}

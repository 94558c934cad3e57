//! The operations as methods of one value, for those who prefer completion to imports.
//!
//! The methods call the functions and return the bare value. Cloning an `Authlete` shares its connections.

use std::error::Error;

use authlete::funcs::token_operations_wait_for_batch;
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{GrantType, TokenBatchStatusResult, TokenCreateRequest};
use authlete::{Authlete, AuthleteCore, WaitOptions};
use authlete_simulator::Simulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;
    let authlete = Authlete::new(core);

    let token = TokenCreateRequest::new(GrantType::ClientCredentials)
        .client_identifier("reporting-job")
        .access_token("FAKE-access-token");
    let request = AuthTokenCreateBatchApiRequest::new([token]);
    let created = authlete.token_operations().auth_token_create_batch_api(&request, None).await?;
    let id = created.request_id.ok_or("the batch has no ID")?;

    let request = AuthTokenCreateBatchStatusApiRequest::new(id);
    let answer = authlete.token_operations().auth_token_create_batch_status_api(&request, None).await?;
    // The batch exists from the moment it was accepted, and has no result until it is finished.
    println!("at once: {:?}", answer.status.and_then(|status| status.result));

    // Functions and methods mix: the face holds nothing but the core.
    let status = token_operations_wait_for_batch(authlete.core(), &request, &WaitOptions::new()).await?.value;
    println!("in the end: {:?}", status.result);
    assert_eq!(status.result, Some(TokenBatchStatusResult::Succeeded));
    assert!(simulator.ledger().contains("FAKE-access-token"));
    Ok(())
}

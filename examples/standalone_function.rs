//! The smallest use: one core, one function.
//!
//! A program that imports one function does not carry the others along.

use std::error::Error;

use authlete::AuthleteCore;
use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::models::{GrantType, TokenCreateRequest};
use authlete_simulator::Simulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start().await?;

    // Against the real service: `AuthleteCore::from_env()?`, which reads AUTHLETE_BEARER and AUTHLETE_SERVICE_ID.
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .build()?;

    // What an operation needs goes into its request object. The service could be named here too.
    let token = TokenCreateRequest::new(GrantType::AuthorizationCode)
        .client_id(26_478_243_745_571)
        .subject("john")
        .scopes(["openid", "timeline.read"])
        .access_token("FAKE-access-token");
    let request = AuthTokenCreateBatchApiRequest::new([token]);

    let created = token_operations_auth_token_create_batch_api(&core, &request, None).await?;

    // The envelope has the decoded body and the response's head.
    println!("{} {:?}", created.http.status, created.value.result_code);
    assert_eq!(created.http.attempts, 1);
    assert_eq!(created.value.result_code.as_deref(), Some("A482001"));
    assert!(created.value.request_id.is_some());
    // An accepted batch is carried out a little later.
    assert_eq!(simulator.ledger().batches().len(), 1);
    Ok(())
}

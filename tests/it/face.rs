//! The method-style face calls the functions.

use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::{Authlete, AuthleteError, RequestOptions};
use authlete_simulator::Operation;

use crate::support::{TOKEN, core, simulator, token};

#[tokio::test]
async fn methods_do_what_the_functions_do() {
    let simulator = simulator().await;
    let authlete = Authlete::from(core(simulator.url()).build().unwrap());
    let operations = authlete.token_operations();
    let request = AuthTokenCreateBatchApiRequest::new([token()]);
    let created = operations.auth_token_create_batch_api(&request, None).await.unwrap();
    assert_eq!(created.result_code.as_deref(), Some("A482001"));
    simulator.advance(std::time::Duration::from_secs(1));
    assert!(simulator.ledger().contains(TOKEN));

    let question = AuthTokenCreateBatchStatusApiRequest::new(created.request_id.unwrap());
    let answer = operations.auth_token_create_batch_status_api(&question, None).await.unwrap();
    assert_eq!(answer.status.unwrap().token_count, Some(1));
    let ledger = simulator.ledger();
    assert_eq!(ledger.requests_for(Operation::CreateBatch).len(), 1);
    assert_eq!(ledger.requests_for(Operation::BatchStatus).len(), 1);
}

#[tokio::test]
async fn methods_pass_options_and_errors_on() {
    let simulator = simulator().await;
    let authlete = Authlete::new(core(simulator.url()).build().unwrap());
    let options = RequestOptions::new().header("x-tag", "7");
    let question = AuthTokenCreateBatchStatusApiRequest::new("unknown");
    let operations = authlete.token_operations();
    let error = operations.auth_token_create_batch_status_api(&question, Some(&options)).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Result { .. }), "{error:?}");
    assert_eq!(simulator.ledger().requests()[0].header("x-tag"), Some("7"));
    // The core is at hand for the functions.
    crate::fake::create(authlete.core(), None).await.unwrap();
}

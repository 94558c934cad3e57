//! What can be learned from an error, and what to do about it.
//!
//! The simulator is told to misbehave in several ways. `advice` is the part to take along.

use std::error::Error;
use std::time::Duration;

use authlete::funcs::token_operations_auth_token_create_batch_api;
use authlete::models::operations::AuthTokenCreateBatchApiRequest;
use authlete::models::{GrantType, TokenCreateRequest};
use authlete::{AuthleteCore, AuthleteError, Delivery, RetryConfig};
use authlete_simulator::{Fault, Operation, Simulator};

const FIND_OUT: &str = "find out whether the tokens exist before sending them again";

/// What to do after a batch could not be created.
fn advice(error: &AuthleteError) -> String {
    let status = error.http().map(|http| http.status.as_u16());
    match error {
        // Authlete refused, and its code says why. Its message stands beside the code; it may repeat what was sent, so do
        // not log it unseen.
        AuthleteError::Result { error, .. } if error.result_code.as_deref() == Some("A458101") => {
            "the bearer is wrong: replace it".to_owned()
        }
        // Nothing happened, and the cause is of the passing kind.
        _ if error.is_retryable() => match error.retry_after() {
            Some(pause) => format!("call again in {} s", pause.as_secs()),
            None => "call again later".to_owned(),
        },
        // The question that matters for what must not happen twice.
        _ => match error.delivery() {
            Delivery::NotSent => "nothing was sent: mend the cause, then call again".to_owned(),
            // A gateway may say these of a request that it has passed on.
            Delivery::Answered if matches!(status, Some(408 | 503)) => FIND_OUT.to_owned(),
            Delivery::Answered => match error.retry_after() {
                Some(pause) => format!("it was refused: send it again in {} s", pause.as_secs()),
                None => "it was refused: mend the request".to_owned(),
            },
            Delivery::MaybeSent => FIND_OUT.to_owned(),
        },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start().await?;
    let core = |bearer: &str| {
        AuthleteCore::builder()
            .bearer(bearer)
            .base_url(simulator.url())
            .service_id(simulator.service_id())
            // Retries are on, and yet no batch below is sent twice.
            .retries(RetryConfig::backoff())
            .timeout(Duration::from_secs(10))
            .build()
    };
    let good = core(simulator.bearer())?;
    let faults = [
        ("a wrong bearer", core("wrong")?, None, "the bearer is wrong: replace it"),
        (
            "too many requests",
            good.clone(),
            Some(Fault::status(429).retry_after("30")),
            "it was refused: send it again in 30 s",
        ),
        (
            "a server that is busy, or a gateway that has lost it",
            good.clone(),
            Some(Fault::status(503).retry_after("30")),
            FIND_OUT,
        ),
        ("an answer that is lost", good.clone(), Some(Fault::close_after_processing()), FIND_OUT),
        ("an answer that makes no sense", good, Some(Fault::malformed_body()), FIND_OUT),
    ];
    for (number, (what, core, fault, expected)) in faults.into_iter().enumerate() {
        fault.into_iter().for_each(|fault| simulator.inject(fault.on(Operation::CreateBatch)));
        let token = TokenCreateRequest::new(GrantType::ClientCredentials)
            .client_id(42)
            .access_token(format!("FAKE-access-token-{number}"));
        let request = AuthTokenCreateBatchApiRequest::new([token]);

        let result = token_operations_auth_token_create_batch_api(&core, &request, None).await;

        let error = result.err().ok_or("the call should have failed")?;
        println!("{what}\n    {error}\n    {}", advice(&error));
        assert_eq!(advice(&error), expected);
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(simulator.ledger().requests_for(Operation::CreateBatch).len(), 5);

    // Not even a request comes of this: the service is named neither in the request nor in the core.
    let core = AuthleteCore::builder().bearer(simulator.bearer()).base_url(simulator.url()).build()?;
    let request = AuthTokenCreateBatchApiRequest::from(Vec::new());
    let result = token_operations_auth_token_create_batch_api(&core, &request, None).await;
    let error = result.err().ok_or("the call should have failed")?;
    println!("no service\n    {error}\n    {}", advice(&error));
    assert!(
        matches!(&error, AuthleteError::SdkValidation { rejected, .. } if rejected.what() == "serviceId")
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
    Ok(())
}

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

/// Authlete's code tells its own answer from a gateway's.
const TOO_MANY: &str = r#"{"resultCode":"A001215"}"#;

const FIND_OUT: &str = "find out whether the tokens exist before sending them again";

/// What to do after a batch could not be created.
fn advice(error: &AuthleteError) -> String {
    match error {
        // Authlete refused, and its code says why. Its message stands beside the code; it may repeat what was sent, so do
        // not log it unseen.
        AuthleteError::Result { error, .. } if error.result_code.as_deref() == Some("A458101") => {
            "the bearer is wrong: replace it".to_owned()
        }
        // Nothing happened, and the cause may pass by itself.
        _ if error.is_retryable() => match error.retry_after() {
            Some(pause) => format!("call again in {} s", pause.as_secs()),
            None => "call again later".to_owned(),
        },
        // The question that matters for what must not happen twice.
        _ if !error.may_resend() => FIND_OUT.to_owned(),
        _ => match (error.delivery(), error.retry_after()) {
            (Delivery::Answered, Some(pause)) => {
                format!("it was refused: send it again in {} s", pause.as_secs())
            }
            (Delivery::Answered, None) => "it was refused: mend the request".to_owned(),
            _ => "nothing was sent: mend the cause, then call again".to_owned(),
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
            Some(Fault::status(429).retry_after("30").with_body(TOO_MANY)),
            "it was refused: send it again in 30 s",
        ),
        (
            "a gateway that is busy, or has lost it",
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

//! Feeds OpenTelemetry's histogram `http.client.request.duration`, once for each attempt.
//!
//! `Durations` is the part to take along. The metrics go to standard output here; another exporter sends them elsewhere.

use std::error::Error;
use std::time::Duration;

use authlete::funcs::{
    token_operations_auth_token_create_batch_api, token_operations_auth_token_create_batch_status_api,
};
use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{GrantType, TokenCreateRequest};
use authlete::{Attempt, AuthleteCore, Backoff, Observer};
use authlete_simulator::{Fault, Operation, Simulator};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Histogram, Meter, MeterProvider};
use opentelemetry_sdk::metrics::SdkMeterProvider;

/// The duration of attempts, by operation and outcome.
struct Durations(Histogram<f64>);

impl Durations {
    fn new(meter: &Meter) -> Self {
        let bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
        let histogram = meter.f64_histogram("http.client.request.duration").with_unit("s");
        Self(histogram.with_boundaries(bounds.into()).build())
    }
}

impl Observer for Durations {
    fn attempt(&self, attempt: &Attempt<'_>) {
        let mut labels = vec![
            KeyValue::new("http.request.method", attempt.method().as_str()),
            KeyValue::new("url.template", attempt.url_template()),
            KeyValue::new("authlete.operation", attempt.operation()),
        ];
        if let Some(status) = attempt.status() {
            labels.push(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
        }
        if let Some(kind) = attempt.error_type() {
            labels.push(KeyValue::new("error.type", kind.to_owned()));
        }
        self.0.record(attempt.duration().as_secs_f64(), &labels);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let exporter = opentelemetry_stdout::MetricExporter::default();
    let provider = SdkMeterProvider::builder().with_periodic_exporter(exporter).build();

    let simulator = Simulator::start().await?;
    let core = AuthleteCore::builder()
        .bearer(simulator.bearer())
        .base_url(simulator.url())
        .service_id(simulator.service_id())
        .retries(Backoff::new().initial_interval(Duration::from_millis(10)))
        .observer(Durations::new(&provider.meter("authlete")))
        .build()?;

    let token = TokenCreateRequest::new(GrantType::ClientCredentials).client_id(42).access_token("t-1");
    let request = AuthTokenCreateBatchApiRequest::new([token]);
    let created = token_operations_auth_token_create_batch_api(&core, &request, None).await?;
    let id = created.value.request_id.ok_or("the batch has no ID")?;

    // The first attempt is refused, the second is answered.
    simulator.inject(Fault::status(503).on(Operation::BatchStatus));
    let question = AuthTokenCreateBatchStatusApiRequest::new(id);
    token_operations_auth_token_create_batch_status_api(&core, &question, None).await?;

    provider.shutdown()?;
    Ok(())
}

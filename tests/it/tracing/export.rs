//! What arrives where spans are exported to, over OpenTelemetry's own SDK.

use authlete::AuthleteCore;
use opentelemetry::Value;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing_subscriber::layer::SubscriberExt as _;

use crate::fake::{Fake, attempts, batch_status, fine, status};

/// The attempts of a call whose first one fails, as they were exported.
async fn exported() -> Vec<SpanData> {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("authlete"));
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
    let fake = Fake::new(|number| if number == 0 { status(503) } else { fine() });
    let builder = AuthleteCore::builder().bearer("b").service_id("1").base_url("https://a.example:8443");
    let core = builder
        .transport(fake)
        .jitter(|| 0.0)
        .retries(attempts(2))
        .trace_server_address(true)
        .build()
        .unwrap();
    batch_status(&core, None).await.unwrap();
    drop(guard);
    provider.force_flush().unwrap();
    let spans = exporter.get_finished_spans().unwrap();
    spans.into_iter().filter(|span| span.name.starts_with("GET ")).collect()
}

fn value(span: &SpanData, name: &str) -> Option<Value> {
    span.attributes
        .iter()
        .find(|attribute| attribute.key.as_str() == name)
        .map(|attribute| attribute.value.clone())
}

#[tokio::test(start_paused = true)]
async fn numbers_arrive_as_numbers() {
    let spans = exported().await;
    let [first, second] = spans.as_slice() else { panic!("{spans:?}") };
    for (span, name, expected) in [
        (first, "http.response.status_code", Some(503)),
        (first, "http.request.resend_count", None),
        (first, "server.port", Some(8443)),
        (second, "http.response.status_code", Some(200)),
        (second, "http.request.resend_count", Some(1)),
        (second, "server.port", Some(8443)),
    ] {
        assert_eq!(value(span, name), expected.map(Value::I64), "{name}");
    }
    for name in ["server.address", "url.template", "http.request.method"] {
        assert!(matches!(value(second, name), Some(Value::String(_))), "{name}");
    }
}

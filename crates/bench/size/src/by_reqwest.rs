use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;

use crate::{Target, wire};

async fn call<T: DeserializeOwned>(request: RequestBuilder) -> Option<T> {
    request.send().await.ok()?.error_for_status().ok()?.json().await.ok()
}

pub(crate) async fn calls(target: &Target) -> Option<i64> {
    let client = reqwest::Client::builder().user_agent("reqwest");
    #[cfg(feature = "tls-reqwest")]
    let client = {
        let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect::<rustls::RootCertStore>();
        let config =
            rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
                .with_safe_default_protocol_versions()
                .ok()?
                .with_root_certificates(roots)
                .with_no_client_auth();
        client.tls_backend_preconfigured(config)
    };
    let client = client.build().ok()?;
    #[cfg(feature = "both")]
    {
        let url = wire::url(&target.url, &target.service, None);
        let request = client.post(url).bearer_auth(&target.bearer).json(&crate::tokens());
        let created: wire::BatchResponse = call(request).await?;
        if created.request_id.as_deref() != Some(target.batch.as_str()) {
            return None;
        }
    }
    let url = wire::url(&target.url, &target.service, Some(&target.batch));
    let answer: wire::StatusResponse = call(client.get(url).bearer_auth(&target.bearer)).await?;
    answer.status?.token_count
}

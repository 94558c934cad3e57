//! What the types promise: what they show, how large they are, where they may go.

use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::transport::{HyperTransport, ResponseBody, TlsConfig, TowerTransport, transport_fn};
use authlete::{
    ApiResult, Authlete, AuthleteCore, AuthleteCoreBuilder, AuthleteError, Backoff, Envelope, HttpMeta,
    RequestOptions, RetryConfig, Secret,
};

use crate::fake::{Fake, batch_status, create, dry_run, fine, ok};
use crate::support::{BEARER, SERVER_SECRET, TOKEN, token};

#[tokio::test]
async fn debug_shows_no_secret() {
    let fake = Fake::new(|_| {
        let mut reply = fine()?;
        reply.headers_mut().insert("set-cookie", http::HeaderValue::from_static(SERVER_SECRET));
        Ok(reply)
    });
    let builder = fake.core().header("x-key", SERVER_SECRET).user_agent(SERVER_SECRET);
    let mut shown = format!("{builder:?} {builder:#?}");
    let core = builder.build().unwrap();
    let options = RequestOptions::new().header("authorization", SERVER_SECRET);
    let options = options.base_url(&format!("https://{SERVER_SECRET}.example"));
    let envelope = create(&core, None).await.unwrap();
    assert_eq!(envelope.http.headers["set-cookie"], SERVER_SECRET);
    let service = tower::service_fn(|_: http::Request<bytes::Bytes>| async { Ok::<_, std::io::Error>(()) });
    let authlete = Authlete::new(core.clone());
    let values: [&dyn std::fmt::Debug; 14] = [
        &core,
        &options,
        &envelope,
        &envelope.http,
        &authlete,
        &authlete.token_operations(),
        &AuthTokenCreateBatchApiRequest::new([token().refresh_token(TOKEN)]),
        &AuthTokenCreateBatchStatusApiRequest::new("r-1"),
        &token(),
        &Secret::from(BEARER),
        &ResponseBody::from(SERVER_SECRET),
        &HyperTransport::new().unwrap(),
        &TowerTransport::new(service),
        &transport_fn(|_| async { ok(SERVER_SECRET) }),
    ];
    for value in values {
        shown += &format!("{value:?} {value:#?}");
    }
    let signed = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
    let (chain, key) = (signed.cert.pem(), signed.signing_key.serialize_pem());
    let tls = TlsConfig::new().client_certificate_pem(chain.as_bytes(), key.as_bytes());
    shown += &format!("{tls:?}");
    shown += &format!("{:?}", HyperTransport::builder().tls(tls));
    for secret in [BEARER, TOKEN, SERVER_SECRET, "PRIVATE KEY", key.lines().nth(1).unwrap()] {
        assert!(!shown.contains(secret), "{secret} shows in {shown}");
    }
    // Not for lack of showing anything.
    assert!(shown.contains("set-cookie") && shown.contains("john"), "{shown}");
}

#[test]
fn errors_are_small_and_go_anywhere() {
    fn anywhere<T: std::error::Error + Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    let size = anywhere::<AuthleteError>();
    if cfg!(target_pointer_width = "64") {
        assert!(size <= 32, "{size} bytes");
    }
}

#[test]
fn types_and_futures_cross_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn sent<T: Send>(value: T) -> T {
        value
    }
    shared::<AuthleteCore>();
    shared::<Authlete>();
    shared::<RequestOptions>();
    shared::<RetryConfig>();
    shared::<Backoff>();
    shared::<HttpMeta>();
    shared::<Envelope<String>>();
    shared::<HyperTransport>();
    fn builder<T: Send + 'static>() {}
    builder::<AuthleteCoreBuilder>();

    let core = Fake::new(|_| fine()).core().build().unwrap();
    let options = RequestOptions::new();
    drop(sent(create(&core, Some(&options))));
    drop(sent(batch_status(&core, None)));
    drop(sent(dry_run(&core, None)));
    let authlete = Authlete::new(core.clone());
    let request = AuthTokenCreateBatchStatusApiRequest::new("r-1");
    drop(sent(authlete.token_operations().auth_token_create_batch_status_api(&request, None)));
}

#[tokio::test]
async fn envelope_keeps_the_head() {
    let fake = Fake::new(|_| {
        let mut reply = fine()?;
        *reply.status_mut() = http::StatusCode::CREATED;
        reply.headers_mut().insert("x-id", http::HeaderValue::from_static("7"));
        Ok(reply)
    });
    let core = fake.core().build().unwrap();
    let result: ApiResult<usize> =
        create(&core, None).await.map(|envelope| envelope.map(|created| created.request_id.unwrap().len()));
    let envelope = result.unwrap();
    assert_eq!((envelope.http.status.as_u16(), envelope.http.attempts), (201, 1));
    assert_eq!(envelope.http.headers["x-id"], "7");
    assert_eq!(envelope.into_value(), 3);
}

#[test]
fn secrets_compare_by_value_and_show_on_request_only() {
    let secret = Secret::from(BEARER.to_owned());
    assert_eq!(secret, Secret::from(BEARER));
    assert_ne!(secret, Secret::default());
    assert_eq!(secret.expose(), BEARER);
    assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(redacted) Some(Secret(redacted))");
    assert_eq!(serde_json::to_string(&secret).unwrap(), format!("\"{BEARER}\""));
}

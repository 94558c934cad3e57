//! No request, however malformed, breaks the simulator: each is answered, and none with a 500.

use authlete_simulator::{Operation, Simulator};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::client::{asked, send, text};
use crate::flows::{own, simulator};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A word that means something somewhere, or nothing anywhere.
fn word() -> impl Strategy<Value = String> {
    let known: Vec<&str> = "1 2 9 secret wrong code token id_token none openid a b S256 plain jwt form_post refresh_token \
        authorization_code password client_credentials urn:ietf:params:oauth:grant-type:device_code \
        urn:ietf:params:oauth:request_uri:x AUTHORIZED ACCESS_DENIED DENIED NOT_LOGGED_IN jane -1 0 99999999999999999999 \
        {} [] {\"id_token\":{\"acr\":{\"essential\":true,\"values\":[1,\"gold\"]}}} {\"id_token\":null} \
        https://app.example/cb eyJhbGciOiJub25lIn0.e30. e30.e30. .. %00 %ff %"
        .split_whitespace()
        .collect();
    prop_oneof![
        3 => prop::sample::select(known).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[ -~]{0,40}",
    ]
}

/// Parameters of a client's request, percent-encoded or not.
fn parameters() -> impl Strategy<Value = String> {
    let names: Vec<&str> = "client_id client_secret response_type response_mode redirect_uri scope state nonce prompt \
        max_age acr_values claims display code_challenge code_challenge_method grant_type code code_verifier \
        refresh_token device_code token token_type_hint username password request request_uri dpop_jkt resource callback"
        .split_whitespace()
        .collect();
    let pair = (prop::sample::select(names), word(), any::<bool>()).prop_map(|(name, value, is_encoded)| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if is_encoded { pairs.append_pair(name, &value).finish() } else { format!("{name}={value}") }
    });
    let id = Just("client_id=1&client_secret=secret".to_owned());
    prop::collection::vec(prop_oneof![4 => pair, 1 => id], 0..8).prop_map(|pairs| pairs.join("&"))
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => word().prop_map(Value::from),
        3 => parameters().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => prop::collection::vec(word(), 0..4).prop_map(Value::from),
        1 => Just(json!([{"key": "k", "value": null, "hidden": true}, {"name": "x"}])),
        1 => Just(json!({"elements": [{"type": "t"}]})),
    ]
}

/// A body with members that operations have.
fn body() -> impl Strategy<Value = String> {
    let names: Vec<&str> = "parameters clientId clientSecret ticket subject sub reason authTime acr claims properties scopes \
        accessToken accessTokenDuration refreshTokenDuration jwtAtClaims sessionId dpop htm htu dpopNonceRequired \
        clientCertificate token withHiddenProperties rsUri httpAcceptHeader introspectionSignAlg userCode result \
        accessTokenIdentifier refreshTokenIdentifier clientIdentifier grantType start end developer acrValues maxAge"
        .split_whitespace()
        .collect();
    let members = prop::collection::vec((prop::sample::select(names), value()), 0..8);
    let object = members.prop_map(|members| {
        let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::Object(members.collect::<Map<_, _>>()).to_string()
    });
    prop_oneof![
        8 => object,
        1 => any::<String>(),
        1 => value().prop_map(|value| value.to_string()),
        1 => Just("[".repeat(200)),
    ]
}

async fn answered(simulator: &Simulator, operation: Operation, body: &str, named: &str, kind: &str) {
    let segment: String = form_urlencoded::byte_serialize(named.as_bytes()).collect();
    let mut path = operation.path().replace("{serviceId}", simulator.service_id());
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, if segment.is_empty() { "x" } else { &segment });
    }
    let request = text(simulator, operation.method(), &path, body).replace("application/json", kind);
    let reply = send(simulator, &request).await;
    let is_fine = matches!(reply.status, 200..=499 | 501);
    assert!(is_fine, "{} {}: {body}", operation.id(), reply.status);
    if reply.head.contains("application/json") && !reply.body.is_empty() {
        reply.json();
    }
}

#[test]
fn every_request_is_answered_and_none_with_a_500() {
    let runtime = runtime();
    let simulator = runtime.block_on(simulator());
    let kinds = ["application/json", "application/x-www-form-urlencoded", "text/plain"];
    let operation = prop::sample::select(Operation::ALL);
    let kind = prop_oneof![8 => Just(kinds[0]), 1 => Just(kinds[1]), 1 => Just(kinds[2])];
    let config = ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(operation in operation, body in body(), named in word(), kind in kind)| {
        runtime.block_on(answered(&simulator, operation, &body, &named, kind));
        if operation == Operation::DeleteService {
            simulator.reset();
        }
    });
    // Administration may have changed the client, but nothing that was malformed has stopped the simulator.
    simulator.reset();
    let issued = runtime.block_on(asked(&simulator, "token", &own("grant_type=client_credentials")));
    assert_eq!(issued["action"], "OK");
}

#[test]
fn every_endpoint_of_clients_reads_any_parameters() {
    let runtime = runtime();
    let simulator = runtime.block_on(simulator());
    let operations = vec![
        "authorization",
        "token",
        "revocation",
        "/pushed_auth_req",
        "/device/authorization",
        "introspection/standard",
    ];
    let config = ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(operation in prop::sample::select(operations), parameters in parameters())| {
        let answer = runtime.block_on(asked(&simulator, operation, &own(&parameters)));
        prop_assert!(answer["action"].is_string());
        prop_assert_ne!(&answer["action"], "INTERNAL_SERVER_ERROR");
    });
}

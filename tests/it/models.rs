//! The wire, field by field.

use authlete::models::operations::{AuthTokenCreateBatchApiRequest, AuthTokenCreateBatchStatusApiRequest};
use authlete::models::{
    AuthorizationDetailsElement, AuthzDetails, BatchKind, GrantType, Property, TokenBatchStatus,
    TokenBatchStatusResult, TokenCreateBatchResponse, TokenCreateBatchStatusResponse, TokenCreateRequest,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Every field of `token_create_request`, set through its setter.
fn full() -> TokenCreateRequest {
    let element = AuthorizationDetailsElement::of_type("payment")
        .locations(["https://rs.example"])
        .actions(["read"])
        .data_types(["balance"])
        .identifier("account")
        .privileges(["admin"])
        .other_fields(r#"{"limit":5}"#);
    TokenCreateRequest::new(GrantType::DeviceCode)
        .client_id(i64::MAX)
        .subject("john")
        .scopes(["openid", "profile"])
        .access_token_duration(i64::MIN)
        .refresh_token_duration(0)
        .properties([Property::new().key("k").value("v").hidden(true)])
        .client_id_alias_used(true)
        .access_token("at")
        .refresh_token("rt")
        .access_token_persistent(false)
        .certificate_thumbprint("ct")
        .dpop_key_thumbprint("dt")
        .authorization_details(AuthzDetails::new().elements([element]))
        .resources(["https://api.example"])
        .for_external_attachment(true)
        .jwt_at_claims("{}")
        .acr("urn:acr")
        .auth_time(1_700_000_000)
        .client_entity_id_used(false)
        .client_identifier("client")
        .session_id("session")
        .metadata_document_used(true)
}

/// The same, in the API description's names.
fn full_json() -> Value {
    json!({
        "grantType": "DEVICE_CODE",
        "clientId": 9_223_372_036_854_775_807_i64,
        "subject": "john",
        "scopes": ["openid", "profile"],
        "accessTokenDuration": -9_223_372_036_854_775_808_i64,
        "refreshTokenDuration": 0,
        "properties": [{ "key": "k", "value": "v", "hidden": true }],
        "clientIdAliasUsed": true,
        "accessToken": "at",
        "refreshToken": "rt",
        "accessTokenPersistent": false,
        "certificateThumbprint": "ct",
        "dpopKeyThumbprint": "dt",
        "authorizationDetails": {
            "elements": [{
                "type": "payment",
                "locations": ["https://rs.example"],
                "actions": ["read"],
                "dataTypes": ["balance"],
                "identifier": "account",
                "privileges": ["admin"],
                "otherFields": "{\"limit\":5}",
            }],
        },
        "resources": ["https://api.example"],
        "forExternalAttachment": true,
        "jwtAtClaims": "{}",
        "acr": "urn:acr",
        "authTime": 1_700_000_000,
        "clientEntityIdUsed": false,
        "clientIdentifier": "client",
        "sessionId": "session",
        "metadataDocumentUsed": true,
    })
}

#[test]
fn token_create_request_has_its_23_fields_by_name() {
    let value = serde_json::to_value(full()).unwrap();
    assert_eq!(value, full_json());
    assert_eq!(value.as_object().unwrap().len(), 23);
    assert_eq!(serde_json::from_value::<TokenCreateRequest>(full_json()).unwrap(), full());
}

#[test]
fn unset_fields_are_not_sent() {
    let value = serde_json::to_value(TokenCreateRequest::new(GrantType::Ciba)).unwrap();
    assert_eq!(value, json!({ "grantType": "CIBA" }));
    assert_eq!(serde_json::to_value(AuthorizationDetailsElement::new()).unwrap(), json!({}));
}

#[test]
fn empty_lists_are_sent_as_such() {
    let request = TokenCreateRequest::new(GrantType::Ciba).scopes([""; 0]).resources(Vec::<String>::new());
    let value = serde_json::to_value(request).unwrap();
    assert_eq!(value, json!({ "grantType": "CIBA", "scopes": [], "resources": [] }));
}

#[test]
fn nulls_are_absent_and_unknown_fields_tolerated() {
    let Value::Object(fields) = full_json() else { unreachable!() };
    let nulls: Map<_, _> = fields
        .iter()
        .map(|(name, value)| (name.clone(), if name == "grantType" { value.clone() } else { Value::Null }))
        .chain([("fromTheFuture".to_owned(), json!({ "a": [1, null] }))])
        .collect();
    let request: TokenCreateRequest = serde_json::from_value(nulls.into()).unwrap();
    assert_eq!(request, TokenCreateRequest::new(GrantType::DeviceCode));
}

#[test]
fn status_response_has_its_fields_by_name() {
    let wire = json!({
        "resultCode": "A447001",
        "resultMessage": "m",
        "status": {
            "batchKind": "CREATE",
            "requestId": "r",
            "result": "FAILED",
            "errorCode": "E",
            "errorDescription": "d",
            "tokenCount": 3,
            "createdAt": i64::MAX,
            "modifiedAt": i64::MIN,
        },
    });
    let status = TokenBatchStatus::new()
        .batch_kind(BatchKind::Create)
        .request_id("r")
        .result(TokenBatchStatusResult::Failed)
        .error_code("E")
        .error_description("d")
        .token_count(3)
        .created_at(i64::MAX)
        .modified_at(i64::MIN);
    let response =
        TokenCreateBatchStatusResponse::new().result_code("A447001").result_message("m").status(status);
    assert_eq!(serde_json::to_value(&response).unwrap(), wire);
    assert_eq!(serde_json::from_value::<TokenCreateBatchStatusResponse>(wire).unwrap(), response);
}

#[test]
fn create_response_has_its_fields_by_name() {
    let wire = json!({ "resultCode": "A482001", "resultMessage": "m", "requestId": "r" });
    let response = TokenCreateBatchResponse::new().result_code("A482001").result_message("m").request_id("r");
    assert_eq!(serde_json::to_value(&response).unwrap(), wire);
    assert_eq!(serde_json::from_value::<TokenCreateBatchResponse>(wire).unwrap(), response);
    assert_eq!(
        serde_json::from_str::<TokenCreateBatchResponse>("{}").unwrap(),
        TokenCreateBatchResponse::default()
    );
}

#[test]
fn request_objects_can_be_stored() {
    let create = AuthTokenCreateBatchApiRequest::new([full()]).service_id("1").dry_run(true);
    let wire = json!({ "serviceId": "1", "dryRun": true, "requestBody": [full_json()] });
    assert_eq!(serde_json::to_value(&create).unwrap(), wire);
    assert_eq!(serde_json::from_value::<AuthTokenCreateBatchApiRequest>(wire).unwrap(), create);
    assert_eq!(AuthTokenCreateBatchApiRequest::from(vec![full()]).service_id("1").dry_run(true), create);

    let status = AuthTokenCreateBatchStatusApiRequest::new("r");
    assert_eq!(serde_json::to_value(&status).unwrap(), json!({ "tokenBatchRequestId": "r" }));
}

/// A JSON value of the kind that stands in `sample`.
fn like(sample: &Value) -> BoxedStrategy<Value> {
    match sample {
        Value::Bool(_) => any::<bool>().prop_map(Value::from).boxed(),
        Value::Number(_) => any::<i64>().prop_map(Value::from).boxed(),
        Value::String(_) => any::<String>().prop_map(Value::from).boxed(),
        Value::Array(items) => proptest::collection::vec(like(&items[0]), 0..3).prop_map(Value::from).boxed(),
        Value::Object(fields) => some_of(fields).prop_map(Value::from).boxed(),
        Value::Null => unreachable!(),
    }
}

/// An object with any of these fields.
fn some_of(fields: &Map<String, Value>) -> BoxedStrategy<Map<String, Value>> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, sample)| (Just(name.clone()), proptest::option::of(like(sample))))
        .collect();
    let present = |fields: Vec<(String, Option<Value>)>| {
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    };
    fields.prop_map(present).boxed()
}

proptest! {
    #[test]
    fn any_token_create_request_round_trips(fields in some_of(full_json().as_object().unwrap()), kind in any::<String>()) {
        let mut fields = fields;
        fields.insert("grantType".to_owned(), kind.into());
        let wire = Value::from(fields);
        let text = wire.to_string();
        let request: TokenCreateRequest = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_value(&request).unwrap(), wire);
        prop_assert!(serde_json::from_str::<TokenCreateRequest>(&serde_json::to_string(&request).unwrap()).unwrap() == request);
    }
}

#[cfg(feature = "secrecy")]
#[test]
fn a_secret_string_becomes_a_secret_and_comes_back() {
    use authlete::{AuthleteCore, Secret};
    use secrecy::{ExposeSecret as _, SecretString};

    let given = SecretString::from("2YotnFZFEjr1zCsicMWpAA");
    let secret = Secret::from(&given);
    assert_eq!(secret.expose(), "2YotnFZFEjr1zCsicMWpAA");
    assert_eq!(SecretString::from(secret).expose_secret(), given.expose_secret());
    let request = TokenCreateRequest::new(GrantType::ClientCredentials).access_token(given.clone());
    assert_eq!(serde_json::to_value(&request).unwrap()["accessToken"], "2YotnFZFEjr1zCsicMWpAA");
    let transport = authlete::transport::transport_fn(|_| std::future::pending());
    assert!(AuthleteCore::builder().bearer(given).transport(transport).build().is_ok());
}

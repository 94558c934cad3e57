//! Keys in a hardware security module, and JOSE objects.

use authlete::funcs::{
    hardware_security_keys_create, hardware_security_keys_get, hardware_security_keys_list,
    jose_object_jose_verify_api,
};
use authlete::models::operations::{HskGetApiRequest, HskGetListApiRequest};
use authlete::models::{
    HskCreateRequest, HskCreateResponseAction, HskGetListResponseAction, HskGetResponseAction,
    JoseVerifyRequest,
};
use serde_json::{Value, json};

use super::{answering, seen, step};

fn key() -> Value {
    json!({
        "kty": "EC",
        "use": "sig",
        "kid": "jane",
        "hsmName": "google",
        "handle": "pf0WDk7LR",
        "publicKey": "-----BEGIN PUBLIC KEY-----",
        "alg": "ES256",
    })
}

#[tokio::test]
async fn a_key_is_created_looked_up_and_listed() {
    let (fake, core) = answering([
        json!({"action": "SUCCESS", "hsk": key()}),
        json!({"action": "SUCCESS", "hsk": key()}),
        json!({"action": "SUCCESS", "hsks": [key(), {"kty": "RSA"}]}),
    ]);
    let request = HskCreateRequest::new().kty("EC").use_("sig").kid("jane").hsm_name("google").alg("ES256");
    let created = hardware_security_keys_create(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(created.action, Some(HskCreateResponseAction::Success));
    let created = created.hsk.unwrap();
    assert_eq!((created.use_.as_deref(), created.kid.as_deref()), (Some("sig"), Some("jane")));

    let request = HskGetApiRequest::new(created.handle.clone().unwrap());
    let found = hardware_security_keys_get(&core, &request, None).await.unwrap().value;
    assert_eq!(found.action, Some(HskGetResponseAction::Success));
    assert_eq!(found.hsk, Some(created));

    let listed = hardware_security_keys_list(&core, &HskGetListApiRequest::new(), None).await.unwrap().value;
    assert_eq!(listed.action, Some(HskGetListResponseAction::Success));
    assert_eq!(listed.hsks.unwrap()[1].kty.as_deref(), Some("RSA"));
    let body = json!({"kty": "EC", "use": "sig", "kid": "jane", "hsmName": "google", "alg": "ES256"});
    assert_eq!(
        seen(&fake),
        [
            step("POST hsk/create", body),
            step("GET hsk/get/pf0WDk7LR", Value::Null),
            step("GET hsk/get/list", Value::Null),
        ]
    );
}

#[tokio::test]
async fn a_jose_object_is_judged() {
    let (fake, core) = answering([json!({
        "valid": false,
        "signatureValid": true,
        "missingClaims": ["jti"],
        "invalidClaims": ["exp"],
        "errorDescriptions": ["The JWT eyJ.e30.c2ln has expired."],
    })]);
    let request = JoseVerifyRequest::new("eyJ.e30.c2ln")
        .mandatory_claims(["jti", "exp"])
        .clock_skew(100)
        .client_identifier("42")
        .signed_by_client(true);
    let verdict = jose_object_jose_verify_api(&core, &request.into(), None).await.unwrap().value;
    assert_eq!((verdict.valid, verdict.signature_valid), (Some(false), Some(true)));
    assert_eq!(verdict.missing_claims.as_ref().unwrap(), &["jti"]);
    assert_eq!(verdict.invalid_claims.as_ref().unwrap(), &["exp"]);
    assert_eq!(&*verdict.error_descriptions.as_ref().unwrap()[0], "The JWT eyJ.e30.c2ln has expired.");
    assert!(!format!("{verdict:?}").contains("c2ln"));
    let body = json!({
        "jose": "eyJ.e30.c2ln",
        "mandatoryClaims": ["jti", "exp"],
        "clockSkew": 100,
        "clientIdentifier": "42",
        "signedByClient": true,
    });
    assert_eq!(seen(&fake), [step("POST jose/verify", body)]);
}

//! Verifiable credentials (OpenID for Verifiable Credential Issuance).

use authlete::funcs::{
    verifiable_credentials_batch_issue, verifiable_credentials_batch_parse,
    verifiable_credentials_create_offer, verifiable_credentials_deferred_issue,
    verifiable_credentials_deferred_parse, verifiable_credentials_get_jwks,
    verifiable_credentials_get_metadata, verifiable_credentials_get_offer_info, verifiable_credentials_issue,
    verifiable_credentials_nonce, verifiable_credentials_parse,
};
use authlete::models::{
    CredentialIssuanceOrder, VciBatchIssueRequest, VciBatchIssueResponseAction, VciBatchParseRequest,
    VciDeferredIssueRequest, VciDeferredIssueResponseAction, VciDeferredParseRequest, VciJwksRequest,
    VciJwksResponseAction, VciMetadataRequest, VciMetadataResponseAction, VciNonceRequest,
    VciNonceResponseAction, VciOfferCreateRequest, VciOfferCreateResponseAction, VciOfferInfoRequest,
    VciOfferInfoResponseAction, VciSingleIssueRequest, VciSingleIssueResponseAction, VciSingleParseRequest,
    VciSingleParseResponseAction,
};
use serde_json::json;

use super::{answering, seen, step};

#[tokio::test]
async fn an_offer_is_made_and_looked_up() {
    let info = json!({
        "identifier": "offer-1",
        "credentialOffer": "{\"credential_issuer\":\"https://issuer.example.com\"}",
        "credentialIssuer": "https://issuer.example.com",
        "preAuthorizedCodeGrantIncluded": true,
        "preAuthorizedCode": "pre-1",
        "txCode": "4711",
        "subject": "john",
        "expiresAt": 1_700_000_000_000_i64,
        "credentialConfigurationIds": ["IdentityCredential"],
    });
    let (fake, core) =
        answering([json!({"action": "CREATED", "info": info}), json!({"action": "OK", "info": info})]);
    let request = VciOfferCreateRequest::new()
        .pre_authorized_code_grant_included(true)
        .subject("john")
        .duration(600)
        .credential_configuration_ids(["IdentityCredential"])
        .tx_code("4711");
    let created = verifiable_credentials_create_offer(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(created.action, Some(VciOfferCreateResponseAction::Created));
    let created = created.info.unwrap();
    assert_eq!(created.pre_authorized_code.as_ref().unwrap().expose(), "pre-1");
    assert_eq!(created.credential_configuration_ids.as_ref().unwrap(), &["IdentityCredential"]);
    let shown = format!("{created:?}");
    for secret in ["offer-1", "pre-1", "4711"] {
        assert!(!shown.contains(secret), "{shown}");
    }

    let request = VciOfferInfoRequest::new().identifier(created.identifier.clone().unwrap());
    let found = verifiable_credentials_get_offer_info(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(found.action, Some(VciOfferInfoResponseAction::Ok));
    assert_eq!(found.info, Some(created));
    let body = json!({
        "preAuthorizedCodeGrantIncluded": true,
        "subject": "john",
        "duration": 600,
        "credentialConfigurationIds": ["IdentityCredential"],
        "txCode": "4711",
    });
    assert_eq!(
        seen(&fake),
        [step("POST vci/offer/create", body), step("POST vci/offer/info", json!({"identifier": "offer-1"}))]
    );
}

#[tokio::test]
async fn a_credential_is_issued_at_once_or_later() {
    let info = json!({
        "identifier": "cr-1",
        "format": "dc+sd-jwt",
        "bindingKeys": ["{\"kty\":\"EC\"}"],
        "details": "{\"vct\":\"https://credentials.example.com/identity\"}",
    });
    let (fake, core) = answering([
        json!({"action": "OK", "info": info}),
        json!({"action": "ACCEPTED", "responseContent": "{\"transaction_id\":\"tx-1\"}", "transactionId": "tx-1"}),
        json!({"action": "OK", "info": info}),
        json!({"action": "OK", "responseContent": "{\"credential\":\"eyJ~\"}"}),
    ]);
    let content = r#"{"format":"dc+sd-jwt"}"#;
    let request = VciSingleParseRequest::new().access_token("at-1").request_content(content);
    let parsed = verifiable_credentials_parse(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(parsed.action, Some(VciSingleParseResponseAction::Ok));
    let asked = parsed.info.unwrap();
    assert_eq!(asked.format.as_deref(), Some("dc+sd-jwt"));
    assert_eq!(asked.binding_keys.as_ref().unwrap(), &[r#"{"kty":"EC"}"#]);

    let order = || {
        CredentialIssuanceOrder::new()
            .request_identifier(asked.identifier.clone().unwrap())
            .credential_payload(r#"{"given_name":"John"}"#)
    };
    let request = VciSingleIssueRequest::new().access_token("at-1").order(order().issuance_deferred(true));
    let issued = verifiable_credentials_issue(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(issued.action, Some(VciSingleIssueResponseAction::Accepted));
    assert_eq!(issued.transaction_id.unwrap().expose(), "tx-1");

    let content = r#"{"transaction_id":"tx-1"}"#;
    let request = VciDeferredParseRequest::new().access_token("at-1").request_content(content);
    let parsed = verifiable_credentials_deferred_parse(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(parsed.info.unwrap(), asked);
    let request = VciDeferredIssueRequest::new().order(order());
    let issued = verifiable_credentials_deferred_issue(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(issued.action, Some(VciDeferredIssueResponseAction::Ok));
    assert!(!format!("{issued:?}").contains("eyJ~"));

    let order = json!({"requestIdentifier": "cr-1", "credentialPayload": "{\"given_name\":\"John\"}"});
    let mut deferred = order.clone();
    deferred["issuanceDeferred"] = true.into();
    assert_eq!(
        seen(&fake),
        [
            step(
                "POST vci/single/parse",
                json!({"accessToken": "at-1", "requestContent": "{\"format\":\"dc+sd-jwt\"}"}),
            ),
            step("POST vci/single/issue", json!({"accessToken": "at-1", "order": deferred})),
            step(
                "POST vci/deferred/parse",
                json!({"accessToken": "at-1", "requestContent": "{\"transaction_id\":\"tx-1\"}"}),
            ),
            step("POST vci/deferred/issue", json!({"order": order})),
        ]
    );
}

#[tokio::test]
async fn a_batch_has_an_order_for_each_request() {
    let (fake, core) = answering([
        json!({"action": "OK", "info": [{"identifier": "cr-1"}, {"identifier": "cr-2"}]}),
        json!({"action": "OK", "responseContent": "{\"credential_responses\":[]}"}),
    ]);
    let request = VciBatchParseRequest::new().access_token("at-1").request_content("{}");
    let parsed = verifiable_credentials_batch_parse(&core, &request.into(), None).await.unwrap().value;
    let orders = parsed.info.unwrap().into_iter().map(|asked| {
        CredentialIssuanceOrder::new().request_identifier(asked.identifier.unwrap()).credential_duration(60)
    });
    let request = VciBatchIssueRequest::new().access_token("at-1").orders(orders);
    let issued = verifiable_credentials_batch_issue(&core, &request.into(), None).await.unwrap().value;
    assert_eq!(issued.action, Some(VciBatchIssueResponseAction::Ok));
    let orders = json!([
        {"requestIdentifier": "cr-1", "credentialDuration": 60},
        {"requestIdentifier": "cr-2", "credentialDuration": 60},
    ]);
    assert_eq!(
        seen(&fake)[1],
        step("POST vci/batch/issue", json!({"accessToken": "at-1", "orders": orders}))
    );
}

#[tokio::test]
async fn what_wallets_read_first_is_passed_on() {
    let (fake, core) = answering([
        json!({"action": "OK", "responseContent": "{\"credential_issuer\":\"https://issuer.example.com\"}"}),
        json!({"action": "NOT_FOUND", "responseContent": "{\"error\":\"not_found\"}"}),
        json!({"action": "OK", "responseContent": "{\"c_nonce\":\"n-1\"}", "cnonce": "n-1"}),
    ]);
    let request = VciMetadataRequest::new(true).into();
    let metadata = verifiable_credentials_get_metadata(&core, &request, None).await.unwrap().value;
    assert_eq!(metadata.action, Some(VciMetadataResponseAction::Ok));
    assert!(metadata.response_content.unwrap().contains("issuer.example.com"));
    let request = VciJwksRequest::new(false).into();
    let keys = verifiable_credentials_get_jwks(&core, &request, None).await.unwrap().value;
    assert_eq!(keys.action, Some(VciJwksResponseAction::NotFound));
    let nonce =
        verifiable_credentials_nonce(&core, &VciNonceRequest::new(false).into(), None).await.unwrap().value;
    assert_eq!(nonce.action, Some(VciNonceResponseAction::Ok));
    assert_eq!(nonce.cnonce.as_deref(), Some("n-1"));
    assert_eq!(
        seen(&fake),
        [
            step("POST vci/metadata", json!({"pretty": true})),
            step("POST vci/jwks", json!({"pretty": false})),
            step("POST vci/nonce", json!({"pretty": false})),
        ]
    );
}

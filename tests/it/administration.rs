//! Services, clients, their documents and registrations: what is special about how they are sent and read.

use authlete::funcs::{
    attestation_challenge, backchannel_logout_token, client_create, client_delete, client_get, client_list,
    client_update, client_update_form, dynamic_client_registration_get, federation_configuration,
    hardware_security_keys_delete, jwk_set_endpoint_service_jwks_get_api,
    lifecycle_get_api_lifecycle_healthcheck, misc_echo, service_create, service_delete, service_get,
    service_get_configuration, service_get_configuration_post, service_list, service_update,
};
use authlete::models::operations::{
    AttestationChallengeApiRequest, BackchannelLogoutTokenApiRequest, ClientCreateApiRequest,
    ClientDeleteApiRequest, ClientGetApiRequest, ClientGetListApiRequest, ClientRegistrationGetApiRequest,
    ClientUpdateApiFormRequest, ClientUpdateApiRequest, FederationConfigurationApiRequest,
    GetApiLifecycleHealthcheckRequest, HskDeleteApiRequest, MiscEchoApiRequest,
    ServiceConfigurationApiPostRequest, ServiceConfigurationApiRequest, ServiceCreateApiRequest,
    ServiceDeleteApiRequest, ServiceGetApiRequest, ServiceGetListApiRequest, ServiceJwksGetApiRequest,
    ServiceUpdateApiRequest,
};
use authlete::models::{
    AttestationChallengeRequest, AttestationChallengeResponseAction, BackchannelLogoutTokenRequest, Client,
    ClientAuthMethod, ClientExtension, ClientRegistrationRequest, ClientRegistrationResponseAction,
    ClientType, GrantType, HskDeleteResponse, JwsAlg, Pair, ResponseType, Service,
    ServiceConfigurationRequest, StringMap, TaggedValue,
};
use authlete::transport::ResponseBody;
use authlete::{
    Authlete, AuthleteCore, AuthleteError, BoxError, Delivery, ResponseProblem, RetryConfig, Secret,
};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::fake::{Fake, Reply, asks, attempts, broken, ok, status};
use crate::support::{BEARER, SERVER_SECRET, TOKEN, assert_discreet};

/// A response with this status, these headers and this body.
fn reply(code: u16, headers: &[(&'static str, &'static str)], body: &'static str) -> Reply {
    let mut response = Response::new(ResponseBody::from(body));
    *response.status_mut() = StatusCode::from_u16(code).unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    Ok(response)
}

fn body(fake: &Fake, number: usize) -> Value {
    serde_json::from_slice(fake.requests()[number].body()).unwrap()
}

fn targets(fake: &Fake) -> Vec<String> {
    let target = |request: &http::Request<_>| {
        format!("{} {}", request.method(), request.uri().path_and_query().unwrap())
    };
    fake.requests().iter().map(target).collect()
}

#[tokio::test]
async fn a_service_survives_being_read_changed_and_written() {
    let stored = json!({
        "number": 5041,
        "serviceName": "Photo archive",
        "apiKey": 9_007_199_254_740_993_i64,
        "supportedTokenAuthMethods": ["SPIFFE_JWT", "FROM_THE_FUTURE"],
        "supportedScopes": [{"name": "openid", "defaultEntry": false}],
        "attributes": [{"key": "tier", "value": "gold"}],
        "hsks": [],
        "settingFromTheFuture": {"b": 1.50, "a": [null, "é\u{0}"]},
        "anotherOne": false,
    });
    let text = serde_json::to_string(&stored).unwrap();
    let fake = Fake::new(move |_| ok(text.clone()));
    let core = fake.core().build().unwrap();

    let service = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap().into_value();
    assert_eq!(service.supported_token_auth_methods.as_ref().unwrap()[0], ClientAuthMethod::SpiffeJwt);
    let request = ServiceUpdateApiRequest::new(service.pkce_required(true));
    service_update(&core, &request, None).await.unwrap();

    assert_eq!(targets(&fake), ["GET /api/1234567890/service/get", "POST /api/1234567890/service/update"]);
    let mut expected = stored;
    expected["pkceRequired"] = true.into();
    assert_eq!(body(&fake, 1), expected);
}

#[tokio::test]
async fn a_client_survives_being_read_changed_and_written() {
    let stored = json!({
        "clientId": 26_478_243_745_571_i64,
        "clientSecret": SERVER_SECRET,
        "idTokenSignAlg": "EdDSA",
        "extension": {"requestableScopes": [], "requestableScopesEnabled": true},
        "postLogoutRedirectUris": ["https://client.example.com/bye"],
    });
    let text = serde_json::to_string(&stored).unwrap();
    let fake = Fake::new(move |_| ok(text.clone()));
    let core = fake.core().build().unwrap();

    let id = "26478243745571";
    let client = client_get(&core, &ClientGetApiRequest::new(id), None).await.unwrap().into_value();
    assert_eq!(client.id_token_sign_alg, Some(JwsAlg::EdDsa));
    assert!(!format!("{client:?}").contains(SERVER_SECRET));
    client_update(&core, &ClientUpdateApiRequest::new(id, client.locked(true)), None).await.unwrap();

    assert_eq!(
        targets(&fake),
        [
            "GET /api/1234567890/client/get/26478243745571",
            "POST /api/1234567890/client/update/26478243745571"
        ]
    );
    let mut expected = stored;
    expected["locked"] = true.into();
    assert_eq!(body(&fake, 1), expected);
}

#[tokio::test]
async fn a_client_is_created_with_either_status() {
    let fake = Fake::new(|number| reply([200, 201][number], &[], r#"{"clientId":7}"#));
    let core = fake.core().build().unwrap();
    let request = ClientCreateApiRequest::new(Client::new().client_type(ClientType::Public));
    for status in [200, 201] {
        let created = client_create(&core, &request, None).await.unwrap();
        assert_eq!(created.http.status, status);
        assert_eq!(created.value.client_id, Some(7));
    }
    assert_eq!(body(&fake, 0), json!({"clientType": "PUBLIC"}));
}

fn form(client: Client) -> ClientUpdateApiFormRequest {
    ClientUpdateApiFormRequest::new("7", client)
}

#[tokio::test]
async fn a_form_repeats_the_key_of_a_list() {
    let fake = Fake::new(|_| ok("{}"));
    let core = fake.core().build().unwrap();
    let client = Client::new()
        .client_id(-7)
        .client_name("Ça & là=1+1%")
        .client_secret(TOKEN)
        .pkce_required(false)
        .contacts(["John <john@example.com>", ""])
        .grant_types([GrantType::AuthorizationCode, GrantType::RefreshToken])
        .response_types([ResponseType::Code])
        .redirect_uris(["https://a.example/?x=1&y=2#", "app:/back"])
        .id_token_sign_alg(JwsAlg::EdDsa);
    let answer = client_update_form(&core, &form(client), None).await.unwrap();
    assert_eq!(answer.value, Client::new());

    let request = fake.request();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().path(), "/api/1234567890/client/update/7");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    let expected = [
        "clientName=%C3%87a%20%26%20l%C3%A0%3D1%2B1%25",
        "clientId=-7",
        "clientSecret=canary-token-81d2",
        "contacts=John%20%3Cjohn%40example.com%3E",
        "contacts=",
        "grantTypes=AUTHORIZATION_CODE",
        "grantTypes=REFRESH_TOKEN",
        "responseTypes=CODE",
        "redirectUris=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D2%23",
        "redirectUris=app%3A%2Fback",
        "idTokenSignAlg=EdDSA",
        "pkceRequired=false",
    ];
    assert_eq!(request.body(), &expected.join("&"));
}

#[tokio::test]
async fn what_a_form_cannot_express_is_refused_unsent() {
    let unknown = |json: &str| {
        let mut client = Client::new();
        client.unknown.insert("newMember", json.parse().unwrap());
        client
    };
    let cases = [
        ("extension", Client::new().extension(ClientExtension::new())),
        ("attributes", Client::new().attributes([Pair::new().key("a").value("b")])),
        ("clientNames", Client::new().client_names([TaggedValue::new().tag("en").value("x")])),
        ("descriptions", Client::new().descriptions([TaggedValue::new()])),
        ("logoUris", Client::new().logo_uris([TaggedValue::new()])),
        ("tosUris", Client::new().tos_uris([TaggedValue::new()])),
        ("policyUris", Client::new().policy_uris([TaggedValue::new()])),
        ("clientUris", Client::new().client_uris([TaggedValue::new()])),
        ("contacts", Client::new().contacts(Vec::<String>::new())),
        ("newMember", unknown("true")),
        ("newMember", unknown("null")),
        ("newMember", unknown(r#"{"a":1}"#)),
    ];
    let fake = Fake::new(|_| ok("{}"));
    let core = fake.core().build().unwrap();
    for (name, client) in cases {
        // Behind a member that is fine, and with a secret near by.
        let client = client.client_name(TOKEN).client_secret(TOKEN);
        let error = client_update_form(&core, &form(client), None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{name}: {error:?}");
        assert!(error.to_string().contains(name), "{name}: {error}");
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0));
        assert_discreet(&error);
    }
    assert_eq!(fake.count(), 0);
}

#[tokio::test]
async fn deletions_expect_nothing() {
    let fake = Fake::new(|_| reply(204, &[], ""));
    let core = fake.core().build().unwrap();
    let request = ServiceDeleteApiRequest::new().service_id("9");
    assert_eq!(service_delete(&core, &request, None).await.unwrap().http.status, 204);
    client_delete(&core, &ClientDeleteApiRequest::new("7"), None).await.unwrap();
    assert_eq!(targets(&fake), ["DELETE /api/9/service/delete", "DELETE /api/1234567890/client/delete/7"]);
}

#[tokio::test]
async fn organizations_have_no_service_in_the_path() {
    let fake = Fake::new(|_| ok(r#"{"totalCount":1,"services":[{"apiKey":5}],"apiKey":5}"#));
    let core = AuthleteCore::builder().bearer(BEARER).transport(fake.clone()).build().unwrap();
    let list = service_list(&core, &ServiceGetListApiRequest::new().start(5).end(9), None).await.unwrap();
    assert_eq!(list.value.services.unwrap()[0].api_key, Some(5));
    let request = ServiceCreateApiRequest::from(Service::new().service_name("Photo archive"));
    assert_eq!(service_create(&core, &request, None).await.unwrap().value.api_key, Some(5));
    assert_eq!(targets(&fake), ["GET /api/service/get/list?start=5&end=9", "POST /api/service/create"]);
    assert_eq!(body(&fake, 1), json!({"serviceName": "Photo archive"}));
    // All others need one.
    let error = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::SdkValidation { .. }));
}

#[tokio::test]
async fn clients_are_listed_by_developer() {
    let fake = Fake::new(|_| ok(r#"{"start":0,"end":1,"totalCount":9,"developer":"a&b","clients":[{}]}"#));
    let core = fake.core().build().unwrap();
    let request = ClientGetListApiRequest::new().developer("a&b").start(0).end(1);
    let list = client_list(&core, &request, None).await.unwrap().value;
    assert_eq!((list.total_count, list.developer.as_deref()), (Some(9), Some("a&b")));
    assert_eq!(targets(&fake), ["GET /api/1234567890/client/get/list?developer=a%26b&start=0&end=1"]);
}

#[tokio::test]
async fn a_jwk_set_is_there_or_not_or_elsewhere() {
    const SET: &str =
        r#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"canary-server-77aa"},{"kty":"EC"}]}"#;
    let fake = Fake::new(|number| match number {
        0 => reply(200, &[("content-type", "application/json;charset=UTF-8")], SET),
        1 => reply(204, &[], ""),
        _ => reply(302, &[("location", "https://canary-server-77aa.example/jwks")], ""),
    });
    let core = fake.core().build().unwrap();
    let request = ServiceJwksGetApiRequest::new().include_private_keys(true).pretty(false);

    let set = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await.unwrap().value;
    assert!(!format!("{set:?} {set:#?}").contains(SERVER_SECRET));
    assert_eq!(serde_json::to_string(&set).unwrap(), SET);
    assert_eq!(set.keys.unwrap()[1].as_str(), r#"{"kty":"EC"}"#);

    let none = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await.unwrap();
    assert_eq!((none.http.status.as_u16(), none.value.keys), (204, None));

    let error = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Default { .. }));
    assert!(error.http().unwrap().headers.contains_key("location"));
    assert_discreet(&error);
    let target = "GET /api/1234567890/service/jwks/get?includePrivateKeys=true&pretty=false";
    assert_eq!(targets(&fake), [target; 3]);
}

#[tokio::test]
async fn a_deleted_key_of_a_security_module_is_a_204() {
    let fake = Fake::new(|number| match number {
        0 => reply(204, &[], ""),
        1 => ok(r#"{"resultCode":"A305001","action":"SUCCESS"}"#),
        _ => reply(200, &[], ""),
    });
    let core = fake.core().build().unwrap();
    let request = HskDeleteApiRequest::new("key/1");
    let gone = hardware_security_keys_delete(&core, &request, None).await.unwrap();
    assert_eq!((gone.http.status.as_u16(), gone.value), (204, HskDeleteResponse::default()));
    let told = hardware_security_keys_delete(&core, &request, None).await.unwrap().value;
    assert_eq!(told.result_code.as_deref(), Some("A305001"));
    let error = hardware_security_keys_delete(&core, &request, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::ResponseValidation { .. }), "{error:?}");
    assert_eq!(targets(&fake), ["DELETE /api/1234567890/hsk/delete/key%2F1"; 3]);
}

#[tokio::test]
async fn only_a_204_may_lack_the_jwk_set() {
    let fake = Fake::new(|_| reply(200, &[], ""));
    let core = fake.core().build().unwrap();
    let request = ServiceJwksGetApiRequest::new();
    let error = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::ResponseValidation { .. }), "{error:?}");
}

#[tokio::test]
async fn metadata_are_the_text_that_came() {
    const METADATA: &str = "{\"b\":1.50,\n \"a\":[12345678901234567890]}";
    let fake = Fake::new(|_| ok(METADATA));
    let core = fake.core().build().unwrap();
    let request = ServiceConfigurationApiRequest::new().pretty(true).patch("[]");
    let got = service_get_configuration(&core, &request, None).await.unwrap().value;
    assert_eq!(got.as_str(), METADATA);

    let request = ServiceConfigurationRequest::new().patch("[]");
    let request = ServiceConfigurationApiPostRequest::from(request);
    assert_eq!(service_get_configuration_post(&core, &request, None).await.unwrap().value, got);
    assert_eq!(
        targets(&fake),
        [
            "GET /api/1234567890/service/configuration?pretty=true&patch=%5B%5D",
            "POST /api/1234567890/service/configuration"
        ]
    );
    assert_eq!(body(&fake, 1), json!({"patch": "[]"}));
}

#[tokio::test]
async fn metadata_must_be_an_object() {
    for wrong in ["[]", "7", "null", "\"{}\"", "{\"a\":}", ""] {
        let fake = Fake::new(move |_| ok(wrong));
        let core = fake.core().build().unwrap();
        let request = ServiceConfigurationApiRequest::new();
        let error = service_get_configuration(&core, &request, None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::ResponseValidation { .. }), "{wrong}: {error:?}");
    }
}

#[tokio::test]
async fn a_health_check_is_text_and_needs_no_credentials() {
    let fake = Fake::new(|_| reply(200, &[("content-type", "text/plain; charset=utf-8")], "läuft\n"));
    // A provider that must not be asked, and no service.
    let core = AuthleteCore::builder()
        .bearer_provider(|| async { Err::<Secret, BoxError>("asked for a bearer".into()) })
        .transport(fake.clone())
        .build()
        .unwrap();
    let request = GetApiLifecycleHealthcheckRequest::new().extended(true);
    let health = lifecycle_get_api_lifecycle_healthcheck(&core, &request, None).await.unwrap();
    assert_eq!(health.value, "läuft\n");

    let seen = fake.request();
    assert_eq!(targets(&fake), ["GET /api/lifecycle/healthcheck?extended=true"]);
    assert_eq!(seen.headers()["accept"], "text/plain");
    assert!(!seen.headers().contains_key("authorization") && !seen.headers().contains_key("content-type"));
    assert!(seen.body().is_empty());
}

#[tokio::test]
async fn a_health_check_takes_no_page() {
    let page = "<html>canary-server-77aa</html>";
    for (kind, text, problem) in [("text/html", page, ResponseProblem::ContentType)] {
        let fake = Fake::new(move |_| reply(200, &[("content-type", kind)], text));
        let core = fake.core().build().unwrap();
        let request = GetApiLifecycleHealthcheckRequest::new();
        let error = lifecycle_get_api_lifecycle_healthcheck(&core, &request, None).await.unwrap_err();
        match &error {
            AuthleteError::ResponseValidation { problem: found, .. } => assert_eq!(*found, problem),
            other => panic!("{other:?}"),
        }
        assert_discreet(&error);
    }
    let fake = Fake::new(|_| ok(&b"\xff\xfe"[..]));
    let core = fake.core().build().unwrap();
    let request = GetApiLifecycleHealthcheckRequest::new();
    let error = lifecycle_get_api_lifecycle_healthcheck(&core, &request, None).await.unwrap_err();
    assert!(
        matches!(error, AuthleteError::ResponseValidation { problem: ResponseProblem::Encoding, .. }),
        "{error:?}"
    );

    let fake = Fake::new(|_| reply(500, &[("content-type", "text/plain")], "canary-server-77aa is down"));
    let core = fake.core().build().unwrap();
    let error = lifecycle_get_api_lifecycle_healthcheck(&core, &request, None).await.unwrap_err();
    assert!(matches!(error, AuthleteError::Default { .. }), "{error:?}");
    assert_eq!(error.http().unwrap().status, 500);
    assert_discreet(&error);
}

#[tokio::test]
async fn an_echo_takes_any_parameters() {
    let fake = Fake::new(|_| ok(r#"{"a b":"1&2","ü":""}"#));
    let core = fake.core().build().unwrap();
    let parameters: StringMap = [("a b", "1&2"), ("ü", "")].into_iter().collect();
    let request = MiscEchoApiRequest::new().parameters(parameters.clone());
    assert_eq!(misc_echo(&core, &request, None).await.unwrap().value, parameters);
    misc_echo(&core, &MiscEchoApiRequest::new(), None).await.unwrap();
    assert_eq!(targets(&fake), ["GET /api/misc/echo?a%20b=1%262&%C3%BC=", "GET /api/misc/echo"]);
    assert_eq!(fake.header("authorization"), ["", ""]);
}

#[tokio::test]
async fn a_federation_is_asked_with_an_empty_object() {
    let fake = Fake::new(|_| ok(r#"{"action":"NOT_FOUND"}"#));
    let core = fake.core().build().unwrap();
    federation_configuration(&core, &FederationConfigurationApiRequest::new(), None).await.unwrap();
    let request = fake.request();
    assert_eq!(request.body(), "{}");
    assert_eq!(request.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn a_registration_shows_no_secret() {
    let registration = ClientRegistrationRequest::new().client_id("7").token(TOKEN).json(TOKEN);
    let request = ClientRegistrationGetApiRequest::from(registration);
    assert!(!format!("{request:?}").contains(TOKEN));
    let answer =
        r#"{"action":"OK","responseContent":"canary-server-77aa","resultMessage":"canary-server-77aa"}"#;
    let fake = Fake::new(move |_| ok(answer));
    let core = fake.core().build().unwrap();
    let response = dynamic_client_registration_get(&core, &request, None).await.unwrap().value;
    assert_eq!(response.action, Some(ClientRegistrationResponseAction::Ok));
    assert_eq!(response.response_content.as_ref().unwrap().expose(), SERVER_SECRET);
    assert!(!format!("{response:?}").contains(SERVER_SECRET));
    assert_eq!(body(&fake, 0), json!({"json": TOKEN, "token": TOKEN, "clientId": "7"}));
}

#[tokio::test]
async fn challenges_and_logout_tokens_are_asked_for() {
    let fake =
        Fake::new(|_| ok(r#"{"action":"OK","attestationChallenge":"c","logoutToken":"canary-server-77aa"}"#));
    let core = fake.core().build().unwrap();
    let request = AttestationChallengeApiRequest::new(AttestationChallengeRequest::new().pretty(true));
    let answer = attestation_challenge(&core, &request, None).await.unwrap().value;
    assert_eq!(answer.action, Some(AttestationChallengeResponseAction::Ok));
    assert_eq!(answer.attestation_challenge.as_deref(), Some("c"));

    let logout = BackchannelLogoutTokenRequest::new("7").subject("john").session_id(TOKEN);
    let request = BackchannelLogoutTokenApiRequest::new(logout);
    let answer = backchannel_logout_token(&core, &request, None).await.unwrap().value;
    let shown = format!("{request:?} {answer:?}");
    assert!(!shown.contains(TOKEN) && !shown.contains(SERVER_SECRET), "{shown}");
    assert_eq!(
        targets(&fake),
        ["POST /api/1234567890/attestation/challenge", "POST /api/1234567890/backchannel/logout/token"]
    );
    assert_eq!(body(&fake, 0), json!({"pretty": true}));
    assert_eq!(body(&fake, 1), json!({"clientIdentifier": "7", "subject": "john", "sessionId": TOKEN}));
}

#[tokio::test(start_paused = true)]
async fn an_update_is_sent_once_and_a_deletion_again() {
    let failures: [fn() -> Reply; 3] = [broken, || status(503), || asks(429, "1")];
    for failure in failures {
        let fake = Fake::new(move |_| failure());
        let core = fake.core().retries(RetryConfig::from(attempts(3))).build().unwrap();
        let (service, client) = (Service::new(), Client::new());
        service_update(&core, &ServiceUpdateApiRequest::from(service), None).await.unwrap_err();
        client_update(&core, &ClientUpdateApiRequest::new("7", client.clone()), None).await.unwrap_err();
        client_update_form(&core, &form(client), None).await.unwrap_err();
        assert_eq!(fake.count(), 3);
        client_delete(&core, &ClientDeleteApiRequest::new("7"), None).await.unwrap_err();
        assert_eq!(fake.count(), 6);
    }
}

#[tokio::test]
async fn the_face_has_them_too() {
    let fake = Fake::new(|_| reply(200, &[("content-type", "application/json")], "{}"));
    let authlete = Authlete::new(fake.core().build().unwrap());
    authlete.service().get(&ServiceGetApiRequest::new(), None).await.unwrap();
    authlete.client().update_form(&form(Client::new()), None).await.unwrap();
    authlete.misc().echo(&MiscEchoApiRequest::new(), None).await.unwrap();
    assert_eq!(fake.count(), 3);
}

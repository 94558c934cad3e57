//! What the application goes on with.

use authlete::endpoint::{backchannel_authentication, credential_offer, logout, resource, token, userinfo};
use authlete::models::{
    BackchannelAuthenticationCompleteResponse, BackchannelAuthenticationResponse,
    BackchannelLogoutTokenResponse, IntrospectionResponse, TokenResponse, UserinfoResponse,
    VciOfferCreateResponse,
};
use http::Response;
use serde_json::{Value, json};

use super::harness::{Outcome, answer, body, endpoint, options};
use super::table::{ROWS, Row, SERVER_ERROR};

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// The answer of a token request with all that its states take.
fn token_answer(action: &str) -> token::Next {
    let answer: TokenResponse = read(json!({
        "action": action, "username": "john", "password": "p-1", "ticket": "t-1", "subjectToken": "s-1",
        "subjectTokenType": "JWT", "actorToken": "a-1", "audiences": ["x"], "resources": ["urn:r"],
        "scopes": ["read"], "assertion": "as-1", "accessToken": "at-1", "jwtAccessToken": "jwt-1",
        "refreshToken": "rt-1", "sessionId": "sid-1", "deviceSecret": "ds-1", "deviceSecretHash": "dsh-1",
        "additionalClaims": "{}", "clientId": 7, "dpopNonce": "n-1", "attestationChallenge": "c-1",
    }));
    token::respond(answer, &options())
}

/// Without an arm for everything else: a state more, and this does not compile.
#[test]
fn token_states_have_what_the_grants_need() {
    for action in ["PASSWORD", "TOKEN_EXCHANGE", "JWT_BEARER", "NATIVE_SSO"] {
        let (nonces, answer) = match token_answer(action) {
            token::Next::Respond(response) => panic!("{}", response.status()),
            token::Next::Password(state) => {
                assert_eq!((state.username.as_str(), state.password.expose()), ("john", "p-1"));
                assert_eq!(state.ticket.expose(), "t-1");
                (state.nonces, state.answer)
            }
            token::Next::TokenExchange(state) => {
                assert_eq!(state.subject_token.expose(), "s-1");
                assert_eq!(state.answer.subject_token_type, Some("JWT".into()));
                assert_eq!(state.answer.actor_token.as_ref().unwrap().expose(), "a-1");
                assert_eq!(state.answer.audiences.as_ref().unwrap(), &["x"]);
                (state.nonces, state.answer)
            }
            token::Next::JwtBearer(state) => {
                assert_eq!(state.assertion.expose(), "as-1");
                assert_eq!(state.answer.scopes.as_ref().unwrap(), &["read"]);
                (state.nonces, state.answer)
            }
            token::Next::NativeSso(state) => {
                assert_eq!(state.access_token.expose(), "jwt-1");
                assert_eq!(state.session_id.unwrap().expose(), "sid-1");
                assert_eq!(state.device_secret.unwrap().expose(), "ds-1");
                assert_eq!(state.answer.refresh_token.as_ref().unwrap().expose(), "rt-1");
                (state.nonces, state.answer)
            }
        };
        assert_eq!(nonces, super::harness::nonces("n-1", "c-1"));
        assert_eq!(answer.client_id, Some(7));
    }
}

#[test]
fn a_resource_has_who_asks_and_the_nonce_for_its_own_response() {
    let answer: IntrospectionResponse = read(json!({
        "action": "OK", "subject": "john", "scopes": ["read"], "clientId": 7, "dpopNonce": "n-1", "acr": "urn:a",
    }));
    let resource::Next::Resource(state) = resource::respond(answer, &options()) else { panic!() };
    assert_eq!((state.subject(), state.answer.client_id), (Some("john"), Some(7)));
    assert_eq!((state.scopes(), state.answer.acr.as_deref()), (&["read".to_owned()][..], Some("urn:a")));
    let mut response = Response::new(());
    response.headers_mut().insert("dpop-nonce", "older".parse().unwrap());
    state.nonces.add_to(response.headers_mut());
    assert_eq!(response.headers().len(), 1);
    assert_eq!(response.headers()["dpop-nonce"], "n-1");
}

#[test]
fn claims_are_named_and_the_token_is_handed_on() {
    let answer: UserinfoResponse = read(json!({
        "action": "OK", "subject": "john", "claims": ["email"], "token": "at-1", "dpopNonce": "n-1",
    }));
    let userinfo::Next::Claims(state) = userinfo::respond(answer, &options()) else { panic!() };
    assert_eq!((state.token.expose(), state.subject()), ("at-1", Some("john")));
    assert_eq!(state.names(), ["email"]);
    assert_eq!(state.nonces.dpop.unwrap(), "n-1");
}

/// What the user has not consented to does not go out, nor what the client has not asked for.
#[test]
fn claims_to_gather_are_requested_and_consented_to() {
    let names = |requested: Value, consented: Value| {
        let answer: UserinfoResponse = read(json!({
            "action": "OK", "claims": requested, "consentedClaims": consented, "token": "at-1",
        }));
        let userinfo::Next::Claims(state) = userinfo::respond(answer, &options()) else { panic!() };
        state.names().join(" ")
    };
    assert_eq!(names(json!(["email", "name"]), json!(["name", "phone"])), "name");
    assert_eq!(names(json!(["email", "name"]), json!([])), "");
    assert_eq!(names(json!(["email", "name"]), Value::Null), "email name");
    assert_eq!(names(Value::Null, json!(["name"])), "");
    assert_eq!(names(json!(["Name"]), json!(["name"])), "");
}

#[test]
fn a_signed_userinfo_response_keeps_its_signature() {
    let signed = |action: &str| {
        let mut value = answer("auth/userinfo/issue", Some(action), Some("content"));
        value["signature"] = "sig1=:AAAA:".into();
        value["signatureInput"] = "sig1=()".into();
        value["contentDigest"] = "sha-256=:AAAA:".into();
        (endpoint("auth/userinfo/issue").call)(value, &options()).response()
    };
    let response = signed("JSON");
    assert_eq!(response.headers()["signature"], "sig1=:AAAA:");
    assert_eq!(response.headers()["signature-input"], "sig1=()");
    assert_eq!(response.headers()["content-digest"], "sha-256=:AAAA:");
    assert!(!signed("FORBIDDEN").headers().contains_key("signature"));
}

#[test]
fn a_user_is_identified_by_hint_and_user_code() {
    let answer: BackchannelAuthenticationResponse = read(json!({
        "action": "USER_IDENTIFICATION", "ticket": "t-1", "hintType": "LOGIN_HINT", "hint": "h-1", "sub": "s-1",
        "userCode": "u-1", "userCodeRequired": true, "acrs": ["urn:a"], "bindingMessage": "b-1",
        "attestationChallenge": "c-1", "clientName": "n",
    }));
    let backchannel_authentication::Next::UserIdentification(state) =
        backchannel_authentication::respond(answer, &options())
    else {
        panic!()
    };
    assert_eq!((state.ticket.expose(), state.hint.as_ref().unwrap().expose()), ("t-1", "h-1"));
    assert_eq!(
        (&state.answer.hint_type, state.answer.sub.as_deref()),
        (&Some("LOGIN_HINT".into()), Some("s-1"))
    );
    assert_eq!((state.user_code.as_ref().unwrap().expose(), state.is_user_code_required()), ("u-1", true));
    assert_eq!(
        (state.answer.acrs, state.answer.binding_message.as_deref()),
        (Some(vec!["urn:a".into()]), Some("b-1"))
    );
    assert_eq!(
        (state.nonces.attestation.unwrap(), state.answer.client_name.as_deref()),
        ("c-1".parse().unwrap(), Some("n"))
    );
}

#[test]
fn a_notification_is_a_request_to_the_client() {
    let notify = |endpoint: &str, token: &str| {
        let answer: BackchannelAuthenticationCompleteResponse = read(json!({
            "action": "NOTIFICATION", "clientNotificationEndpoint": endpoint, "clientNotificationToken": token,
            "responseContent": r#"{"auth_req_id":"1"}"#,
        }));
        match backchannel_authentication::respond_complete(answer, &options()) {
            backchannel_authentication::CompleteNext::Notification(state) => state.into_request(),
            state => panic!("{state:?}"),
        }
    };
    let request = notify("https://client.example.com/ciba?x=y", "8d67dc78-7faa").unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://client.example.com/ciba?x=y");
    assert_eq!(request.headers()["authorization"], "Bearer 8d67dc78-7faa");
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!((request.headers().len(), &request.body()[..]), (2, &br#"{"auth_req_id":"1"}"#[..]));
    for (endpoint, token) in [
        ("/ciba", "t"),
        ("client.example.com", "t"),
        ("", "t"),
        ("https://client.example.com/\r\n", "t"),
        ("https://client.example.com/", "t\r\nx: y"),
    ] {
        assert!(notify(endpoint, token).is_none(), "{endpoint} {token}");
    }
}

#[test]
fn a_logout_token_is_a_form_for_the_client() {
    let logout = |uri: Option<&str>| {
        let answer: BackchannelLogoutTokenResponse = read(json!({
            "action": "OK", "logoutToken": "a.b-c.d_e", "backchannelLogoutUri": uri,
        }));
        match logout::respond(answer, &options()) {
            logout::Next::Logout(state) => state.into_request(),
            state => panic!("{state:?}"),
        }
    };
    let request = logout(Some("https://client.example.com/logout")).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://client.example.com/logout");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(&request.body()[..], b"logout_token=a.b-c.d_e");
    for uri in [None, Some(""), Some("not a url"), Some("/logout")] {
        assert!(logout(uri).is_none());
    }
}

#[test]
fn an_offer_is_shown_by_the_application() {
    let answer: VciOfferCreateResponse =
        read(json!({"action": "CREATED", "info": {"identifier": "i-1", "credentialOffer": "{}"}}));
    match credential_offer::respond_create(answer, &options()) {
        credential_offer::CreateNext::Created(info) => assert_eq!(info.identifier.unwrap().expose(), "i-1"),
        credential_offer::CreateNext::Forbidden
        | credential_offer::CreateNext::AuthleteError
        | credential_offer::CreateNext::Respond(_) => panic!(),
    }
}

/// Without what a state cannot do without, the answer is unusable.
#[test]
fn a_state_is_whole_or_a_server_error() {
    for (api, action, missing) in [
        ("auth/authorization", "INTERACTION", "ticket"),
        ("auth/authorization", "NO_INTERACTION", "ticket"),
        ("auth/token", "PASSWORD", "ticket"),
        ("auth/token", "PASSWORD", "username"),
        ("auth/token", "PASSWORD", "password"),
        ("auth/token", "TOKEN_EXCHANGE", "subjectToken"),
        ("auth/token", "JWT_BEARER", "assertion"),
        ("auth/token", "NATIVE_SSO", "accessToken"),
        ("auth/userinfo", "OK", "token"),
        ("backchannel/authentication", "USER_IDENTIFICATION", "ticket"),
        ("backchannel/authentication/complete", "NOTIFICATION", "clientNotificationEndpoint"),
        ("backchannel/authentication/complete", "NOTIFICATION", "clientNotificationToken"),
        ("backchannel/authentication/complete", "NOTIFICATION", "responseContent"),
        ("backchannel/logout/token", "OK", "logoutToken"),
        ("vci/offer/create", "CREATED", "info"),
        ("vci/single/parse", "OK", "info"),
        ("vci/batch/parse", "OK", "info"),
        ("vci/deferred/parse", "OK", "info"),
    ] {
        let mut value = answer(api, Some(action), Some("{}"));
        assert!(matches!((endpoint(api).call)(value.clone(), &options()), Outcome::State(..)), "{api}");
        value[missing] = Value::Null;
        let response = (endpoint(api).call)(value, &options()).response();
        assert_eq!((response.status().as_u16(), body(&response)), (500, SERVER_ERROR), "{api} {missing}");
    }
}

#[test]
fn no_secret_shows_in_a_next_step() {
    let secrets = ["the-", "{\"content\"}", super::harness::WORDS];
    for &(api, action, _) in ROWS.iter().filter(|row| !matches!(row.2, Row::NoFunction | Row::Apart)) {
        let outcome = (endpoint(api).call)(answer(api, Some(action), Some("{\"content\"}")), &options());
        let Outcome::State(_, debug) = outcome else { continue };
        // The result's code is no secret.
        let debug = debug.replace(&format!("result_code: Some({:?})", super::harness::WORDS), "");
        for secret in secrets {
            assert!(!debug.contains(secret), "{api} {action}: {debug}");
        }
    }
    let nonces = super::harness::nonces("the-nonce", "the-challenge");
    assert_eq!(format!("{nonces:?}"), "Nonces { dpop: true, attestation: true }");
    let next = token::respond(read(answer("auth/token", Some("OK"), Some("{\"content\"}"))), &options());
    assert_eq!(format!("{next:?}"), "Respond(200)");
}

/// The body is the text that was decoded, in the same place of memory.
#[test]
fn content_is_moved() {
    let content = "x".repeat(1_000);
    let answer: TokenResponse = read(answer("auth/token", Some("OK"), Some(&content)));
    let place = answer.response_content.as_ref().unwrap().expose().as_ptr();
    let token::Next::Respond(response) = token::respond(answer, &options()) else { panic!() };
    assert_eq!((response.body().as_ptr(), response.body().len()), (place, 1_000));
}

/// The two blocks of a header map, one for each text that is moved, and the result's code in its map of extensions. A state
/// takes none.
#[test]
fn nothing_is_allocated_beside() {
    let options = options();
    for &(api, action, row) in ROWS.iter().filter(|row| !matches!(row.2, Row::NoFunction | Row::Apart)) {
        let content = if matches!(row, Row::Redirect) { "https://client.example.com/cb" } else { "{}" };
        let mut value = answer(api, Some(action), Some(content));
        let is_state = matches!((endpoint(api).call)(value.clone(), &options), Outcome::State(..));
        let count = |value: &Value| (endpoint(api).allocations)(value.clone(), &options);
        let expected = if is_state { 0 } else { 7 };
        assert!(count(&value) <= expected, "{api} {action}: {}", count(&value));
        value["dpopNonce"] = "n-1".into();
        value["attestationChallenge"] = "c-1".into();
        assert!(count(&value) <= expected + 2, "{api} {action}: {}", count(&value));
    }
}

//! What the application goes on with.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authlete::models::{
    AuthorizationFailRequestReason as Reason, AuthorizationResponse,
    BackchannelAuthenticationCompleteResponse, BackchannelAuthenticationResponse,
    BackchannelLogoutTokenResponse, IntrospectionResponse, Prompt, TokenResponse, UserinfoResponse,
    VciOfferCreateResponse,
};
use authlete::respond::{
    self, AuthorizationNext, BackchannelAuthenticationCompleteNext, BackchannelAuthenticationNext,
    BackchannelLogoutTokenNext, Demands, How, IntrospectionNext, Login, TokenNext, UserinfoNext,
    VciOfferCreateNext,
};
use http::Response;
use serde_json::{Value, json};

use super::harness::{Outcome, answer, body, endpoint};
use super::table::{ROWS, Row, SERVER_ERROR};

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn authorization(action: &str) -> AuthorizationNext {
    let answer: AuthorizationResponse = read(json!({
        "action": action, "ticket": "t-1", "prompts": ["LOGIN", "CONSENT"], "subject": "john", "maxAge": 60,
        "acrs": ["urn:a", "urn:b"], "acrEssential": true, "client": {"clientId": 7}, "scopes": [{"name": "openid"}],
    }));
    respond::authorization(answer, &How::new())
}

fn demands() -> Demands {
    Demands {
        subject: Some("john".into()),
        max_age: Some(60),
        acrs: vec!["urn:a".into(), "urn:b".into()],
        acr_essential: true,
    }
}

#[test]
fn an_interaction_has_what_the_pages_need() {
    let AuthorizationNext::Interaction(state) = authorization("INTERACTION") else { panic!() };
    assert_eq!(state.ticket.expose(), "t-1");
    assert_eq!(state.prompts, [Prompt::Login, Prompt::Consent]);
    assert_eq!(state.demands, demands());
    assert_eq!(state.rest.client.as_ref().unwrap().client_id, Some(7));
    assert_eq!(state.rest.scopes.as_ref().unwrap().len(), 1);
}

#[test]
fn without_interaction_there_is_a_ticket_and_no_response() {
    let AuthorizationNext::NoInteraction(state) = authorization("NO_INTERACTION") else { panic!() };
    assert_eq!((state.ticket.expose(), &state.demands), ("t-1", &demands()));
}

#[test]
fn demands_are_checked() {
    let demands = demands();
    let john = Login { subject: "john", auth_time: Some(1_000), acr: Some("urn:b") };
    let check = |login, now| demands.check(login, at(now));
    assert_eq!(check(Some(john), 1_060), Ok(()));
    assert_eq!(check(Some(john), 1_000), Ok(()));
    // A clock behind, and one before the epoch.
    assert_eq!(check(Some(john), 900), Ok(()));
    assert_eq!(demands.check(Some(john), UNIX_EPOCH - Duration::from_secs(1)), Ok(()));
    assert_eq!(check(None, 1_060), Err(Reason::NotLoggedIn));
    assert_eq!(check(Some(john), 1_061), Err(Reason::ExceedsMaxAge));
    assert_eq!(check(Some(Login { auth_time: Some(-5), ..john }), 1_060), Err(Reason::ExceedsMaxAge));
    assert_eq!(check(Some(Login { auth_time: Some(i64::MIN), ..john }), 1_060), Err(Reason::ExceedsMaxAge));
    assert_eq!(check(Some(Login { auth_time: Some(i64::MAX), ..john }), u64::MAX >> 2), Ok(()));
    assert_eq!(check(Some(Login { auth_time: None, ..john }), 1_060), Err(Reason::MaxAgeNotSupported));
    assert_eq!(check(Some(Login { subject: "jane", ..john }), 1_060), Err(Reason::DifferentSubject));
    assert_eq!(check(Some(Login { subject: "", ..john }), 1_060), Err(Reason::DifferentSubject));
    assert_eq!(check(Some(Login { acr: Some("urn:c"), ..john }), 1_060), Err(Reason::AcrNotSatisfied));
    assert_eq!(check(Some(Login { acr: None, ..john }), 1_060), Err(Reason::AcrNotSatisfied));

    // A login made for this request, when the user has taken a minute to consent.
    assert_eq!(demands.check_new(john), Ok(()));
    assert_eq!(demands.check_new(Login { auth_time: None, ..john }), Ok(()));
    assert_eq!(demands.check_new(Login { subject: "jane", ..john }), Err(Reason::DifferentSubject));
    assert_eq!(demands.check_new(Login { acr: None, ..john }), Err(Reason::AcrNotSatisfied));

    let wish = Demands { acr_essential: false, ..demands.clone() };
    assert_eq!(wish.check(Some(Login { acr: None, ..john }), at(1_060)), Ok(()));
    let none = Demands::default();
    assert_eq!(none.check(Some(Login { subject: "", auth_time: None, acr: None }), at(0)), Ok(()));
    assert_eq!(none.check(None, at(0)), Err(Reason::NotLoggedIn));
    assert!(!format!("{john:?}").contains("john"));
}

#[test]
fn max_age_zero_is_read_from_the_parameters() {
    for zero in ["max_age=0", "a=b&max_age=0&c", "max%5Fage=%30", "max_age=000"] {
        let demands = Demands::default().read_max_age(zero);
        assert_eq!(demands.max_age, Some(0), "{zero}");
        let login = |time| Login { subject: "john", auth_time: Some(time), acr: None };
        assert_eq!(demands.check(Some(login(999)), at(1_000)), Err(Reason::ExceedsMaxAge));
        assert_eq!(demands.check(Some(login(1_000)), at(1_000)), Ok(()));
    }
    for other in
        ["", "max_age", "max_age=", "max_age=10", "max_age=-0", "xmax_age=0", "MAX_AGE=0", "max_age=0x"]
    {
        assert_eq!(Demands::default().read_max_age(other).max_age, None, "{other}");
    }
    // Authlete says that there is a limit, so it was not 0.
    let limited = Demands { max_age: Some(60), ..Demands::default() };
    assert_eq!(limited.read_max_age("max_age=0").max_age, Some(60));
    let answer: AuthorizationResponse = read(json!({"action": "INTERACTION", "ticket": "t", "maxAge": 0}));
    let AuthorizationNext::Interaction(state) = respond::authorization(answer, &How::new()) else { panic!() };
    assert_eq!(state.demands.max_age, None);
}

#[test]
fn a_login_in_the_session_may_not_do() {
    let john = Login { subject: "john", auth_time: Some(1_000), acr: Some("urn:a") };
    let AuthorizationNext::Interaction(mut state) = authorization("INTERACTION") else { panic!() };
    assert!(state.must_authenticate(Some(john), at(1_000)));
    state.prompts = vec![Prompt::Consent];
    assert!(!state.must_authenticate(Some(john), at(1_000)));
    assert!(state.must_authenticate(Some(john), at(2_000)));
    assert!(state.must_authenticate(Some(Login { subject: "jane", ..john }), at(1_000)));
    assert!(state.must_authenticate(None, at(1_000)));
}

/// The answer of a token request with all that its states take.
fn token(action: &str) -> TokenNext {
    let answer: TokenResponse = read(json!({
        "action": action, "username": "john", "password": "p-1", "ticket": "t-1", "subjectToken": "s-1",
        "subjectTokenType": "JWT", "actorToken": "a-1", "audiences": ["x"], "resources": ["urn:r"],
        "scopes": ["read"], "assertion": "as-1", "accessToken": "at-1", "jwtAccessToken": "jwt-1",
        "refreshToken": "rt-1", "sessionId": "sid-1", "deviceSecret": "ds-1", "deviceSecretHash": "dsh-1",
        "additionalClaims": "{}", "clientId": 7, "dpopNonce": "n-1", "attestationChallenge": "c-1",
    }));
    respond::token(answer, &How::new())
}

/// Without an arm for everything else: a state more, and this does not compile.
#[test]
fn token_states_have_what_the_grants_need() {
    for action in ["PASSWORD", "TOKEN_EXCHANGE", "JWT_BEARER", "NATIVE_SSO"] {
        let (nonces, rest) = match token(action) {
            TokenNext::Respond(response) => panic!("{}", response.status()),
            TokenNext::Password(state) => {
                assert_eq!((state.username.as_str(), state.password.expose()), ("john", "p-1"));
                assert_eq!(state.ticket.expose(), "t-1");
                (state.nonces, state.rest)
            }
            TokenNext::TokenExchange(state) => {
                assert_eq!(state.subject_token.expose(), "s-1");
                assert_eq!(state.rest.subject_token_type, Some("JWT".into()));
                assert_eq!(state.rest.actor_token.as_ref().unwrap().expose(), "a-1");
                assert_eq!(state.rest.audiences.as_ref().unwrap(), &["x"]);
                (state.nonces, state.rest)
            }
            TokenNext::JwtBearer(state) => {
                assert_eq!(state.assertion.expose(), "as-1");
                assert_eq!(state.rest.scopes.as_ref().unwrap(), &["read"]);
                (state.nonces, state.rest)
            }
            TokenNext::NativeSso(state) => {
                assert_eq!(state.access_token.expose(), "jwt-1");
                assert_eq!(state.session_id.unwrap().expose(), "sid-1");
                assert_eq!(state.device_secret.unwrap().expose(), "ds-1");
                assert_eq!(state.rest.refresh_token.as_ref().unwrap().expose(), "rt-1");
                (state.nonces, state.rest)
            }
        };
        assert_eq!(nonces, super::harness::nonces("n-1", "c-1"));
        assert_eq!(rest.client_id, Some(7));
    }
}

#[test]
fn a_resource_has_who_asks_and_the_nonce_for_its_own_response() {
    let answer: IntrospectionResponse = read(json!({
        "action": "OK", "subject": "john", "scopes": ["read"], "clientId": 7, "dpopNonce": "n-1", "acr": "urn:a",
    }));
    let IntrospectionNext::Resource(state) = respond::introspection(answer, &How::new()) else { panic!() };
    assert_eq!((state.subject.as_deref(), state.client_id), (Some("john"), Some(7)));
    assert_eq!((state.scopes, state.rest.acr.as_deref()), (vec!["read".into()], Some("urn:a")));
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
    let UserinfoNext::Claims(state) = respond::userinfo(answer, &How::new()) else { panic!() };
    assert_eq!((state.token.expose(), state.subject.as_deref()), ("at-1", Some("john")));
    assert_eq!(state.claims, ["email"]);
    assert_eq!(state.nonces.dpop.unwrap(), "n-1");
}

#[test]
fn a_signed_userinfo_response_keeps_its_signature() {
    let signed = |action: &str| {
        let mut value = answer("auth/userinfo/issue", Some(action), Some("content"));
        value["signature"] = "sig1=:AAAA:".into();
        value["signatureInput"] = "sig1=()".into();
        value["contentDigest"] = "sha-256=:AAAA:".into();
        (endpoint("auth/userinfo/issue").call)(value, &How::new()).response()
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
    let BackchannelAuthenticationNext::UserIdentification(state) =
        respond::backchannel_authentication(answer, &How::new())
    else {
        panic!()
    };
    assert_eq!((state.ticket.expose(), state.hint.unwrap().expose()), ("t-1", "h-1"));
    assert_eq!((state.hint_type, state.sub.as_deref()), (Some("LOGIN_HINT".into()), Some("s-1")));
    assert_eq!((state.user_code.unwrap().expose(), state.user_code_required), ("u-1", true));
    assert_eq!((state.acrs, state.binding_message.as_deref()), (vec!["urn:a".into()], Some("b-1")));
    assert_eq!(
        (state.nonces.attestation.unwrap(), state.rest.client_name.as_deref()),
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
        match respond::backchannel_authentication_complete(answer, &How::new()) {
            BackchannelAuthenticationCompleteNext::Notification(state) => state.into_request(),
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
        match respond::backchannel_logout_token(answer, &How::new()) {
            BackchannelLogoutTokenNext::Logout(state) => state.into_request(),
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
    match respond::vci_offer_create(answer, &How::new()) {
        VciOfferCreateNext::Created(info) => assert_eq!(info.identifier.unwrap().expose(), "i-1"),
        VciOfferCreateNext::Forbidden
        | VciOfferCreateNext::AuthleteError
        | VciOfferCreateNext::Respond(_) => panic!(),
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
        assert!(matches!((endpoint(api).call)(value.clone(), &How::new()), Outcome::State(..)), "{api}");
        value[missing] = Value::Null;
        let response = (endpoint(api).call)(value, &How::new()).response();
        assert_eq!((response.status().as_u16(), body(&response)), (500, SERVER_ERROR), "{api} {missing}");
    }
}

#[test]
fn no_secret_shows_in_a_next_step() {
    let secrets = ["the-", "{\"content\"}", super::harness::WORDS];
    for &(api, action, _) in ROWS.iter().filter(|row| !matches!(row.2, Row::NoFunction | Row::Apart)) {
        let outcome = (endpoint(api).call)(answer(api, Some(action), Some("{\"content\"}")), &How::new());
        let Outcome::State(_, debug) = outcome else { continue };
        // The result's code is no secret.
        let debug = debug.replace(&format!("result_code: Some({:?})", super::harness::WORDS), "");
        for secret in secrets {
            assert!(!debug.contains(secret), "{api} {action}: {debug}");
        }
    }
    let nonces = super::harness::nonces("the-nonce", "the-challenge");
    assert_eq!(format!("{nonces:?}"), "Nonces { dpop: true, attestation: true }");
    let next = respond::token(read(answer("auth/token", Some("OK"), Some("{\"content\"}"))), &How::new());
    assert_eq!(format!("{next:?}"), "Respond(200)");
}

/// The body is the text that was decoded, in the same place of memory.
#[test]
fn content_is_moved() {
    let content = "x".repeat(1_000);
    let answer: TokenResponse = read(answer("auth/token", Some("OK"), Some(&content)));
    let place = answer.response_content.as_ref().unwrap().expose().as_ptr();
    let TokenNext::Respond(response) = respond::token(answer, &How::new()) else { panic!() };
    assert_eq!((response.body().as_ptr(), response.body().len()), (place, 1_000));
}

/// The two blocks of a header map, and one for each text that is moved. A state takes none.
#[test]
fn nothing_is_allocated_beside() {
    let how = How::new();
    for &(api, action, row) in ROWS.iter().filter(|row| !matches!(row.2, Row::NoFunction | Row::Apart)) {
        let content = if matches!(row, Row::Redirect) { "https://client.example.com/cb" } else { "{}" };
        let mut value = answer(api, Some(action), Some(content));
        let is_state = matches!((endpoint(api).call)(value.clone(), &how), Outcome::State(..));
        let count = |value: &Value| (endpoint(api).allocations)(value.clone(), &how);
        let expected = if is_state { 0 } else { 3 };
        assert!(count(&value) <= expected, "{api} {action}: {}", count(&value));
        value["dpopNonce"] = "n-1".into();
        value["attestationChallenge"] = "c-1".into();
        assert!(count(&value) <= expected + 2, "{api} {action}: {}", count(&value));
    }
}

//! Each row of the table: status, every header, body, next step.

use std::collections::HashSet;

use authlete::endpoint::{Redirect, ResultCode, token};
use authlete::models::TokenResponse;
use authlete_simulator::Operation;

use super::harness::{Outcome, answer, body, builder, endpoint, headers, nonces, options};
use super::table::{CARRIES, ROWS, Row, SERVER_ERROR, Sends, nonces as sends};

const CONTENT: &str = r#"https://client.example.com/?a=%20&{"not":"parsed"}"#;
const URI: &str = "https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz";

/// What a row promises of a response.
struct Promise {
    status: u16,
    media_type: Option<&'static str>,
    challenge: Option<&'static str>,
    location: Option<&'static str>,
    body: &'static str,
}

fn promise(row: Row, how_redirects: u16, content: &'static str) -> Option<Promise> {
    const JSON: &str = "application/json;charset=UTF-8";
    let blank = |status| Promise { status, media_type: None, challenge: None, location: None, body: "" };
    let body = |status, media_type, body| Promise { media_type: Some(media_type), body, ..blank(status) };
    Some(match row {
        Row::Json(status) => body(status, JSON, content),
        Row::BareJson(status) => body(status, "application/json", content),
        Row::Html(status) => body(status, "text/html;charset=UTF-8", content),
        Row::Body(status, media_type) => body(status, media_type, content),
        Row::Script => body(200, "application/javascript;charset=UTF-8", content),
        Row::Challenge(status) => Promise { challenge: Some(content), ..blank(status) },
        Row::Basic(challenge) | Row::Bearer(challenge) => {
            Promise { challenge: Some(challenge), ..body(401, JSON, content) }
        }
        Row::Redirect => Promise { location: Some(content), ..blank(how_redirects) },
        Row::Fixed(status, json) => body(status, JSON, json),
        Row::Empty(status) => blank(status),
        Row::State(_) | Row::StateElse(..) | Row::NoFunction | Row::Apart => return None,
    })
}

impl Promise {
    /// Judges a response that has these headers besides.
    fn judge(&self, name: &str, outcome: Outcome, more: &[(&'static str, &'static str)]) {
        let response = outcome.response();
        assert_eq!(response.status().as_u16(), self.status, "{name}");
        assert_eq!(body(&response), self.body, "{name}");
        let mut expected = vec![("cache-control", "no-store"), ("pragma", "no-cache")];
        let own = [
            ("content-type", self.media_type),
            ("www-authenticate", self.challenge),
            ("location", self.location),
        ];
        expected.extend(own.into_iter().filter_map(|(name, value)| Some((name, value?))));
        expected.extend_from_slice(more);
        expected.sort_unstable();
        assert_eq!(headers(&response), expected, "{name}");
    }
}

#[test]
fn every_row_holds() {
    for (options, status) in [(options(), 303), (builder().redirect(Redirect::Found).build().unwrap(), 302)] {
        for &(api, action, row) in ROWS {
            let name = format!("{api} {action}");
            let content = if matches!(row, Row::Redirect) { URI } else { CONTENT };
            let call = || (endpoint(api).call)(answer(api, Some(action), Some(content)), &options);
            if let Some(promise) = promise(row, status, content) {
                promise.judge(&name, call(), &[]);
            } else if let Row::State(state) | Row::StateElse(state, _) = row {
                let Outcome::State(is, _) = call() else { panic!("{name} is no state") };
                assert_eq!(is, state, "{name}");
            }
        }
    }
}

/// A response tells the operator the operation of its path, the code and the action.
#[test]
fn responses_tell_what_authlete_said() {
    let mut told = HashSet::new();
    for &(api, action, row) in ROWS {
        let content = if matches!(row, Row::Redirect) { URI } else { CONTENT };
        if promise(row, 303, content).is_none() {
            continue;
        }
        let mut value = answer(api, Some(action), Some(content));
        value["resultCode"] = "A000123".into();
        let response = (endpoint(api).call)(value, &options()).response();
        let Some(result) = response.extensions().get::<ResultCode>() else { continue };
        let path = format!("/{api}");
        let is_its_own = |of: &&Operation| of.path().ends_with(&path) && of.id() == result.operation();
        assert!(Operation::ALL.iter().any(|of| is_its_own(&of)), "{api}: {result:?}");
        assert_eq!((result.code(), result.action()), (Some("A000123"), Some(action)), "{api}");
        told.insert(api);
    }
    let silent: Vec<_> = ROWS
        .iter()
        .filter(|&&(api, _, row)| promise(row, 303, CONTENT).is_some() && !told.contains(api))
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// A nonce in the answer goes out, and before one that `options` carries.
#[test]
fn nonces_of_the_answer_are_sent() {
    const DPOP: (&str, &str) = ("dpop-nonce", "fresh-dpop");
    const ATTESTATION: (&str, &str) = ("oauth-client-attestation-challenge", "fresh-attestation");
    for &(api, action, row) in ROWS {
        let content = if matches!(row, Row::Redirect) { URI } else { CONTENT };
        let Some(promise) = promise(row, 303, content) else { continue };
        let mut value = answer(api, Some(action), Some(content));
        value["dpopNonce"] = "fresh-dpop".into();
        value["attestationChallenge"] = "fresh-attestation".into();
        let more: &[_] = match sends(api) {
            Sends::Neither => &[],
            Sends::Dpop => &[DPOP],
            Sends::Attestation => &[ATTESTATION],
            Sends::Both => &[DPOP, ATTESTATION],
        };
        promise.judge(api, (endpoint(api).call)(value.clone(), &options()), more);

        let older = options().with(&nonces("older-dpop", "older-attestation"));
        let response = (endpoint(api).call)(value, &older).response();
        let has = |header: (&str, &str)| response.headers().get(header.0).is_some_and(|is| is == header.1);
        assert!(more.iter().all(|header| has(*header)), "{api} {action}");
    }
}

#[test]
fn nonces_of_an_earlier_answer_are_carried_on() {
    let options = options().with(&nonces("earlier-dpop", "earlier-attestation"));
    let more =
        [("dpop-nonce", "earlier-dpop"), ("oauth-client-attestation-challenge", "earlier-attestation")];
    for &(api, action, row) in ROWS.iter().filter(|(api, ..)| CARRIES.contains(api)) {
        let Some(promise) = promise(row, 303, CONTENT) else { continue };
        let name = format!("{api} {action}");
        promise.judge(&name, (endpoint(api).call)(answer(api, Some(action), Some(CONTENT)), &options), &more);
    }
}

/// Where the application goes on or refuses, it refuses with these.
#[test]
fn fallbacks_of_states_hold() {
    let mut count = 0;
    for &(api, action, row) in ROWS {
        let Row::StateElse(_, json) = row else { continue };
        let mut value = answer(api, Some(action), None);
        value["dpopNonce"] = "fresh-dpop".into();
        value["attestationChallenge"] = "fresh-attestation".into();
        let value: TokenResponse = serde_json::from_value(value).unwrap();
        let options = options();
        let response = match token::respond(value, &options) {
            token::Next::TokenExchange(state) => state.refuse(&options),
            token::Next::JwtBearer(state) => state.refuse(&options),
            token::Next::NativeSso(state) => state.refuse(&options),
            state => panic!("{state:?}"),
        };
        assert_eq!((response.status().as_u16(), body(&response)), (400, json));
        assert_eq!(
            headers(&response),
            [
                ("cache-control", "no-store"),
                ("content-type", "application/json;charset=UTF-8"),
                ("dpop-nonce", "fresh-dpop"),
                ("oauth-client-attestation-challenge", "fresh-attestation"),
                ("pragma", "no-cache"),
            ]
        );
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn an_unusable_answer_is_a_server_error() {
    let server_error = Promise {
        status: 500,
        media_type: Some("application/json;charset=UTF-8"),
        challenge: None,
        location: None,
        body: r#"{"error":"server_error"}"#,
    };
    let options = options();
    for endpoint in super::harness::ENDPOINTS {
        for action in [None, Some(""), Some("ok"), Some("FROM_THE_FUTURE")] {
            let value = answer(endpoint.api, action, Some(CONTENT));
            server_error.judge(endpoint.api, (endpoint.call)(value, &options), &[]);
        }
    }
    for &(api, action, row) in ROWS {
        let name = format!("{api} {action} without content");
        let takes_content = promise(row, 303, CONTENT).is_some_and(|promise| {
            [Some(promise.body), promise.challenge, promise.location].contains(&Some(CONTENT))
        });
        if !takes_content || matches!(row, Row::Script) {
            continue;
        }
        for content in [None, Some(""), Some(" \r\n")] {
            server_error.judge(
                &name,
                (endpoint(api).call)(answer(api, Some(action), content), &options),
                &[],
            );
        }
    }
}

#[test]
fn a_revocation_without_callback_has_no_body() {
    for content in [None, Some("")] {
        let value = answer("auth/revocation", Some("OK"), content);
        let response = (endpoint("auth/revocation").call)(value, &options()).response();
        assert_eq!((response.status().as_u16(), body(&response)), (200, ""));
        assert_eq!(headers(&response), [("cache-control", "no-store"), ("pragma", "no-cache")]);
    }
}

const APIS: [&str; 3] = ["auth/authorization", "auth/authorization/issue", "auth/authorization/fail"];

fn located(api: &str, content: &str) -> http::Response<bytes::Bytes> {
    (endpoint(api).call)(answer(api, Some("LOCATION"), Some(content)), &options()).response()
}

#[test]
fn a_location_is_an_absolute_uri() {
    for uri in [
        URI,
        "https://client.example.com/cb#access_token=a&id_token=b.c-d_e",
        "com.example.app:/oauth2?code=1",
        "com.example.app:?code=1",
        "myapp://cb",
        "x-app+1.0-b://[::1]:8/%2F",
        "HTTP://127.0.0.1:49152/cb?a[0]=1",
        "urn:ietf:wg:oauth:2.0:oob",
    ] {
        for api in APIS {
            let response = located(api, uri);
            assert_eq!((response.status().as_u16(), body(&response)), (303, ""), "{uri}");
            assert_eq!(response.headers()["location"], uri);
            assert!(response.headers()["location"].is_sensitive());
        }
    }
}

/// A registered URI may be an IRI in all but name (RFC 3987 section 3.1). The code in it is not for a page.
#[test]
fn what_a_uri_cannot_have_is_escaped() {
    for (location, uri) in [
        ("https://client.example.com/\u{e9}?code=1", "https://client.example.com/%C3%A9?code=1"),
        ("https://client.example.com/{a}?code=1", "https://client.example.com/%7Ba%7D?code=1"),
        ("https://client.example.com/a|b?code=1&x=%7C", "https://client.example.com/a%7Cb?code=1&x=%7C"),
        ("app:/\u{20ac}^`\\", "app:/%E2%82%AC%5E%60%5C"),
    ] {
        for api in APIS {
            let response = located(api, location);
            assert_eq!((response.status().as_u16(), body(&response)), (303, ""), "{location}");
            assert_eq!(response.headers()["location"], uri);
            assert!(response.headers()["location"].is_sensitive());
        }
    }
}

#[test]
fn a_location_that_is_a_page_is_shown() {
    for page in
        ["<!DOCTYPE html><html><body onload=\"javascript:document.forms[0].submit()\"></html>", "\n <p>"]
    {
        for api in APIS {
            let response = located(api, page);
            assert_eq!((response.status().as_u16(), body(&response)), (200, page));
            assert_eq!(
                headers(&response),
                [
                    ("cache-control", "no-store"),
                    ("content-type", "text/html;charset=UTF-8"),
                    ("pragma", "no-cache")
                ],
            );
        }
    }
}

#[test]
fn a_location_that_is_neither_is_a_server_error() {
    for location in [
        "/cb?code=1",
        "//client.example.com/cb",
        "client.example.com/cb",
        "?code=1",
        "https:",
        "http://",
        "HTTPS://",
        "https:///cb?code=1",
        "https://?code=1",
        "https://#a",
        "https:client.example.com",
        "1https://client.example.com",
        "ht tp://client.example.com",
        ":",
        "://",
        "app://",
        "https://client.example.com/\r\nSet-Cookie: a=b",
        "https://client.example.com/a b",
        " https://client.example.com/",
        "https://client.example.com/%zz",
        "https://client.example.com/%2",
        "https://client.example.com/%",
        "https://client.example.com/<>",
        "https://client.example.com/\"",
        "https://client.example.com/\u{0}",
        "https://client.example.com/\u{7f}",
    ] {
        for api in APIS {
            let response = located(api, location);
            assert_eq!((response.status().as_u16(), body(&response)), (500, SERVER_ERROR), "{location}");
            assert!(!response.headers().contains_key("location"));
        }
    }
}

/// Neither a challenge nor a nonce adds a header.
#[test]
fn content_that_no_header_can_carry_stays_out() {
    for end in ["\r\nSet-Cookie: a=b", "\nSet-Cookie: a=b", "\r", "\u{0}", "\u{7f}"] {
        let text = format!("Bearer error=\"invalid_token\"{end}");
        for &(api, action, row) in ROWS {
            let mut value = answer(api, Some(action), Some(&text));
            value["dpopNonce"] = format!("n-1{end}").into();
            value["attestationChallenge"] = format!("c-1{end}").into();
            let Some(promise) = promise(row, 303, CONTENT) else { continue };
            let response = (endpoint(api).call)(value, &options()).response();
            for (name, value) in headers(&response) {
                assert!(!["set-cookie", "dpop-nonce", "oauth-client-attestation-challenge"].contains(&name));
                assert!(!value.contains("Set-Cookie"), "{api} {action}");
            }
            if matches!(row, Row::Challenge(_)) {
                assert_eq!((response.status().as_u16(), body(&response)), (500, SERVER_ERROR), "{api}");
                assert!(!response.headers().contains_key("www-authenticate"));
            } else if promise.body == CONTENT {
                assert_eq!(body(&response), text);
            }
        }
    }
}

#[test]
fn a_realm_of_ones_own_is_in_every_basic_challenge() {
    let options = builder().realm(r#"the "bank" \ ours"#).build().unwrap();
    let mut count = 0;
    for &(api, action, row) in ROWS {
        let Row::Basic(_) = row else { continue };
        let response = (endpoint(api).call)(answer(api, Some(action), Some("{}")), &options).response();
        assert_eq!(response.headers()["www-authenticate"], r#"Basic realm="the \"bank\" \\ ours""#);
        count += 1;
    }
    assert_eq!(count, 5);
}

//! From HTTP requests to request models, against every combination of headers.

use authlete::endpoint::{
    EndpointOptions, Refusal, authorization, client_registration, device_verification, discovery,
    federation_registration, pushed_authorization, token,
};
use bytes::Bytes;
use http::Request;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::harness::{builder, options};

type Read = fn(&Request<Bytes>, &EndpointOptions) -> Result<Value, Refusal>;

macro_rules! reader {
    ($endpoint:ident) => {{
        let read: Read = |request, options| {
            authlete::endpoint::$endpoint::request(request, options)
                .map(|model| serde_json::to_value(&model).unwrap())
        };
        (stringify!($endpoint), read)
    }};
}

/// The endpoints of clients, and whether they take DPoP proofs.
fn clients() -> [((&'static str, Read), bool); 5] {
    [
        (reader!(token), true),
        (reader!(pushed_authorization), true),
        (reader!(revocation), false),
        (reader!(device_authorization), false),
        (reader!(backchannel_authentication), false),
    ]
}

pub(super) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub(super) fn request(
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, value.as_bytes());
    }
    request.body(body.into()).unwrap()
}

fn post(headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request<Bytes> {
    request("POST", "/as/x?ignored=query", &[&[FORM], headers].concat(), body)
}

#[test]
fn parameters_go_on_undecoded() {
    let raw = "b=%7E&a=1&c=%E3%81%82+x&%zz=%00;d&&=&resource=a&resource=b&audience=a&audience=b";
    for ((name, read), _) in clients() {
        assert_eq!(read(&post(&[], raw), &options()).unwrap(), json!({"parameters": raw}), "{name}");
        assert_eq!(read(&post(&[], ""), &options()).unwrap(), json!({"parameters": ""}), "{name}");
    }
    let read = |request: Request<Bytes>| authorization::request(&request, &options()).unwrap();
    let query = read(request("GET", &format!("/authorize?{}", "a=%7E+b&resource=a&resource=b"), &[], "body"));
    assert_eq!(query.parameters.expose(), "a=%7E+b&resource=a&resource=b");
    assert_eq!(read(request("GET", "/authorize", &[], "body")).parameters.expose(), "");
    assert_eq!(read(request("POST", "/authorize?a=b", &[FORM], "c=d")).parameters.expose(), "c=d");
    assert_eq!(
        read(request("GET", "/authorize?max_age=0", &[], "")).parameters.expose(),
        "max_age=0&prompt=login"
    );
    let pushed = pushed_authorization::request(&post(&[], "max_age=0&prompt=consent"), &options()).unwrap();
    assert_eq!(pushed.parameters.expose(), "max_age=0&prompt=consent+login");
}

#[test]
fn another_method_type_or_length_is_refused() {
    let limited = builder().max_content(8).build().unwrap();
    for ((name, read), _) in clients() {
        for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"] {
            let refused = read(&request(method, "/x", &[FORM], "a=b"), &options()).unwrap_err();
            assert_eq!(refused, Refusal::MethodNotAllowed("POST"), "{name}");
            let response = refused.respond(&options());
            assert_eq!(
                (response.status().as_u16(), &response.headers()["allow"]),
                (405, &"POST".parse().unwrap())
            );
        }
        let of_type = |types: &[&str]| {
            let headers: Vec<_> = types.iter().map(|is| ("content-type", *is)).collect();
            read(&request("POST", "/x", &headers, "a=b"), &options())
        };
        for good in [
            "application/x-www-form-urlencoded;charset=UTF-8",
            "Application/X-WWW-Form-URLEncoded",
            " application/x-www-form-urlencoded ; charset=utf-8",
        ] {
            assert!(of_type(&[good]).is_ok(), "{name} {good}");
        }
        for bad in [
            &[][..],
            &["application/json"],
            &[""],
            &["application/x-www-form-urlencodedx"],
            &["multipart/form-data; boundary=application/x-www-form-urlencoded"],
            &["\u{e9}"],
            &[FORM.1, FORM.1],
            &["application/json, application/x-www-form-urlencoded"],
        ] {
            assert_eq!(of_type(bad).unwrap_err(), Refusal::WrongContentType, "{name} {bad:?}");
        }
        assert!(read(&post(&[], "a=345678"), &limited).is_ok());
        assert_eq!(read(&post(&[], "a=3456789"), &limited).unwrap_err(), Refusal::TooLong, "{name}");
        assert_eq!(Refusal::TooLong.respond(&limited).status(), 413);
        assert!(read(&post(&[], vec![b'a'; 64 << 10]), &options()).is_ok());
        assert_eq!(read(&post(&[], vec![b'a'; (64 << 10) + 1]), &options()).unwrap_err(), Refusal::TooLong);
        assert_eq!(read(&post(&[], &b"a=\xff"[..]), &options()).unwrap_err(), Refusal::MalformedParameters);
        for twice in
            ["a=1&a=2", "a=1&b=2&a=1", "a&a=", "scope=x&sco%70e=y", "a+b=1&a%20b=2", "resource=1&a=1&a=2"]
        {
            assert_eq!(
                read(&post(&[], twice), &options()).unwrap_err(),
                Refusal::RepeatedParameter,
                "{twice}"
            );
        }
    }
    let too_long = authorization::request(&request("GET", "/a?b=3456789", &[], ""), &limited);
    assert_eq!(too_long.unwrap_err(), Refusal::TooLong);
    let twice = authorization::request(&request("GET", "/a?b=1&b=2", &[], ""), &options());
    assert_eq!(twice.unwrap_err(), Refusal::RepeatedParameter);
    let put = authorization::request(&request("PUT", "/a", &[], ""), &options());
    assert_eq!(put.unwrap_err(), Refusal::MethodNotAllowed("GET, POST"));
    let document = discovery::request(&request("POST", "/a", &[], ""), &options());
    assert_eq!(document.unwrap_err(), Refusal::MethodNotAllowed("GET, HEAD"));
    assert!(discovery::request(&request("HEAD", "/a", &[], ""), &options()).is_ok());
}

const BASIC: (&str, &str) = ("authorization", "Basic czZCaGRSa3F0MzolMjV4");

/// None, one, two, malformed, other case, non-ASCII, in a list.
#[test]
fn client_credentials_and_attestations_are_read() {
    const ATTESTATION: &str = "oauth-client-attestation";
    const POP: &str = "OAuth-Client-Attestation-PoP";
    for ((name, read), _) in clients() {
        let with = |headers: &[(&str, &str)]| read(&post(headers, "a=b"), &options());
        let all = with(&[BASIC, (ATTESTATION, "a.b.c"), (POP, " d.e.f ")]).unwrap();
        assert_eq!(
            all,
            json!({
                "parameters": "a=b", "clientId": "s6BhdRkqt3", "clientSecret": "%x",
                "oauthClientAttestation": "a.b.c", "oauthClientAttestationPop": "d.e.f",
            }),
            "{name}"
        );
        assert_eq!(with(&[("AUTHORIZATION", "bAsIc czZCaGRSa3F0MzolMjV4")]).unwrap()["clientSecret"], "%x");
        assert_eq!(with(&[("authorization", "Bearer x")]).unwrap(), json!({"parameters": "a=b"}));
        for bad in
            [&[BASIC, BASIC][..], &[("authorization", "Basic \u{e9}")], &[("authorization", "Basic a,b")]]
        {
            assert_eq!(with(bad).unwrap_err(), Refusal::MalformedCredentials, "{name}");
        }
        for header in [ATTESTATION, POP] {
            for bad in
                ["", " ", "a", "a.b", "a.b.c.d", "a.b.c, d.e.f", "a.b.c,d.e.f", "\u{e9}.b.c", "a.b.c d"]
            {
                assert_eq!(
                    with(&[(header, bad)]).unwrap_err(),
                    Refusal::MalformedAttestation,
                    "{name} {bad}"
                );
            }
            let twice = with(&[(header, "a.b.c"), (header, "a.b.c")]);
            assert_eq!(twice.unwrap_err(), Refusal::MalformedAttestation);
        }
    }
    assert_eq!(Refusal::MalformedAttestation.respond(&options()).status(), 400);
}

/// A proof that were left out would make a token that is not bound, in silence.
#[test]
fn a_proof_is_the_only_one_or_refused() {
    for ((name, read), takes_proofs) in clients() {
        let with = |headers: &[(&str, &str)]| read(&post(headers, "a=b"), &options());
        let one = with(&[("dpop", " a.b-_.c ")]).unwrap();
        if !takes_proofs {
            assert_eq!(one, json!({"parameters": "a=b"}), "{name}");
            continue;
        }
        assert_eq!(
            one,
            json!({
                "parameters": "a=b", "dpop": "a.b-_.c", "htm": "POST", "htu": "https://as.example.com/as/x",
            }),
            "{name}"
        );
        assert_eq!(with(&[("DPoP", "a.b.c")]).unwrap()["dpop"], "a.b.c");
        assert_eq!(with(&[]).unwrap(), json!({"parameters": "a=b"}));
        for bad in [
            &[("dpop", "")][..],
            &[("dpop", "  ")],
            &[("dpop", "a.b")],
            &[("dpop", "a.b.")],
            &[("dpop", "a.b.c.d")],
            &[("dpop", "a.b.c, a.b.c")],
            &[("dpop", "a.b.c,a.b.c")],
            &[("dpop", "a.b.c a.b.c")],
            &[("dpop", "\u{e9}.b.c")],
            &[("dpop", "a.b.c"), ("dpop", "a.b.c")],
            &[("dpop", "a.b.c"), ("DPoP", "")],
        ] {
            let refused = with(bad).unwrap_err();
            assert_eq!(refused, Refusal::MalformedProof, "{name} {bad:?}");
            let response = refused.respond(&options());
            assert_eq!(response.status(), 400);
            assert_eq!(response.body(), r#"{"error":"invalid_dpop_proof"}"#);
            assert_eq!(response.headers()["content-type"], "application/json;charset=UTF-8");
        }
    }
}

/// The origin is what the options say, whatever a request says of its host.
#[test]
fn htu_is_made_of_the_public_origin_and_the_path() {
    let behind_a_proxy = EndpointOptions::builder("https://gw.example.com/as/").build().unwrap();
    for uri in ["/token", "/token?a=b", "http://evil.example.com/token"] {
        let headers =
            [FORM, ("dpop", "a.b.c"), ("host", "evil.example.com"), ("x-forwarded-host", "evil.example.com")];
        let model = token::request(&request("POST", uri, &headers, ""), &behind_a_proxy).unwrap();
        assert_eq!(model.htu.as_deref(), Some("https://gw.example.com/as/token"));
    }
}

#[test]
fn registration_and_its_management_are_told_apart_by_the_method() {
    const JSON: (&str, &str) = ("content-type", "application/json");
    const TOKEN: (&str, &str) = ("authorization", "Bearer r-1");
    let read = |method: &str, uri: &str, headers: &[(&str, &str)]| {
        client_registration::request(&request(method, uri, headers, "{\"a\": 1}"), &options())
            .map(|model| serde_json::to_value(&model).unwrap())
    };
    assert_eq!(read("POST", "/register", &[JSON]).unwrap(), json!({"json": "{\"a\": 1}"}));
    assert_eq!(
        read("POST", "/register", &[JSON, TOKEN]).unwrap(),
        json!({"json": "{\"a\": 1}", "token": "r-1"})
    );
    assert_eq!(
        read("PUT", "/register/c%2F1", &[JSON, TOKEN]).unwrap(),
        json!({"json": "{\"a\": 1}", "token": "r-1", "clientId": "c/1"})
    );
    for method in ["GET", "DELETE"] {
        let expected = json!({"token": "r-1", "clientId": "c-1"});
        assert_eq!(read(method, "/register/c-1", &[TOKEN]).unwrap(), expected);
        assert_eq!(read(method, "/register?client_id=c-1", &[TOKEN]).unwrap(), expected);
        assert_eq!(read(method, "/register/c-1", &[]).unwrap_err(), Refusal::NoToken);
        assert_eq!(read(method, "/register/", &[TOKEN]).unwrap_err(), Refusal::MalformedParameters);
    }
    assert_eq!(read("POST", "/register", &[FORM]).unwrap_err(), Refusal::WrongContentType);
    assert_eq!(read("POST", "/register", &[JSON, TOKEN, TOKEN]).unwrap_err(), Refusal::MalformedToken);
    assert!(matches!(read("PATCH", "/register/c", &[JSON]), Err(Refusal::MethodNotAllowed(_))));
}

#[test]
fn a_user_code_is_read_as_typed() {
    let read = |request: Request<Bytes>| device_verification::request(&request, &options());
    for typed in ["WDJBMJHT", "wdjb-mjht", "+wdjb+mjht+", "WDJB%2DMJHT", "w.d.j.b%C2%A0mjht"] {
        for request in [
            request("POST", "/device", &[FORM], format!("a=b&user_code={typed}")),
            request("GET", &format!("/device?user_code={typed}"), &[], ""),
        ] {
            assert_eq!(read(request).unwrap().user_code.expose(), "WDJBMJHT", "{typed}");
        }
    }
    for none in ["", "user_code=", "user_code=--", "code=a"] {
        let refused = read(request("POST", "/device", &[FORM], none)).unwrap_err();
        assert_eq!(refused, Refusal::MalformedParameters);
    }
}

#[test]
fn a_federation_registration_is_what_its_type_says() {
    let read = |media_type: &str| {
        federation_registration::request(
            &request("POST", "/f", &[("content-type", media_type)], "x"),
            &options(),
        )
        .map(|model| serde_json::to_value(&model).unwrap())
    };
    assert_eq!(read("application/entity-statement+jwt").unwrap(), json!({"entityConfiguration": "x"}));
    assert_eq!(read("Application/Trust-Chain+JSON").unwrap(), json!({"trustChain": "x"}));
    assert_eq!(read("application/json").unwrap_err(), Refusal::WrongContentType);
}

proptest! {
    /// A model or a valid refusal that repeats nothing, and no panic.
    #[test]
    fn any_request_is_read_or_refused(
        body in any::<Vec<u8>>(),
        values in proptest::collection::vec((0..6_usize, "[ -~]{0,20}|secret-[a-z.]{5}|Basic [A-Za-z0-9+/=]{0,12}"), 0..6),
        is_form in any::<bool>(),
        method in prop_oneof![Just("POST"), Just("GET"), Just("PUT")],
    ) {
        const NAMES: [&str; 6] = [
            "authorization", "dpop", "oauth-client-attestation", "oauth-client-attestation-pop", "content-type", "accept",
        ];
        let mut headers: Vec<(&str, &str)> = if is_form { vec![FORM] } else { vec![] };
        headers.extend(values.iter().map(|(name, value)| (NAMES[*name], value.as_str())));
        let request = request(method, "/x?secret-query=1", &headers, body);
        let readers = clients().map(|(reader, _)| reader).into_iter().chain([
            reader!(authorization), reader!(introspection), reader!(resource), reader!(userinfo),
            reader!(grant_management), reader!(client_registration), reader!(device_verification), reader!(credential),
        ]);
        for (name, read) in readers {
            let Err(refusal) = read(&request, &options()) else { continue };
            let response = refusal.respond(&options());
            let text = format!("{:?} {:?} {refusal:?} {refusal}", response.headers(), response.body());
            prop_assert!(!text.contains("secret-"), "{name}");
            prop_assert!(matches!(response.status().as_u16(), 400 | 401 | 405 | 413));
            prop_assert_eq!(response.status() == 401, response.headers().contains_key("www-authenticate")
                && response.status() != 400);
            prop_assert_eq!(&response.headers()["cache-control"], "no-store");
        }
    }
}

//! What is JSON, as the published suites of JSON tests divide it: accepted, refused, or left to the reader. Each text goes
//! through a call, as a member that the model does not know, and through [`RawJson`], which must agree.

mod texts;

use authlete::funcs::service_get;
use authlete::models::operations::ServiceGetApiRequest;
use authlete::models::{RawJson, Service, TokenCreateBatchStatusResponse};
use authlete::{ApiResult, AuthleteError, Delivery, JsonProblem, ResponseProblem, TimeoutPhase};

use crate::fake::{Fake, batch_status, ms, ok};
use texts::{ACCEPTED, REFUSED, TAKEN};

async fn decoded(body: impl Into<Vec<u8>>) -> ApiResult<TokenCreateBatchStatusResponse> {
    let body = body.into();
    let core = Fake::new(move |_| ok(body.clone())).core().build().unwrap();
    batch_status(&core, None).await
}

async fn problem(body: impl Into<Vec<u8>>) -> (ResponseProblem, Option<String>) {
    let error = decoded(body).await.unwrap_err();
    let path = error.json_path().map(str::to_owned);
    let AuthleteError::ResponseValidation { problem, .. } = error else { panic!("{error:?}") };
    (problem, path)
}

async fn kind(body: impl Into<Vec<u8>>) -> JsonProblem {
    match problem(body).await {
        (ResponseProblem::Json { kind, .. }, _) => kind,
        (problem, _) => panic!("{problem:?}"),
    }
}

/// The same as a whole, and where something follows.
fn members(text: &str) -> [String; 2] {
    [format!("{{\"newer\":{text}}}"), format!("{{ \"newer\" : {text} , \"resultCode\" : \"A\" }}")]
}

#[tokio::test]
async fn what_is_json_is_accepted() {
    for text in ACCEPTED.iter().chain(TAKEN) {
        for body in members(text) {
            decoded(&*body).await.unwrap_or_else(|error| panic!("{error}: {body}"));
        }
        let raw: RawJson = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(raw.as_str(), *text);
    }
    assert!(ACCEPTED.iter().all(|text| serde_json::from_str::<serde_json::Value>(text).is_ok()));
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    for text in REFUSED {
        for body in members(text) {
            let kind = kind(&*body).await;
            assert!(matches!(kind, JsonProblem::Syntax | JsonProblem::Eof), "{kind:?}: {body}");
        }
        let error = text.parse::<RawJson>().expect_err(text);
        assert!(matches!(error.kind, JsonProblem::Syntax | JsonProblem::Eof), "{error:?}: {text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
    }
}

#[tokio::test]
async fn what_ends_early_says_so() {
    let whole = "{\"resultCode\":\"A\\n\\u00e9\",\"newer\":[1.5e3,{\"a\":null,\"b\":true}],\"status\":{\"tokenCount\":12}}";
    decoded(whole).await.unwrap();
    for end in 1..whole.len() {
        assert_eq!(kind(&whole[..end]).await, JsonProblem::Eof, "{}", &whole[..end]);
    }
}

#[tokio::test]
async fn what_is_no_text_is_refused() {
    let strings: [&[u8]; 12] = [
        b"\xff",
        b"\x81",
        b"\xe0\xff",
        b"\xfc\x83\xbf\xbf\xbf\xbf",
        b"\xfc\x80\x80\x80\x80\x80",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xf4\xbf\xbf\xbf",
        b"\xe9",
        b"\xe2\x82",
        b"\xfe\xff",
        b"\xf8\x88\x80\x80\x80",
    ];
    for string in strings {
        for around in [
            ["{\"newer\":\"", "\"}"],
            ["{\"resultCode\":\"", "\"}"],
            ["{\"", "\":1}"],
            ["{", "}"],
            ["{}", ""],
        ] {
            let body = [around[0].as_bytes(), string, around[1].as_bytes()].concat();
            assert_eq!(problem(body).await.0, ResponseProblem::Encoding, "{string:x?}");
        }
    }
    assert_eq!(problem("\u{feff}{}").await.0, ResponseProblem::Encoding);
    // UTF-16 is not UTF-8 with a mark before it, and no object without.
    let wide: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(problem([&b"\xff\xfe"[..], &wide].concat()).await.0, ResponseProblem::Encoding);
    assert_eq!(kind(wide).await, JsonProblem::Syntax);
}

#[tokio::test]
async fn strings_are_what_their_escapes_say() {
    for (text, expected) in [
        ("", ""),
        ("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\u{8}\u{c}\n\r\t"),
        ("\\u0041\\u00e9\\uD83D\\uDE00\\u0000", "Aé😀\0"),
        ("\\ud800", "\u{fffd}"),
        ("\\udc00x", "\u{fffd}x"),
        ("\\ud800\\ud800\\udc00", "\u{fffd}\u{10000}"),
        ("\\ud800\\u0041", "\u{fffd}A"),
        ("\\ud800\\n", "\u{fffd}\n"),
        ("\\ude00\\ud83d", "\u{fffd}\u{fffd}"),
        ("1234567\\n", "1234567\n"),
        ("12345678\\n12345678\u{e9}\\u00e9", "12345678\n12345678éé"),
    ] {
        let answer = decoded(format!("{{\"resultCode\":\"{text}\"}}")).await.unwrap().value;
        assert_eq!(answer.result_code.as_deref(), Some(expected), "{text}");
    }
    // Of names, too.
    let answer = decoded("{\"result\\u0043ode\":\"A\",\"\\u0072esultMessage\":\"m\"}").await.unwrap().value;
    assert_eq!(answer.result_code.as_deref(), Some("A"));
    assert_eq!(answer.result_message.as_deref(), Some("m"));
}

#[tokio::test]
async fn integers_are_what_amounts_to_them() {
    for (text, expected) in [
        ("0", 0),
        ("-0", 0),
        ("-0.0e-7", 0),
        ("0e99999999999999999999", 0),
        ("5.0", 5),
        ("1.9E12", 1_900_000_000_000),
        ("120e-1", 12),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("9223372036854775807.0", i64::MAX),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("922337203685477580.7e1", i64::MAX),
        ("1000000000000000000000e-3", 1_000_000_000_000_000_000),
    ] {
        let answer = decoded(format!("{{\"status\":{{\"tokenCount\":{text}}}}}")).await.unwrap().value;
        assert_eq!(answer.status.unwrap().token_count, Some(expected), "{text}");
    }
    for text in [
        "0.5",
        "1e-1",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e99999999999999999999",
        "12e-2",
    ] {
        let body = format!("{{\"status\":{{\"tokenCount\":{text}}}}}");
        let (problem, path) = problem(&*body).await;
        assert!(matches!(problem, ResponseProblem::Json { kind: JsonProblem::Data, .. }), "{text}");
        assert_eq!(path.as_deref(), Some("status.tokenCount"), "{text}");
    }
}

#[tokio::test]
async fn the_last_of_two_equal_members_counts() {
    let answer =
        decoded(r#"{"resultCode":"A","resultMessage":"m","resultCode":"B","resultMessage":null}"#).await;
    let answer = answer.unwrap().value;
    assert_eq!((answer.result_code.as_deref(), answer.result_message), (Some("B"), None));
    // As a whole: nothing of the first is left in it.
    let answer = decoded(r#"{"status":{"tokenCount":1,"errorCode":"E"},"status":{"tokenCount":2}}"#).await;
    let status = answer.unwrap().value.status.unwrap();
    assert_eq!((status.token_count, status.error_code), (Some(2), None));
}

#[tokio::test]
async fn a_wrong_type_is_an_error_that_names_the_field() {
    for (member, path) in [
        (r#""resultCode":1"#, "resultCode"),
        (r#""resultCode":{}"#, "resultCode"),
        (r#""status":[]"#, "status"),
        (r#""status":"s""#, "status"),
        (r#""status":{"tokenCount":"3"}"#, "status.tokenCount"),
        (r#""status":{"batchKind":7}"#, "status.batchKind"),
        (r#""status":{"createdAt":true}"#, "status.createdAt"),
    ] {
        let (found, named) = problem(format!("{{\n\"newer\":1,\n  {member}}}")).await;
        let ResponseProblem::Json { kind, line, .. } = found else { panic!("{found:?}") };
        assert_eq!((kind, line, named.as_deref()), (JsonProblem::Data, 3, Some(path)), "{member}");
    }
}

async fn service(body: &str) -> ApiResult<Service> {
    let body = body.to_owned();
    let core = Fake::new(move |_| ok(body.clone())).core().build().unwrap();
    service_get(&core, &ServiceGetApiRequest::new(), None).await
}

#[tokio::test]
async fn paths_lead_through_lists() {
    let body = r#"{"attributes":[{"key":"a"},{"key":"b","value":5}]}"#;
    assert_eq!(service(body).await.unwrap_err().json_path(), Some("attributes[1].value"));
    let body = r#"{"supportedScopes":[{},{"attributes":[{},{},{"key":[]}]}]}"#;
    assert_eq!(service(body).await.unwrap_err().json_path(), Some("supportedScopes[1].attributes[2].key"));
    let body = r#"{"contacts":[null]}"#;
    assert!(service(body).await.is_ok(), "it is no field of a service");
    let body = r#"{"supportedUiLocales":["en",null]}"#;
    assert_eq!(service(body).await.unwrap_err().json_path(), Some("supportedUiLocales[1]"));
}

#[tokio::test]
async fn what_is_kept_may_be_nested_127_deep_and_what_is_not_as_deep_as_it_likes() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let mixed = |depth: usize| format!("{}1{}", "{\"a\":[".repeat(depth / 2), "]}".repeat(depth / 2));
    for text in [nested(127), mixed(126)] {
        let kept = service(&format!("{{\"newer\":{text}}}")).await.unwrap().value;
        assert_eq!(kept.unknown.get("newer").map(RawJson::as_str), Some(&*text));
    }
    for text in [nested(128), mixed(128), nested(100_000)] {
        let error = service(&format!("{{\"newer\":{text}}}")).await.unwrap_err();
        let AuthleteError::ResponseValidation { problem, .. } = error else { panic!("{error:?}") };
        assert!(matches!(problem, ResponseProblem::Json { kind: JsonProblem::Depth, .. }), "{problem:?}");
        assert_eq!(text.parse::<RawJson>().unwrap_err().kind, JsonProblem::Depth);
        decoded(format!("{{\"newer\":{text}}}")).await.unwrap();
    }
    // Badly closed, however deep.
    for depth in [1, 63, 64, 65, 127, 128, 129, 100_000] {
        assert_eq!(kind(format!("{{\"newer\":{}}}", "[".repeat(depth))).await, JsonProblem::Syntax);
        let crossed = format!("{{\"newer\":{}{{]{}}}", "[".repeat(depth), "]".repeat(depth - 1));
        assert_eq!(kind(crossed).await, JsonProblem::Syntax);
    }
}

#[tokio::test]
async fn unknown_members_come_back_as_they_were_and_where_they_were() {
    let body = r#"{"b":1e400,"serviceName":"s","a": [ 1 , {"x":"\ud800"} ],"b":12345678901234567890.10,"\u00e9\n":null}"#;
    let service = service(body).await.unwrap().value;
    let kept: Vec<_> = service.unknown.iter().map(|(name, value)| (name, value.as_str())).collect();
    let expected = [
        ("b", "1e400"),
        ("a", "[ 1 , {\"x\":\"\\ud800\"} ]"),
        ("b", "12345678901234567890.10"),
        ("é\n", "null"),
    ];
    assert_eq!(kept, expected);
}

#[tokio::test]
async fn a_body_as_long_as_the_limit_is_decoded_however_much_of_it_there_is_then() {
    const BODY: &str = r#"{"supportedScopes":[{},{},{},{}]}"#;
    let core = Fake::new(|_| ok(BODY)).core().max_response_bytes(BODY.len()).build().unwrap();
    let service = service_get(&core, &ServiceGetApiRequest::new(), None).await.unwrap().value;
    assert_eq!(service.supported_scopes.unwrap().len(), 4);
}

#[tokio::test]
async fn a_deadline_ends_decoding() {
    const SIZE: usize = 48 << 20;
    let body = format!("{{\"newer\":[0{}]}}", ",0".repeat(SIZE / 2 - 8));
    let body = bytes::Bytes::from(body);
    let fake = Fake::new(move |_| ok(body.clone()));
    let core = fake.core().max_response_bytes(SIZE).timeout(ms(10)).build().unwrap();
    // A busy machine may let the deadline pass before there is anything to decode.
    for _ in 0..50 {
        let error = batch_status(&core, None).await.unwrap_err();
        let AuthleteError::RequestTimeout { phase: TimeoutPhase::Call, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        if error.body().is_some() {
            return;
        }
    }
    panic!("nothing was ever decoded");
}

//! What is JSON, as the published suites of JSON tests divide it: accepted, refused, or left to the reader. Each text goes
//! through a call, as a member that the model does not know, and through [`RawJson`], which must agree.

use authlete::funcs::service_get;
use authlete::models::operations::ServiceGetApiRequest;
use authlete::models::{RawJson, Service, TokenCreateBatchStatusResponse};
use authlete::{ApiResult, AuthleteError, Delivery, JsonProblem, ResponseProblem, TimeoutPhase};

use crate::fake::{Fake, batch_status, ms, ok};

/// RFC 8259 calls these texts valid.
const ACCEPTED: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "123",
    "1.5",
    "-0.1",
    "0e1",
    "0e+1",
    "1e2",
    "1E22",
    "1E-2",
    "1E+2",
    "123e45",
    "123.456e78",
    "-123123",
    "1.5E-0",
    "20e1",
    "123.456789",
    "-0.000000000000000000000000000000000000000000001",
    "0.0",
    "[]",
    "[ ]",
    "[\n]",
    "[[]]",
    "[[[[[]]]]]",
    "[\"\"]",
    "[1,2]",
    "[ 1 , 2 ]",
    "[null, 1, \"1\", {}]",
    "[1\n]",
    " [1]",
    "[2] ",
    "[1,null,null,null,2]",
    "\t[\r\n]\n",
    "{}",
    "{ }",
    "{\"a\":1}",
    "{\"a\":\"b\",\"a\":\"c\"}",
    "{\"a\":\"b\",\"a\":\"b\"}",
    "{\"\":0}",
    "{\"foo\\u0000bar\": 42}",
    "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
    "{\"a\":[]}",
    "{\n\"a\": \"b\"\n}",
    "{\"x\":[{\"id\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\":\"xxxx\"}",
    "{\"a\" : {\"b\" :{}}}",
    "\"\"",
    "\" \"",
    "\"asd\"",
    "\"\\u0060\\u012a\\u12AB\"",
    "\"\\uD801\\udc37\"",
    "\"\\ud83d\\ude39\\ud83d\\udc8d\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\\\u0000\"",
    "\"\\\"\"",
    "\"a/*b*/c/*d//e\"",
    "\"\\\\a\"",
    "\"\\\\n\"",
    "\"\\u0012\"",
    "\"\\uFFFF\"",
    "\"\\uDBFF\\uDFFE\"",
    "\"\\uDBFF\\uDFFF\"",
    "\"\\uFDD0\"",
    "\"\\u200B\"",
    "\"\\u2064\"",
    "\"\\u0000\"",
    "\"\\u002c\"",
    "\"\\u005C\"",
    "\"\\u0022\"",
    "\"\\uA66D\"",
    "\"\u{10ffff}\"",
    "\"\u{ffff}\"",
    "\"\u{fdd0}\"",
    "\"\u{2028}\"",
    "\"\u{2029}\"",
    "\"\u{1bff}\"",
    "\"\u{7f}\"",
    "\"€𝄞\"",
    "\"π\"",
    "\"\u{2342}㈴\"",
    "\"new\u{a0}line\"",
    "\"\\u00A0\"",
    "\"\u{feff}\"",
    "\"asd \"",
    "\"\u{85}\"",
];

/// RFC 8259 calls these texts invalid.
const REFUSED: &[&str] = &[
    "",
    " ",
    "\n",
    "[",
    "{",
    "\"",
    "]",
    "}",
    ",",
    ":",
    "-",
    "+",
    ".",
    "e",
    "\\",
    "\u{feff}",
    "\u{feff}{}",
    "\u{a0}",
    "\u{2060}",
    "é",
    "\u{c}",
    "\u{b}",
    "\u{c}[]",
    "[\u{c}]",
    "[\u{b}1]",
    "\0",
    "nul",
    "nulll",
    "NULL",
    "Null",
    "tru",
    "truee",
    "True",
    "TRUE",
    "fals",
    "fals\0",
    "NaN",
    "-NaN",
    "nan",
    "inf",
    "Infinity",
    "-Infinity",
    "+Inf",
    "undefined",
    "'a'",
    "'",
    "`a`",
    "a",
    "\"a",
    "a\"",
    "\"\\",
    "\"\\\"",
    "\"\\u",
    "\"\\u0",
    "\"\\u00A\"",
    "\"\\u12G4\"",
    "\"\\ud83d\\u\"",
    "\"\\uD834\\uDd\"",
    "\"\\uD800\\u1\"",
    "\"\\uD800\\u1x\"",
    "\"\\ud800\\\"",
    "\"\\x00\"",
    "\"\\a\"",
    "\"\\'\"",
    "\"\\0\"",
    "\"\\U0041\"",
    "\"\\{\"",
    "\"\\é\"",
    "\"\\\u{1f300}\"",
    "\"\\\t\"",
    "\"\\\n\"",
    "\"\\u{0041}\"",
    "\"\t\"",
    "\"\n\"",
    "\"\r\"",
    "\"\0\"",
    "\"\u{1f}\"",
    "\"\u{8}\"",
    "\"x\"y",
    "\"\"\"",
    "\"\"x",
    "00",
    "01",
    "-01",
    "012",
    "-012",
    "0.",
    ".0",
    ".5",
    "-.5",
    "1.",
    "-1.",
    "2.e3",
    "2.e+3",
    "0.e1",
    "1.e",
    "1e",
    "1E",
    "1e+",
    "1E-",
    "0e",
    "0e+",
    "0E",
    "1.0e",
    "1.0e+",
    "1.0e-",
    "1ee2",
    "1e1.5",
    "1e 2",
    "+1",
    "++1",
    "--1",
    "- 1",
    "-a",
    "-1a",
    "-foo",
    "-1.0.",
    "0.1.2",
    "0.3e",
    "1.2a",
    "1 000",
    "1_000",
    "1,000",
    "0x1",
    "0x42",
    "-0x1",
    "0b1",
    "1f",
    "1n",
    "1L",
    "9.e+",
    "0.3e+",
    "１",
    "1+2",
    "1-2",
    "-2.",
    "1a",
    "1 2",
    "[1",
    "[1,",
    "[1 2]",
    "[,1]",
    "[1,]",
    "[1,,2]",
    "[,]",
    "[,",
    "[\"\",]",
    "[\"\"],",
    "[:]",
    "[\"a\":1]",
    "[1:2]",
    "[1;2]",
    "[1}",
    "[}",
    "[]]",
    "[[]",
    "[1]]",
    "[[1]",
    "[\"a\"",
    "[\"a\",",
    "[\"a\"\n",
    "[*]",
    "[x]",
    "[3[4]]",
    "[\"\": 1]",
    "[a]",
    "[\"x\", truth]",
    "[1,\n1\n,1",
    "[\"\u{b}a\"\\f]",
    "[-]",
    "[\\u000A\"\"]",
    "[1]x",
    "[1][2]",
    "[\"a\"]\"b\"",
    "[<null>]",
    "[undefined]",
    "{}}",
    "{}{}",
    "{},",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{\"a\":1,,}",
    "{\"a\":1,,\"b\":2}",
    "{,}",
    "{,\"a\":1}",
    "{:}",
    "{:1}",
    "{\"a\" 1}",
    "{\"a\",1}",
    "{\"a\" \"b\"}",
    "{\"a\"::1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":\"b\":\"c\"}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{null:1}",
    "{\"a\":a}",
    "{\"a\":1]",
    "{]",
    "{[:\"x\"}",
    "{\"a\":/*c*/1}",
    "{\"a\":1}//",
    "{\"a\":1}/**/",
    "{\"a\":1}#",
    "/**/1",
    "{\"a\":1}x",
    "{\"a\":\"a",
    "{\"a\":\"b\"}#{}",
    "{\"a\":1;}",
    "{\"a\"=1}",
    "{\"a\"=>1}",
    "{\"\\u00\":1}",
    "{\"a\\",
    "{\"x\", null}",
    "{\"\u{0}\":1}",
    "{💩💩}",
    "{9999E9999:1}",
    "{key: 'value'}",
    "<.>",
    "[<null>]",
    "[\u{2060}]",
    "*",
    "#",
    "()",
    "(1)",
    "{\"a\":(1)}",
    "[\u{2028}1]",
    "[\u{a0}1]",
    "1\u{a0}",
    "null\u{feff}",
    "null null",
    "[true,\u{3000}false]",
    "%1",
    "\"a\" + \"b\"",
    "[1] // no",
    "NaN1",
    "@",
    "\u{1f600}",
    "[\"\u{0}\"]",
];

/// Left to the reader: these are accepted.
const TAKEN: &[&str] = &[
    "123123e100000",
    "-123123e100000",
    "0.4e00669999999999999999999999999999999999999999999999999999",
    "123.456e-789",
    "100000000000000000000",
    "-123123123123123123123123123123",
    "1e400",
    "-1e+9999",
    "1e-10000000000000000000",
    "\"\\uDADA\"",
    "\"\\ud800\"",
    "\"\\uD888\\u1234\"",
    "\"\\uD800\\n\"",
    "\"\\uDd1e\\uD834\"",
    "\"\\ud800abc\"",
    "\"\\uD800\\uD800\\n\"",
    "\"\\udc00\"",
    "{\"\\uDFAA\":0}",
    "[\"\\uDBFF\\uD800\"]",
];

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

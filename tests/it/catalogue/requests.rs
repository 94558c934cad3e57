//! What each operation sends.

use authlete::AuthleteError;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, Request};

use super::digest::Kind;
use super::generate::{Fill, Generator};
use super::json::Json;
use super::line::{Body, Line};
use super::rows::{ROWS, Row};
use crate::fake::{Fake, status};
use crate::support::{BEARER, assert_discreet};

/// Values of which every character that could change a URL must be encoded.
const PATH_VALUES: [&str; 6] =
    ["26478243745571", "a/b c", "%2e%2e", "..%2F..", "?#é日本😀;=&+$,:@!()*~._-[]{}|\\^<>", "..."];

/// Percent-encodes all but the unreserved characters (RFC 3986 section 2.3).
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// What a query or a form has for a value.
fn plain(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        Json::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.text(),
    }
}

fn pairs<'a>(members: impl IntoIterator<Item = (&'a str, &'a Json)>) -> String {
    let pairs: Vec<_> = members
        .into_iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(&plain(value))))
        .collect();
    pairs.join("&")
}

/// The request of a call that gets a 500, by the function and by the method alike.
async fn sent(row: &Row, request: &str) -> Request<bytes::Bytes> {
    let fake = Fake::new(|_| status(500));
    let core = fake.core().build().unwrap();
    for call in [row.call, row.call_method] {
        let error = call(&core, request, None).await.unwrap_err();
        assert_eq!(error.operation(), Some(row.id), "{}", row.function);
        assert_eq!(error.attempts(), 1, "{}", row.function);
        assert_discreet(&error);
    }
    let [first, second] = <[_; 2]>::try_from(fake.requests()).unwrap();
    assert_eq!(format!("{first:?}"), format!("{second:?}"), "{}", row.function);
    first
}

fn member<'a>(request: &'a Json, name: &str) -> Option<&'a Json> {
    request.members().iter().find(|(member, _)| member == name).map(|(_, value)| value)
}

/// What should be sent for this request object.
fn target(line: &Line, request: &Json) -> String {
    let mut target = line.template.to_owned();
    for name in line.places() {
        target = target.replace(&format!("{{{name}}}"), &encoded(&plain(member(request, name).unwrap())));
    }
    let mut query = Vec::new();
    for parameter in &line.query {
        match (member(request, &parameter.name), &parameter.kind) {
            (None, _) => {}
            (Some(Json::Object(members)), Kind::Map(_)) => {
                let mut members: Vec<_> =
                    members.iter().map(|(name, value)| (name.as_str(), value)).collect();
                members.sort_by_key(|(name, _)| *name);
                query.push(pairs(members));
            }
            (Some(value), _) => query.push(pairs([(parameter.name.as_str(), value)])),
        }
    }
    if query.is_empty() { target } else { format!("{target}?{}", query.join("&")) }
}

fn body(line: &Line, request: &Json) -> String {
    match &line.body {
        Body::None => String::new(),
        Body::Empty => "{}".to_owned(),
        Body::Subject => Json::object([("subject", member(request, "subject").unwrap().clone())]).text(),
        Body::Json(body) => member(request, &body.name).unwrap().text(),
        Body::Form(body) => {
            // A list is its key as often as it has elements.
            let each = |(name, value): &'_ (String, Json)| match value {
                Json::List(items) => items.iter().map(|item| (name.clone(), item.clone())).collect(),
                value => vec![(name.clone(), value.clone())],
            };
            let members = member(request, &body.name).unwrap().members();
            let members: Vec<(String, Json)> = members.iter().flat_map(each).collect();
            pairs(members.iter().map(|(name, value)| (name.as_str(), value)))
        }
    }
}

fn check_headers(row: &Row, line: &Line, headers: &HeaderMap) {
    let value = |name| headers.get(name).map(|value| value.to_str().unwrap());
    let is_anonymous = matches!(row.id, "get_/api/lifecycle/healthcheck" | "misc_echo_api" | "info_api");
    let bearer = format!("Bearer {BEARER}");
    assert_eq!(value(AUTHORIZATION), (!is_anonymous).then_some(bearer.as_str()), "{}", row.function);
    let accepted = if row.response == "String" { "text/plain" } else { "application/json" };
    assert_eq!(value(ACCEPT), Some(accepted), "{}", row.function);
    let content_type = match line.body {
        Body::None => None,
        Body::Form(_) => Some("application/x-www-form-urlencoded"),
        _ => Some("application/json"),
    };
    assert_eq!(value(CONTENT_TYPE), content_type, "{}", row.function);
    let mut names: Vec<_> = headers.keys().collect();
    names.retain(|name| ![AUTHORIZATION, ACCEPT, CONTENT_TYPE, USER_AGENT].contains(name));
    assert!(names.is_empty(), "{}: {names:?}", row.function);
}

async fn check(row: &Row, line: &Line, request: &Json) {
    let text = request.text();
    let stored = (row.read)(&text).unwrap();
    let again: serde_json::Value = serde_json::from_str(&stored.json).unwrap();
    assert_eq!(again, request.value(), "{}", row.function);

    let seen = sent(row, &text).await;
    assert_eq!(seen.method(), line.method, "{}", row.function);
    assert_eq!(seen.uri().path_and_query().unwrap().as_str(), target(line, request), "{}", row.function);
    assert_eq!(std::str::from_utf8(seen.body()).unwrap(), body(line, request), "{}", row.function);
    check_headers(row, line, seen.headers());
}

#[tokio::test]
async fn every_member_of_a_request_goes_where_it_belongs() {
    for row in ROWS {
        let line = Line::of(row);
        for (seed, in_path) in (1..).zip(PATH_VALUES) {
            let mut generator = match line.body {
                // A list in a form is told apart by its spaces.
                Body::Form(_) => {
                    Generator::with_texts(Fill::Every, seed, |path, _| format!("{path}/é%&=+\"{seed}"))
                }
                _ => Generator::new(Fill::Every, seed),
            };
            check(row, &line, &line.request(&mut generator, Fill::Every, in_path)).await;
            generator.novel_enums = true;
            check(row, &line, &line.request(&mut generator, Fill::Every, in_path)).await;
        }
    }
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    for row in ROWS {
        let line = Line::of(row);
        check(row, &line, &line.least()).await;
    }
}

#[tokio::test]
async fn the_core_names_the_service_where_the_request_does_not() {
    for row in ROWS {
        let line = Line::of(row);
        let mut request = line.least();
        request.members_mut().retain(|(name, _)| name != "serviceId");
        let seen = sent(row, &request.text()).await;
        let expected = if line.has_service() { "/api/1234567890/" } else { "/api/" };
        assert!(seen.uri().path().starts_with(expected), "{}: {}", row.function, seen.uri());
        assert_eq!(line.has_service(), seen.uri().path().contains("1234567890"), "{}", row.function);
    }
}

/// Fails unless this is refused before anything is sent, with the name of what is wrong.
async fn assert_refused(row: &Row, request: &Json, name: &str) {
    let fake = Fake::new(|_| status(500));
    let core = fake.core().build().unwrap();
    for call in [row.call, row.call_method] {
        let error = call(&core, &request.text(), None).await.unwrap_err();
        assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{}: {error:?}", row.function);
        assert!(error.to_string().contains(name), "{}: {error}", row.function);
        assert_eq!(error.operation(), Some(row.id), "{}", row.function);
        assert_discreet(&error);
    }
    assert_eq!(fake.count(), 0, "{}", row.function);
}

#[tokio::test]
async fn what_would_change_the_route_is_refused() {
    for row in ROWS {
        let line = Line::of(row);
        for name in line.places() {
            for wrong in ["", ".", "..", "a\nb", "\u{0}", "\u{7f}", "\u{85}"] {
                let mut request = line.least();
                for (member, value) in request.members_mut() {
                    if member == name {
                        *value = Json::Text(wrong.to_owned());
                    }
                }
                assert_refused(row, &request, name).await;
            }
        }
    }
}

#[tokio::test]
async fn a_service_is_asked_for_where_it_is_needed() {
    for row in ROWS {
        let line = Line::of(row);
        let mut request = line.least();
        request.members_mut().retain(|(name, _)| name != "serviceId");
        let fake = Fake::new(|_| status(500));
        let core = authlete::AuthleteCore::builder().bearer(BEARER).transport(fake.clone()).build().unwrap();
        let error = (row.call)(&core, &request.text(), None).await.unwrap_err();
        if line.has_service() {
            assert!(matches!(error, AuthleteError::SdkValidation { .. }), "{}: {error:?}", row.function);
            assert!(error.to_string().contains("serviceId"), "{}: {error}", row.function);
        }
        assert_eq!(fake.count(), usize::from(!line.has_service()), "{}", row.function);
    }
}

#[test]
fn request_objects_are_read_from_json() {
    for row in ROWS {
        let line = Line::of(row);
        let least = line.least();
        let stored = (row.read)(&least.text()).unwrap();
        let again: serde_json::Value = serde_json::from_str(&stored.json).unwrap();
        assert_eq!(again, least.value(), "{}", row.function);

        // What is newer is tolerated, what is missing is not.
        let mut more = least.clone();
        more.members_mut().push(("fromTheFuture".to_owned(), Json::Null));
        assert_eq!((row.read)(&more.text()).unwrap(), stored, "{}", row.function);
        for (name, _) in least.members().iter().filter(|(name, _)| name != "serviceId") {
            let mut less = least.clone();
            less.members_mut().retain(|(member, _)| member != name);
            let error = (row.read)(&less.text()).unwrap_err();
            assert!(error.to_string().contains(name.as_str()), "{}: {error}", row.function);
        }
        for not_an_object in ["null", "[]", "\"\"", "1"] {
            (row.read)(not_an_object).unwrap_err();
        }
    }
}

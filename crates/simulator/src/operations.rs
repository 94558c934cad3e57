//! The operations: from a request to an answer.

mod batch;
mod introspection;
mod tokens;

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::codes::{self, Code};
use crate::faults::Operation;
use crate::server::Shared;

/// The content type of every JSON answer.
pub(crate) const JSON: &str = "application/json;charset=UTF-8";

/// An answer, before any fault spoils it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
}

impl Answer {
    fn json(status: StatusCode, body: &Value) -> Self {
        Self { status, content_type: JSON, body: body.to_string().into() }
    }

    /// A bare result: code and message.
    pub(crate) fn result(status: StatusCode, code: Code, path: &str, text: &str) -> Self {
        let body = json!({"resultCode": code, "resultMessage": message(code, template(path), text)});
        Self::json(status, &body)
    }

    fn html(status: StatusCode) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let body = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n");
        Self { status, content_type: "text/html", body: body.into() }
    }

    fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, content_type: JSON, body: Bytes::new() }
    }
}

/// A result message in Authlete's usual shape.
fn message(code: Code, path: &str, text: &str) -> String {
    format!("[{code}] {path}, {text}")
}

/// The part of a path that names the operation and carries neither token nor identifier.
fn template(path: &str) -> &'static str {
    let Some((_, rest)) = path.strip_prefix("/api/").and_then(|rest| rest.split_once('/')) else {
        return "/";
    };
    const KNOWN: [&str; 6] = [
        "auth/token/create/batch/status",
        "auth/token/create/batch",
        "auth/token/create",
        "auth/token/get/list",
        "auth/token/delete",
        "auth/introspection",
    ];
    match KNOWN.iter().position(|known| rest.starts_with(known)) {
        Some(0) => "/auth/token/create/batch/status",
        Some(1) => "/auth/token/create/batch",
        Some(2) => "/auth/token/create",
        Some(3) => "/auth/token/get/list",
        Some(4) => "/auth/token/delete",
        Some(5) => "/auth/introspection",
        _ => "/",
    }
}

/// A request target that stands for an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) operation: Operation,
    service_id: String,
    /// The percent-decoded last segment, where the path has a parameter there.
    parameter: String,
}

/// Why a request target stands for no operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRoute {
    Path,
    Method,
}

impl Route {
    /// Reads method and path. Segments are decoded one by one, so that an encoded slash stays inside.
    pub(crate) fn of(method: &Method, path: &str) -> Result<Self, NoRoute> {
        let rest = path.strip_prefix("/api/").ok_or(NoRoute::Path)?;
        let segments: Vec<&str> = rest.split('/').collect();
        let (operation, service_id, parameter) = match segments.as_slice() {
            [id, "auth", "token", "create", "batch"] => (Operation::CreateBatch, id, ""),
            [id, "auth", "token", "create", "batch", "status", request] if !request.is_empty() => {
                (Operation::BatchStatus, id, *request)
            }
            [id, "auth", "token", "create"] => (Operation::CreateToken, id, ""),
            [id, "auth", "token", "get", "list"] => (Operation::ListTokens, id, ""),
            [id, "auth", "token", "delete", token] if !token.is_empty() => {
                (Operation::DeleteToken, id, *token)
            }
            [id, "auth", "introspection"] => (Operation::Introspect, id, ""),
            _ => return Err(NoRoute::Path),
        };
        if operation.method() != *method {
            return Err(NoRoute::Method);
        }
        Ok(Self {
            operation,
            service_id: percent_decoded(service_id, false).ok_or(NoRoute::Path)?,
            parameter: percent_decoded(parameter, false).ok_or(NoRoute::Path)?,
        })
    }
}

/// Answers what was asked, and says whether the request reached an operation.
pub(crate) fn answer(
    route: &Result<Route, NoRoute>,
    head: &Parts,
    body: &Bytes,
    shared: &Shared,
) -> (Answer, bool) {
    match route {
        Ok(route) => match admitted(route, head, shared) {
            Ok(()) => (carried_out(route, head, body, shared), true),
            Err(refusal) => (refusal, false),
        },
        Err(NoRoute::Path) => (Answer::html(StatusCode::NOT_FOUND), false),
        Err(NoRoute::Method) => (Answer::html(StatusCode::METHOD_NOT_ALLOWED), false),
    }
}

/// Checks the bearer and the service.
fn admitted(route: &Route, head: &Parts, shared: &Shared) -> Result<(), Answer> {
    let path = head.uri.path();
    let refused = |status, code, text| Err(Answer::result(status, code, path, text));
    let chosen = |status, otherwise| StatusCode::from_u16(status).unwrap_or(otherwise);
    let Some(credentials) = head.headers.get(AUTHORIZATION) else {
        let text = "the request does not have an Authorization header.";
        return refused(StatusCode::UNAUTHORIZED, codes::NO_AUTHORIZATION, text);
    };
    let bearer = credentials.to_str().ok().and_then(|text| text.split_once(' '));
    let right = bearer.is_some_and(|(scheme, bearer)| {
        scheme.eq_ignore_ascii_case("bearer") && bearer == shared.config.bearer
    });
    if !right {
        let status = chosen(shared.config.wrong_bearer_status, StatusCode::UNAUTHORIZED);
        return refused(status, codes::WRONG_BEARER, "the API token is not valid.");
    }
    if shared.with_state(|state| state.service(&route.service_id)).is_none() {
        let status = chosen(shared.config.unknown_service_status, StatusCode::NOT_FOUND);
        return refused(status, codes::UNKNOWN_SERVICE, "the service was not found.");
    }
    Ok(())
}

/// Carries the operation out. A refusal is an answer like any other.
fn carried_out(route: &Route, head: &Parts, body: &Bytes, shared: &Shared) -> Answer {
    let outcome = match route.operation {
        Operation::CreateBatch => batch::create(route, head, body, shared),
        Operation::BatchStatus => batch::status(route, head, shared),
        Operation::CreateToken => tokens::create(route, head, body, shared),
        Operation::ListTokens => tokens::list(route, head, shared),
        Operation::DeleteToken => tokens::delete(route, head, shared),
        Operation::Introspect => introspection::introspect(route, head, body, shared),
    };
    outcome.unwrap_or_else(|refusal| refusal)
}

/// An object with these members besides.
fn extended<const N: usize>(object: Value, members: [(&str, Value); N]) -> Value {
    let mut all = match object {
        Value::Object(all) => all,
        _ => serde_json::Map::new(),
    };
    all.extend(members.map(|(name, value)| (name.to_owned(), value)));
    Value::Object(all)
}

/// Refuses a body that is not declared as JSON.
fn must_be_json(head: &Parts) -> Result<(), Answer> {
    let declared = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = declared.and_then(|text| text.split(';').next()).map(str::trim);
    if essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")) {
        return Ok(());
    }
    let text = "the content type is not application/json.";
    Err(Answer::result(StatusCode::UNSUPPORTED_MEDIA_TYPE, codes::BAD_CONTENT_TYPE, head.uri.path(), text))
}

/// Reads a body. What is wrong with it is told by position only, never by value.
fn parsed<T: serde::de::DeserializeOwned>(head: &Parts, body: &Bytes) -> Result<T, Answer> {
    must_be_json(head)?;
    serde_json::from_slice(body).map_err(|error| {
        let text = format!(
            "the body is not the JSON that is expected here (line {}, column {}).",
            error.line(),
            error.column()
        );
        Answer::result(StatusCode::BAD_REQUEST, codes::BAD_BODY, head.uri.path(), &text)
    })
}

/// A JSON object. serde would take an array for a struct, member by member.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members))
            }
        }

        deserializer.deserialize_map(Members(PhantomData)).map(Self)
    }
}

/// The value of a query parameter; `None` when absent, a refusal when repeated or badly encoded.
fn query_parameter(head: &Parts, name: &str) -> Result<Option<String>, Answer> {
    let mut found = None;
    for pair in head.uri.query().unwrap_or_default().split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if percent_decoded(key, true).as_deref() != Some(name) {
            continue;
        }
        match (percent_decoded(value, true), &found) {
            (Some(value), None) => found = Some(value),
            _ => return Err(bad_query(head)),
        }
    }
    Ok(found)
}

fn bad_query(head: &Parts) -> Answer {
    let text = "a query parameter is not understood.";
    Answer::result(StatusCode::BAD_REQUEST, codes::BAD_QUERY, head.uri.path(), text)
}

/// Decodes percent-encoding, and `+` as a space in a query. `None` when it is wrong or not UTF-8.
fn percent_decoded(text: &str, query: bool) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            b'+' if query => b' ',
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_one_segment_at_a_time() {
        let route = Route::of(&Method::DELETE, "/api/1/auth/token/delete/a%2Fb+%2e%2E");
        assert_eq!(route.map(|route| route.parameter), Ok("a/b+..".to_owned()));
        assert_eq!(Route::of(&Method::DELETE, "/api/1/auth/token/delete/a/b"), Err(NoRoute::Path));
        assert_eq!(Route::of(&Method::DELETE, "/api/1/auth/token/delete/%zz"), Err(NoRoute::Path));
        assert_eq!(Route::of(&Method::GET, "/api/1/auth/token/create"), Err(NoRoute::Method));
    }
}

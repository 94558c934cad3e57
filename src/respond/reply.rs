//! From a row of the table of actions to a response. Everything here is compiled once, whatever the number of endpoints.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, PRAGMA, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use super::headers::{header, set};
use super::how::{How, Nonces};
use crate::models::{Secret, ServerText};

/// What becomes of one action: a row of the table that the functions share.
#[derive(Clone, Copy)]
pub(super) struct Reply {
    status: StatusCode,
    place: Place,
    challenge: Challenge,
}

/// Where the content goes that Authlete made.
#[derive(Clone, Copy)]
enum Place {
    /// Into the body, which is of this media type.
    Body(&'static str),
    /// Into `WWW-Authenticate`.
    Challenge,
    /// Into `Location`.
    Location,
    /// Nowhere: the body is this JSON, or empty.
    Fixed(&'static str),
}

/// A challenge of our own.
#[derive(Clone, Copy)]
enum Challenge {
    None,
    /// `Basic`, unless the application has a realm of its own.
    Basic(&'static str),
    Bearer(&'static str),
}

pub(super) const JSON: &str = "application/json;charset=UTF-8";
const HTML: &str = "text/html;charset=UTF-8";
const SERVER_ERROR: &str = r#"{"error":"server_error"}"#;

impl Reply {
    pub(super) const LOCATION: Self = Self::new(StatusCode::SEE_OTHER, Place::Location);
    pub(super) const FORM: Self = Self::body(StatusCode::OK, HTML);
    /// The answer has an action that this version does not know, or none, or lacks what its action needs.
    pub(super) const UNUSABLE: Self = Self::fixed(StatusCode::INTERNAL_SERVER_ERROR, SERVER_ERROR);

    const fn new(status: StatusCode, place: Place) -> Self {
        Self { status, place, challenge: Challenge::None }
    }

    pub(super) const fn body(status: StatusCode, media_type: &'static str) -> Self {
        Self::new(status, Place::Body(media_type))
    }

    pub(super) const fn json(status: StatusCode) -> Self {
        Self::body(status, JSON)
    }

    /// The content is a challenge.
    pub(super) const fn challenge(status: StatusCode) -> Self {
        Self::new(status, Place::Challenge)
    }

    /// JSON of our own.
    pub(super) const fn fixed(status: StatusCode, json: &'static str) -> Self {
        Self::new(status, Place::Fixed(json))
    }

    pub(super) const fn empty(status: StatusCode) -> Self {
        Self::fixed(status, "")
    }

    /// 401 with the content as JSON, and a `Basic` challenge with a realm.
    pub(super) const fn basic(challenge: &'static str) -> Self {
        Self { challenge: Challenge::Basic(challenge), ..Self::json(StatusCode::UNAUTHORIZED) }
    }

    /// 401 with JSON of our own, and a `Basic` challenge with a realm.
    pub(super) const fn fixed_basic(json: &'static str, challenge: &'static str) -> Self {
        Self { challenge: Challenge::Basic(challenge), ..Self::fixed(StatusCode::UNAUTHORIZED, json) }
    }

    /// 401 with the content as JSON, and a `Bearer` challenge.
    pub(super) const fn bearer(challenge: &'static str) -> Self {
        Self { challenge: Challenge::Bearer(challenge), ..Self::json(StatusCode::UNAUTHORIZED) }
    }

    /// The response. The nonces of the answer go before those that `how` carries on.
    pub(super) fn send(self, content: impl Content, how: &How, nonces: Nonces) -> Response<Bytes> {
        finish(self, content.text(), how, nonces)
    }
}

/// What Authlete made for the client.
pub(super) trait Content {
    fn text(self) -> Option<String>;
}

impl Content for Option<Secret> {
    fn text(self) -> Option<String> {
        self.map(Secret::into_text)
    }
}

impl Content for Option<ServerText> {
    fn text(self) -> Option<String> {
        self.map(String::from)
    }
}

impl Content for Option<String> {
    fn text(self) -> Option<String> {
        self
    }
}

/// There is no content, or none of it goes out.
impl Content for () {
    fn text(self) -> Option<String> {
        None
    }
}

fn finish(reply: Reply, content: Option<String>, how: &How, nonces: Nonces) -> Response<Bytes> {
    let content = content.filter(|content| !content.trim_ascii().is_empty());
    let mut response = fill(reply, content, how).unwrap_or_else(server_error);
    let headers = response.headers_mut();
    how.nonces.add_to(headers);
    nonces.put_into(headers);
    response
}

/// Puts everything in its place; `None` if there is nothing to put, or if it does not fit.
fn fill(reply: Reply, content: Option<String>, how: &How) -> Option<Response<Bytes>> {
    let mut response = no_store(reply.status);
    match reply.challenge {
        Challenge::None => {}
        Challenge::Basic(text) => {
            let value = how.basic.clone().unwrap_or(HeaderValue::from_static(text));
            set(response.headers_mut(), WWW_AUTHENTICATE, value);
        }
        Challenge::Bearer(text) => {
            set(response.headers_mut(), WWW_AUTHENTICATE, HeaderValue::from_static(text));
        }
    }
    match reply.place {
        Place::Fixed("") => {}
        Place::Fixed(json) => put(&mut response, JSON, Bytes::from_static(json.as_bytes())),
        Place::Body(media_type) => put(&mut response, media_type, content?.into()),
        Place::Challenge => set(response.headers_mut(), WWW_AUTHENTICATE, header(content?)?),
        Place::Location => {
            let content = content?;
            if is_absolute_uri(&content) {
                *response.status_mut() = how.redirect.status();
                let mut value = header(content)?;
                // It may hold a code or a token.
                value.set_sensitive(true);
                set(response.headers_mut(), LOCATION, value);
            } else {
                *response.status_mut() = StatusCode::OK;
                put(&mut response, HTML, content.into());
            }
        }
    }
    Some(response)
}

/// A response without a body that must not be stored.
pub(super) fn no_store(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    set(headers, CACHE_CONTROL, HeaderValue::from_static("no-store"));
    set(headers, PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

fn put(response: &mut Response<Bytes>, media_type: &'static str, body: Bytes) {
    set(response.headers_mut(), CONTENT_TYPE, HeaderValue::from_static(media_type));
    *response.body_mut() = body;
}

/// The answer to any failure on this side: 500 with `{"error":"server_error"}`, not to be stored.
///
/// It tells the client nothing else. Use it for failures of your own too, such as a database that does not answer.
#[must_use]
pub fn server_error() -> Response<Bytes> {
    let mut response = no_store(StatusCode::INTERNAL_SERVER_ERROR);
    put(&mut response, JSON, Bytes::from_static(SERVER_ERROR.as_bytes()));
    response
}

/// Whether this is a URI with a scheme (RFC 3986 section 3) to which a client can be redirected. Redirection URIs may have a
/// fragment here and schemes of their own.
fn is_absolute_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    if !scheme.starts_with(|first: char| first.is_ascii_alphabetic()) || !scheme.bytes().all(of_scheme) {
        return false;
    }
    // Those of the web name a host (RFC 9110 section 4.2).
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.strip_prefix("//").unwrap_or_default();
    if rest.is_empty() || is_web && (host.is_empty() || host.starts_with(['/', '?', '#', ':', '@'])) {
        return false;
    }
    let mut bytes = rest.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                let digits = [bytes.next(), bytes.next()];
                digits.iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()))
            }
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// A secret that is there and not empty.
pub(super) fn present(secret: Option<Secret>) -> Option<Secret> {
    secret.filter(|secret| !secret.expose().is_empty())
}

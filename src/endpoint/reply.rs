//! From a row of the table of actions to a response. Everything here is compiled once, whatever the number of endpoints.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, PRAGMA, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use super::challenge::complete;
use super::headers::{header, is_blank, is_header, set};
use super::location::{escaped, is_page};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::page::ErrorPage;
use super::result_code::ResultCode;
use crate::models::{Secret, ServerText};

/// What becomes of one action: a row of the table that the functions share.
#[derive(Clone, Copy)]
pub(super) struct Reply {
    status: StatusCode,
    place: Destination,
    /// A challenge of our own, or none.
    challenge: &'static str,
    /// Whether it is a `Basic` challenge, for which the application may have a realm.
    is_basic: bool,
    /// Whether it may be 400 without a challenge, for a client that has not tried HTTP authentication.
    is_optional: bool,
}

/// Where the content goes that Authlete made.
#[derive(Clone, Copy)]
enum Destination {
    /// Into the body, which is of this media type.
    Body(&'static str),
    /// Into `WWW-Authenticate`.
    Challenge,
    /// Into `Location`.
    Location,
    /// Nowhere: the body is this JSON, or empty.
    Fixed(&'static str),
}

pub(super) const JSON: &str = "application/json;charset=UTF-8";
const HTML: &str = "text/html;charset=UTF-8";
const SERVER_ERROR: &str = r#"{"error":"server_error"}"#;

impl Reply {
    pub(super) const LOCATION: Self = Self::new(StatusCode::SEE_OTHER, Destination::Location);
    pub(super) const FORM: Self = Self::body(StatusCode::OK, HTML);
    /// The answer has an action that this version does not know, or none, or lacks what its action needs.
    pub(super) const UNUSABLE: Self = Self::fixed(StatusCode::INTERNAL_SERVER_ERROR, SERVER_ERROR);

    const fn new(status: StatusCode, place: Destination) -> Self {
        Self { status, place, challenge: "", is_basic: false, is_optional: false }
    }

    pub(super) const fn body(status: StatusCode, media_type: &'static str) -> Self {
        Self::new(status, Destination::Body(media_type))
    }

    pub(super) const fn json(status: StatusCode) -> Self {
        Self::body(status, JSON)
    }

    /// The content is a challenge.
    pub(super) const fn challenge(status: StatusCode) -> Self {
        Self::new(status, Destination::Challenge)
    }

    /// JSON of our own.
    pub(super) const fn fixed(status: StatusCode, json: &'static str) -> Self {
        Self::new(status, Destination::Fixed(json))
    }

    pub(super) const fn empty(status: StatusCode) -> Self {
        Self::fixed(status, "")
    }

    /// 401 with the content as JSON, and a `Basic` challenge with a realm.
    pub(super) const fn basic(challenge: &'static str) -> Self {
        Self { challenge, is_basic: true, is_optional: true, ..Self::json(StatusCode::UNAUTHORIZED) }
    }

    /// 401 with JSON of our own, and a `Basic` challenge with a realm.
    pub(super) const fn fixed_basic(json: &'static str, challenge: &'static str) -> Self {
        Self { challenge, is_basic: true, ..Self::fixed(StatusCode::UNAUTHORIZED, json) }
    }

    /// 401 with the content as JSON, and a `Bearer` challenge.
    pub(super) const fn bearer(challenge: &'static str) -> Self {
        Self { challenge, ..Self::json(StatusCode::UNAUTHORIZED) }
    }

    /// What the content allows: it may be missing, be no header, or no URI.
    fn fit(self, content: &str) -> Self {
        match self.place {
            Destination::Fixed(_) => self,
            _ if is_blank(content) => Self::UNUSABLE,
            Destination::Location if escaped(content).is_some() => self,
            Destination::Location if is_page(content) => Self::FORM,
            Destination::Location => Self::UNUSABLE,
            Destination::Challenge if !is_header(content) => Self::UNUSABLE,
            _ => self,
        }
    }

    /// The response. The nonces of the answer go before those that the options carry on.
    pub(super) fn send(
        self,
        content: impl Content,
        code: Option<ResultCode>,
        options: &EndpointOptions,
        nonces: Nonces,
    ) -> Response<Bytes> {
        let mut response = finish(self, content.text(), options, nonces);
        if let Some(code) = code {
            response.extensions_mut().insert(code);
        }
        response
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

fn finish(
    reply: Reply,
    content: Option<String>,
    options: &EndpointOptions,
    nonces: Nonces,
) -> Response<Bytes> {
    let content = content.unwrap_or_default();
    let reply = reply.fit(&content);
    let mut response = no_store(reply.status);
    let headers = response.headers_mut();
    nonces.put_into(headers, &options.nonces);
    let settings = &*options.settings;
    let is_challenged = !reply.is_optional || options.is_challenged;
    if !reply.challenge.is_empty() && is_challenged {
        let value = match &settings.basic {
            Some(own) if reply.is_basic => own.clone(),
            _ => HeaderValue::from_static(reply.challenge),
        };
        set(headers, WWW_AUTHENTICATE, value);
    }
    let (media_type, body) = match reply.place {
        Destination::Body(media_type) => (media_type, Bytes::from(content)),
        Destination::Fixed(json) => {
            (if json.is_empty() { "" } else { JSON }, Bytes::from_static(json.as_bytes()))
        }
        Destination::Challenge => {
            let (metadata, algs) = (settings.resource_metadata.as_deref(), settings.dpop_algs.as_deref());
            if let Some(value) = header(complete(content, metadata, algs)) {
                set(headers, WWW_AUTHENTICATE, value);
            }
            return response;
        }
        Destination::Location => {
            let uri = match escaped(&content) {
                Some(Cow::Owned(uri)) => uri,
                _ => content,
            };
            if let Some(mut value) = header(uri) {
                // It may hold a code or a token.
                value.set_sensitive(true);
                set(headers, LOCATION, value);
            }
            *response.status_mut() = settings.redirect.status();
            return response;
        }
    };
    if !media_type.is_empty() {
        set(headers, CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    *response.body_mut() = body;
    if !is_challenged {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response
}

/// An error as the page of the application, if it makes one.
pub(super) fn paged(mut response: Response<Bytes>, options: &EndpointOptions) -> Response<Bytes> {
    let status = response.status();
    let Some(make) = &options.settings.error_page else { return response };
    if status.is_client_error() || status.is_server_error() {
        let json = std::str::from_utf8(response.body()).unwrap_or_default();
        let page = make(&ErrorPage { status, json });
        *response.body_mut() = page.into();
        set(response.headers_mut(), CONTENT_TYPE, HeaderValue::from_static(HTML));
    }
    response
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

/// The answer to any failure on this side: 500 with `{"error":"server_error"}`, not to be stored.
///
/// It tells the client nothing else. Use it for failures of your own too, such as a database that does not answer.
#[must_use]
pub fn server_error() -> Response<Bytes> {
    let mut response = no_store(StatusCode::INTERNAL_SERVER_ERROR);
    set(response.headers_mut(), CONTENT_TYPE, HeaderValue::from_static(JSON));
    *response.body_mut() = Bytes::from_static(SERVER_ERROR.as_bytes());
    response
}

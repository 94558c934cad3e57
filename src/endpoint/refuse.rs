//! What is answered without Authlete, or although it has not answered.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use super::challenge::push;
use super::headers::{header, set};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::{Reply, no_store, paged, server_error};
use crate::error::AuthleteError;

/// From a call that failed to the response: 500 with `server_error` and none of Authlete's words; 503 with `Retry-After` if
/// Authlete answered 429 or 503.
///
/// The client learns nothing of the error. It is in the response's extensions, as an `Arc<AuthleteError>`, for a layer that
/// logs it.
#[must_use]
pub fn failure(error: AuthleteError) -> Response<Bytes> {
    let mut response = server_error();
    let status = error.http().map(|head| head.status);
    if matches!(status, Some(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)) {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        if let Some(wait) = error.retry_after() {
            // Rounded up: never earlier than asked.
            let seconds = wait.saturating_add(Duration::from_nanos(999_999_999)).as_secs();
            set(response.headers_mut(), RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    response.extensions_mut().insert(Arc::new(error));
    response
}

/// Why a handler has no answer of Authlete: the request was refused, or the call failed. Both become it by `?`.
///
/// ```
/// use authlete::endpoint::{EndpointOptions, Failure, token};
/// use authlete::{AuthleteCore, funcs};
/// use bytes::Bytes;
/// use http::{Request, Response};
///
/// async fn answer(
///     core: &AuthleteCore,
///     options: &EndpointOptions,
///     request: &Request<Bytes>,
/// ) -> Result<token::Next, Failure> {
///     let model = token::request(request, options)?;
///     let answer = funcs::token_process(core, &model.into(), None).await?;
///     Ok(token::respond(answer.value, options))
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The request was refused.
    Refused(Refusal),
    /// The call failed.
    Failed(AuthleteError),
}

impl Failure {
    /// The response.
    #[must_use]
    pub fn respond(self, options: &EndpointOptions) -> Response<Bytes> {
        match self {
            Self::Refused(refusal) => refusal.respond(options),
            Self::Failed(error) => failure(error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<AuthleteError> for Failure {
    fn from(error: AuthleteError) -> Self {
        Self::Failed(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Refused(_) => "the request was refused",
            Self::Failed(_) => "a call to Authlete failed",
        })
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Failed(error) => Some(error),
        }
    }
}

impl Refusal {
    /// The response.
    #[must_use]
    pub fn respond(self, options: &EndpointOptions) -> Response<Bytes> {
        let mut response = match self {
            Self::NoToken
            | Self::MalformedToken
            | Self::MalformedDpopToken
            | Self::NoProof
            | Self::BoundToken => challenged(self, options),
            _ => content(self).send((), None, options, Nonces::default()),
        };
        if let Self::MethodNotAllowed(methods) = self {
            set(response.headers_mut(), ALLOW, HeaderValue::from_static(methods));
        }
        response
    }

    /// The response at the authorization endpoint, for a browser: the page of
    /// [`error_page`](super::EndpointOptionsBuilder::error_page), if there is one.
    #[must_use]
    pub fn page(self, options: &EndpointOptions) -> Response<Bytes> {
        paged(self.respond(options), options)
    }
}

/// The response of a refusal that is told in the body.
fn content(refusal: Refusal) -> Reply {
    const INVALID_CLIENT: Reply =
        Reply::fixed_basic(r#"{"error":"invalid_client"}"#, r#"Basic realm="client""#);
    const INVALID_REQUEST: &str = r#"{"error":"invalid_request"}"#;
    match refusal {
        Refusal::MalformedCredentials | Refusal::NoCredentials | Refusal::WrongCredentials => INVALID_CLIENT,
        Refusal::MalformedProof => Reply::fixed(StatusCode::BAD_REQUEST, r#"{"error":"invalid_dpop_proof"}"#),
        Refusal::TooLong => Reply::fixed(StatusCode::PAYLOAD_TOO_LARGE, INVALID_REQUEST),
        Refusal::MethodNotAllowed(_) => Reply::fixed(StatusCode::METHOD_NOT_ALLOWED, INVALID_REQUEST),
        _ => Reply::fixed(StatusCode::BAD_REQUEST, INVALID_REQUEST),
    }
}

/// The response of a refusal that is told in a challenge.
fn challenged(refusal: Refusal, options: &EndpointOptions) -> Response<Bytes> {
    let settings = &*options.settings;
    let (realm, metadata) = (settings.realm.as_deref(), settings.resource_metadata.as_deref());
    let algs = settings.dpop_algs.as_deref();
    let one = |scheme: &str, error: &str, algs: Option<&str>| {
        let mut text = String::new();
        push(&mut text, scheme, [realm, Some(error), algs, metadata]);
        text
    };
    const INVALID_REQUEST: &str = r#"error="invalid_request""#;
    let (status, challenge) = match refusal {
        Refusal::MalformedToken => (StatusCode::BAD_REQUEST, one("Bearer", INVALID_REQUEST, None)),
        Refusal::MalformedDpopToken if algs.is_some() => {
            (StatusCode::BAD_REQUEST, one("DPoP", INVALID_REQUEST, algs))
        }
        Refusal::NoProof if algs.is_some() => {
            (StatusCode::UNAUTHORIZED, one("DPoP", r#"error="invalid_dpop_proof""#, algs))
        }
        Refusal::BoundToken => {
            let scheme = if algs.is_some() { "DPoP" } else { "Bearer" };
            (StatusCode::UNAUTHORIZED, one(scheme, r#"error="invalid_token""#, algs))
        }
        // To a resource without DPoP its scheme is unknown, like any other.
        _ => {
            let mut text = String::new();
            push(&mut text, "Bearer", [realm, metadata]);
            if let Some(algs) = algs {
                push(&mut text, "DPoP", [realm, Some(algs), metadata]);
            }
            (StatusCode::UNAUTHORIZED, text)
        }
    };
    let mut response = no_store(status);
    if let Some(challenge) = header(challenge) {
        set(response.headers_mut(), WWW_AUTHENTICATE, challenge);
    }
    options.nonces.add_to(response.headers_mut());
    response
}

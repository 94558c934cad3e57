//! Documents about the server. Their answers have no action.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, LOCATION, PRAGMA};
use http::{Response, StatusCode};

use super::headers::set;
use super::how::{How, Nonces};
use super::refusal::failure;
use super::reply::Reply;
use crate::error::AuthleteError;
use crate::models::{RawJson, ServiceJwksGetResponse};

/// From the answer of [`service_get_configuration`](crate::funcs::service_get_configuration) to the response at
/// `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 section 4) or
/// `/.well-known/oauth-authorization-server` (RFC 8414 section 3): 200 with the document.
///
/// [`How::max_age`] lets it be stored.
#[must_use]
pub fn discovery(answer: RawJson, how: &How) -> Response<Bytes> {
    document(String::from(answer), how)
}

/// From what [`jwk_set_endpoint_service_jwks_get_api`](crate::funcs::jwk_set_endpoint_service_jwks_get_api) returns to the
/// response at the `jwks_uri`: 200 with the JWK Set (RFC 7517 section 5), 204 if the service has none, or a redirect if its
/// keys are elsewhere, which that function returns as an error. Any other error becomes [`failure`].
///
/// Never call that function with `include_private_keys` for this. [`How::max_age`] lets a JWK Set be stored.
///
/// ```no_run
/// use authlete::funcs::jwk_set_endpoint_service_jwks_get_api;
/// use authlete::models::operations::ServiceJwksGetApiRequest;
/// use authlete::respond::{self, How};
///
/// # async fn example(core: authlete::AuthleteCore, how: How) -> http::Response<bytes::Bytes> {
/// let request = ServiceJwksGetApiRequest::new();
/// let result = jwk_set_endpoint_service_jwks_get_api(&core, &request, None).await;
/// respond::jwks(result.map(|envelope| envelope.value), &how)
/// # }
/// ```
#[must_use]
pub fn jwks(result: Result<ServiceJwksGetResponse, AuthleteError>, how: &How) -> Response<Bytes> {
    match result {
        Ok(answer) => match answer.keys {
            Some(keys) => document(set_of(&keys), how),
            None => Reply::empty(StatusCode::NO_CONTENT).send((), how, Nonces::default()),
        },
        Err(error) => elsewhere(&error, how).unwrap_or_else(|| failure(&error)),
    }
}

/// The text of a JWK Set, in one buffer, with the keys as they came.
fn set_of(keys: &[RawJson]) -> String {
    const START: &str = r#"{"keys":["#;
    const END: &str = "]}";

    let length: usize = keys.iter().map(|key| key.as_str().len() + 1).sum();
    let mut text = String::with_capacity(START.len() + length + END.len());
    text.push_str(START);
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(key.as_str());
    }
    text.push_str(END);
    text
}

/// The redirect to where the keys are.
fn elsewhere(error: &AuthleteError, how: &How) -> Option<Response<Bytes>> {
    let head = error.http().filter(|head| head.status.is_redirection())?;
    let location = head.headers.get(LOCATION)?.to_str().ok()?.to_owned();
    let response = Reply::LOCATION.send(Some(location), how, Nonces::default());
    response.headers().contains_key(LOCATION).then_some(response)
}

/// A document that may be stored, if the application says so.
fn document(text: String, how: &How) -> Response<Bytes> {
    let mut response = Reply::json(StatusCode::OK).send(Some(text), how, Nonces::default());
    if let Some(max_age) = &how.max_age
        && response.status() == StatusCode::OK
    {
        set(response.headers_mut(), CACHE_CONTROL, max_age.clone());
        response.headers_mut().remove(PRAGMA);
    }
    response
}

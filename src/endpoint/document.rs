//! Documents about the server, whose answers have no action.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, PRAGMA};
use http::{Response, StatusCode};

use super::headers::set;
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::reply::Reply;

/// A document that may be stored, if the application says so.
pub(super) fn document(text: String, options: &EndpointOptions) -> Response<Bytes> {
    let mut response = Reply::json(StatusCode::OK).send(Some(text), None, options, Nonces::default());
    if let Some(max_age) = &options.settings.max_age
        && response.status() == StatusCode::OK
    {
        set(response.headers_mut(), CACHE_CONTROL, max_age.clone());
        response.headers_mut().remove(PRAGMA);
    }
    response
}

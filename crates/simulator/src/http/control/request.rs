//! What the control path is told and asked, read strictly.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{Method, StatusCode};
use hyper::body::Body as _;
use serde::de::DeserializeOwned;

use super::answer::Problem;
use crate::json::{Misread, read};
use crate::operations::pairs;

/// Refuses a query.
pub(super) async fn without_query(request: Request, next: Next) -> Result<Response, Problem> {
    match request.uri().query() {
        None | Some("") => Ok(next.run(request).await),
        Some(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "a query means nothing here")),
    }
}

/// Refuses a body where it would be overlooked.
pub(super) async fn body_in_its_place(request: Request, next: Next) -> Result<Response, Problem> {
    if *request.method() != Method::POST && !request.body().is_end_stream() {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "a body means nothing with this method"));
    }
    Ok(next.run(request).await)
}

/// A JSON body.
pub(super) struct Told<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Told<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let JsonBytes(text) = JsonBytes::from_request(request, state).await?;
        Ok(Self(read(&text)?))
    }
}

/// The bytes of a JSON body.
pub(super) struct JsonBytes(pub(super) Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBytes {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.and_then(|text| text.split(';').next()).map(str::trim);
        if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")) {
            let error = "the content type is not application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, error));
        }
        let body = Bytes::from_request(request, state).await;
        body.map(Self).map_err(|rejection| Problem::new(rejection.status(), rejection.body_text()))
    }
}

/// A query.
pub(super) struct StrictQuery<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for StrictQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = pairs(parts.uri.query().unwrap_or_default())
            .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.to_string()))?;
        Ok(Self(serde_path_to_error::deserialize(pairs).map_err(Misread::from_serde)?))
    }
}

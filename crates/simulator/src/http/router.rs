//! From a request's target to what answers it.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use http::StatusCode;

use super::exchange::exchange;
use super::shared::Shared;
use super::target::Target;
use crate::operations::Operation;

type Parameters = Result<RawPathParams, RawPathParamsRejection>;
type Exchange = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The routes of every operation. A parameter is one segment, so that an encoded slash stays inside.
pub(super) fn router(shared: &Arc<Shared>) -> Router {
    let mut router = Router::new();
    for operation in Operation::ALL {
        let filter = match operation.method() {
            "GET" => MethodFilter::GET,
            "PUT" => MethodFilter::PUT,
            "DELETE" => MethodFilter::DELETE,
            _ => MethodFilter::POST,
        };
        let handler = handler(shared, Target::Operation(*operation));
        router = router.route(operation.path(), on(filter, handler));
    }
    router
        .fallback(handler(shared, Target::Unknown(StatusCode::NOT_FOUND)))
        .method_not_allowed_fallback(handler(shared, Target::Unknown(StatusCode::METHOD_NOT_ALLOWED)))
}

fn handler(
    shared: &Arc<Shared>,
    target: Target,
) -> impl Fn(Parameters, Request) -> Exchange + Clone + Send + Sync + 'static {
    let shared = Arc::clone(shared);
    move |parameters, request| {
        let parameters = parameters.iter().flatten();
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Box::pin(exchange(Arc::clone(&shared), target, parameters, request))
    }
}

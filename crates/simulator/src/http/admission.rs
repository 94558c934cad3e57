//! Who may call: the bearer, and the service it is for.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::shared::Shared;
use crate::operations::Refusal;
use crate::protocol::codes;

/// Checks the bearer and returns the service; an empty ID where the path names none.
pub(super) fn admit(
    headers: &HeaderMap,
    service_id: Option<&str>,
    shared: &Shared,
) -> Result<Arc<str>, Refusal> {
    let Some(credentials) = headers.get(AUTHORIZATION) else {
        let text = "the request does not have an Authorization header.";
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, codes::NO_AUTHORIZATION, text));
    };
    let bearer = credentials.to_str().ok().and_then(|text| text.split_once(' '));
    let right = bearer.is_some_and(|(scheme, bearer)| {
        scheme.eq_ignore_ascii_case("bearer") && bearer == shared.setup.bearer
    });
    let chosen = |status, otherwise| StatusCode::from_u16(status).unwrap_or(otherwise);
    shared.engine.with(|world| {
        let switches = &world.config.switches;
        if !right {
            let status = chosen(switches.wrong_bearer_status, StatusCode::UNAUTHORIZED);
            return Err(Refusal::new(status, codes::WRONG_BEARER, "the API token is not valid."));
        }
        let Some(service_id) = service_id else {
            return Ok(Arc::default());
        };
        world.config.service(service_id).ok_or_else(|| {
            let status = chosen(switches.unknown_service_status, StatusCode::NOT_FOUND);
            Refusal::new(status, codes::UNKNOWN_SERVICE, "the service was not found.")
        })
    })
}

//! The endpoints at which nothing is left to decide.

use bytes::Bytes;
use http::{Response, StatusCode};

use super::headers::is_blank;
use super::how::{How, Nonces};
use super::reply::Reply;
use crate::models::{
    AttestationChallengeResponse, AttestationChallengeResponseAction, ClientRegistrationResponse,
    ClientRegistrationResponseAction, FederationConfigurationResponse, FederationConfigurationResponseAction,
    FederationRegistrationResponse, FederationRegistrationResponseAction, PushedAuthorizationResponse,
    PushedAuthorizationResponseAction, RevocationResponse, RevocationResponseAction,
    StandardIntrospectionResponse, StandardIntrospectionResponseAction,
};

const ENTITY_STATEMENT: &str = "application/entity-statement+jwt";

/// From the answer of [`pushed_authorization_create`](crate::funcs::pushed_authorization_create) to the response (RFC 9126):
/// 201, 400, 401, 403, 413 or 500 with JSON.
#[must_use]
pub fn pushed_authorization(mut answer: PushedAuthorizationResponse, how: &How) -> Response<Bytes> {
    let nonces = Nonces::of(answer.dpop_nonce.take(), answer.attestation_challenge.take());
    let reply = reply!(answer.action, PushedAuthorizationResponseAction {
        Created => Reply::json(StatusCode::CREATED),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::basic(r#"Basic realm="par""#),
        Forbidden => Reply::json(StatusCode::FORBIDDEN),
        PayloadTooLarge => Reply::json(StatusCode::PAYLOAD_TOO_LARGE),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, nonces)
}

/// From the answer of [`revocation_process`](crate::funcs::revocation_process) to the response (RFC 7009): 200 without a
/// body, or with JavaScript if the request had a `callback`; 400, 401 or 500 with JSON.
#[must_use]
pub fn revocation(mut answer: RevocationResponse, how: &How) -> Response<Bytes> {
    let nonces = Nonces::of(None, answer.attestation_challenge.take());
    let reply = reply!(answer.action, RevocationResponseAction {
        InvalidClient => Reply::basic(r#"Basic realm="revocation""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Ok => match &answer.response_content {
            Some(content) if !is_blank(content) => {
                Reply::body(StatusCode::OK, "application/javascript;charset=UTF-8")
            }
            _ => Reply::empty(StatusCode::OK),
        },
    });
    reply.send(answer.response_content.take(), how, nonces)
}

/// From the answer of [`introspection_standard_process`](crate::funcs::introspection_standard_process) to the response of an
/// introspection endpoint: 200 with JSON (RFC 7662) or a JWT (RFC 9701), 400 or 500 with JSON.
///
/// **Authlete does not check who asks**: authenticate the resource server before the call (RFC 7662 section 2.1).
#[must_use]
pub fn standard_introspection(mut answer: StandardIntrospectionResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, StandardIntrospectionResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Ok => Reply::json(StatusCode::OK),
        Jwt => Reply::body(StatusCode::OK, "application/token-introspection+jwt"),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of any of the four functions of dynamic client registration, such as
/// [`dynamic_client_registration_register`](crate::funcs::dynamic_client_registration_register), to the response (RFC 7591,
/// RFC 7592): 200, 201, 400, 401 or 500 with JSON, or 204.
#[must_use]
pub fn client_registration(mut answer: ClientRegistrationResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, ClientRegistrationResponseAction {
        Created => Reply::json(StatusCode::CREATED),
        Ok | Updated => Reply::json(StatusCode::OK),
        Deleted => Reply::empty(StatusCode::NO_CONTENT),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Unauthorized => Reply::bearer(r#"Bearer error="invalid_token""#),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`federation_configuration`](crate::funcs::federation_configuration) to the response (OpenID
/// Federation 1.0 section 9): 200 with an entity statement, 404 or 500 with JSON.
#[must_use]
pub fn federation_configuration(mut answer: FederationConfigurationResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, FederationConfigurationResponseAction {
        Ok => Reply::body(StatusCode::OK, ENTITY_STATEMENT),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`federation_registration`](crate::funcs::federation_registration) to the response (OpenID Federation
/// 1.0 section 12.2): 200 with an entity statement, 400, 404 or 500 with JSON.
#[must_use]
pub fn federation_registration(mut answer: FederationRegistrationResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, FederationRegistrationResponseAction {
        Ok => Reply::body(StatusCode::OK, ENTITY_STATEMENT),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        NotFound => Reply::json(StatusCode::NOT_FOUND),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`attestation_challenge`](crate::funcs::attestation_challenge) to the response (OAuth 2.0
/// Attestation-Based Client Authentication): 200 or 500 with JSON.
#[must_use]
pub fn attestation_challenge(mut answer: AttestationChallengeResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, AttestationChallengeResponseAction {
        Ok => Reply::json(StatusCode::OK),
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

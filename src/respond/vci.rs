//! The issuance of verifiable credentials (OpenID for Verifiable Credential Issuance 1.0).

use bytes::Bytes;
use http::{Response, StatusCode};

use super::how::{How, Nonces};
use super::reply::Reply;
use crate::models::{
    CredentialOfferInfo, CredentialRequestInfo, VciBatchIssueResponse, VciBatchIssueResponseAction,
    VciBatchParseResponse, VciBatchParseResponseAction, VciDeferredIssueResponse,
    VciDeferredIssueResponseAction, VciDeferredParseResponse, VciDeferredParseResponseAction,
    VciJwksResponse, VciJwksResponseAction, VciJwtissuerResponse, VciJwtissuerResponseAction,
    VciMetadataResponse, VciMetadataResponseAction, VciNonceResponse, VciNonceResponseAction,
    VciOfferCreateResponse, VciOfferCreateResponseAction, VciOfferInfoResponse, VciOfferInfoResponseAction,
    VciSingleIssueResponse, VciSingleIssueResponseAction, VciSingleParseResponse,
    VciSingleParseResponseAction,
};

const JSON: &str = "application/json";
const JWT: &str = "application/jwt";
const EMPTY_OBJECT: &str = "{}";

/// What a document of the issuer answers.
macro_rules! document {
    ($answer:ident, $action:ident) => {
        reply!($answer.action, $action {
            Ok => Reply::json(StatusCode::OK),
            NotFound => Reply::json(StatusCode::NOT_FOUND),
            InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        })
    };
}

/// From the answer of [`verifiable_credentials_get_metadata`](crate::funcs::verifiable_credentials_get_metadata) to the
/// response, which is the credential issuer's metadata: 200, 404 or 500 with JSON.
#[must_use]
pub fn vci_metadata(mut answer: VciMetadataResponse, how: &How) -> Response<Bytes> {
    document!(answer, VciMetadataResponseAction).send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`verifiable_credentials_get_jwt_issuer`](crate::funcs::verifiable_credentials_get_jwt_issuer) to the
/// response, which is the JWT issuer's metadata: 200, 404 or 500 with JSON.
#[must_use]
pub fn vci_jwtissuer(mut answer: VciJwtissuerResponse, how: &How) -> Response<Bytes> {
    document!(answer, VciJwtissuerResponseAction).send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`verifiable_credentials_get_jwks`](crate::funcs::verifiable_credentials_get_jwks) to the response,
/// which is the credential issuer's JWK Set: 200, 404 or 500 with JSON.
#[must_use]
pub fn vci_jwks(mut answer: VciJwksResponse, how: &How) -> Response<Bytes> {
    document!(answer, VciJwksResponseAction).send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`verifiable_credentials_nonce`](crate::funcs::verifiable_credentials_nonce) to the response of the
/// nonce endpoint: 200, 404 or 500 with JSON.
#[must_use]
pub fn vci_nonce(mut answer: VciNonceResponse, how: &How) -> Response<Bytes> {
    document!(answer, VciNonceResponseAction).send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`verifiable_credentials_get_offer_info`](crate::funcs::verifiable_credentials_get_offer_info) to the
/// response at a `credential_offer_uri`: 200 with the offer, or 403, 404 or 500 with an empty JSON object.
#[must_use]
pub fn vci_offer_info(answer: VciOfferInfoResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, VciOfferInfoResponseAction {
        Ok => Reply::json(StatusCode::OK),
        Forbidden => Reply::fixed(StatusCode::FORBIDDEN, EMPTY_OBJECT),
        NotFound => Reply::fixed(StatusCode::NOT_FOUND, EMPTY_OBJECT),
        CallerError | AuthleteError => Reply::fixed(StatusCode::INTERNAL_SERVER_ERROR, EMPTY_OBJECT),
    });
    reply.send(answer.info.and_then(|mut info| info.credential_offer.take()), how, Nonces::default())
}

next! {
    /// What comes after [`vci_offer_create`]: a page of the application.
    pub enum VciOfferCreateNext {
        /// Show the offer, or its URI, to the user's wallet.
        Created(info: CredentialOfferInfo),
        /// The service does not issue credentials.
        Forbidden,
        /// Authlete has a problem. Show an error page.
        AuthleteError,
    }
}

/// From the answer of [`verifiable_credentials_create_offer`](crate::funcs::verifiable_credentials_create_offer) to what
/// comes next. `Respond` is a 500: the call was wrong, or the answer is unusable.
pub fn vci_offer_create(answer: VciOfferCreateResponse, how: &How) -> VciOfferCreateNext {
    use VciOfferCreateNext as Next;
    let reply = reply!(answer.action, VciOfferCreateResponseAction {
        Created => match answer.info {
            Some(info) => return Next::Created(info),
            None => Reply::UNUSABLE,
        },
        Forbidden => return Next::Forbidden,
        AuthleteError => return Next::AuthleteError,
        CallerError => Reply::UNUSABLE,
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}

/// What a credential request is, or why it is refused.
macro_rules! parsed {
    ($answer:ident, $how:ident, $action:ident, $next:ident) => {{
        let reply = reply!($answer.action, $action {
            Ok => match $answer.info {
                Some(info) => return $next::Info(info),
                None => Reply::UNUSABLE,
            },
            BadRequest => Reply::body(StatusCode::BAD_REQUEST, JSON),
            Unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),
            Forbidden => Reply::body(StatusCode::FORBIDDEN, JSON),
            InternalServerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, JSON),
        });
        $next::Respond(reply.send($answer.response_content.take(), $how, Nonces::default()))
    }};
}

next! {
    /// What comes after [`vci_single_parse`].
    pub enum VciSingleParseNext {
        /// Make the credential.
        Info(info: CredentialRequestInfo),
    }
}

/// From the answer of [`verifiable_credentials_parse`](crate::funcs::verifiable_credentials_parse) to what comes next at the
/// credential endpoint: the request, or 400, 403 or 500 with JSON, or 401 with a challenge.
///
/// Take `how` from [`How::with`] and the nonces of [`Resource`](super::Resource).
pub fn vci_single_parse(mut answer: VciSingleParseResponse, how: &How) -> VciSingleParseNext {
    parsed!(answer, how, VciSingleParseResponseAction, VciSingleParseNext)
}

next! {
    /// What comes after [`vci_batch_parse`].
    pub enum VciBatchParseNext {
        /// Make the credentials, one for each request.
        Info(info: Vec<CredentialRequestInfo>),
    }
}

/// From the answer of [`verifiable_credentials_batch_parse`](crate::funcs::verifiable_credentials_batch_parse) to what comes
/// next at the batch credential endpoint, as [`vci_single_parse`] does it.
pub fn vci_batch_parse(mut answer: VciBatchParseResponse, how: &How) -> VciBatchParseNext {
    parsed!(answer, how, VciBatchParseResponseAction, VciBatchParseNext)
}

next! {
    /// What comes after [`vci_deferred_parse`].
    pub enum VciDeferredParseNext {
        /// Hand the credential out, if it is ready. **This was the only check of the access token.**
        Info(info: CredentialRequestInfo),
    }
}

/// From the answer of [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse) to what
/// comes next at the deferred credential endpoint, as [`vci_single_parse`] does it.
pub fn vci_deferred_parse(mut answer: VciDeferredParseResponse, how: &How) -> VciDeferredParseNext {
    parsed!(answer, how, VciDeferredParseResponseAction, VciDeferredParseNext)
}

/// What the issuance of credentials answers.
macro_rules! issued {
    ($answer:ident, $how:ident, $action:ident $(, $unauthorized:ident)?) => {{
        let reply = reply!($answer.action, $action {
            Ok => Reply::body(StatusCode::OK, JSON),
            OkJwt => Reply::body(StatusCode::OK, JWT),
            Accepted => Reply::body(StatusCode::ACCEPTED, JSON),
            AcceptedJwt => Reply::body(StatusCode::ACCEPTED, JWT),
            BadRequest => Reply::body(StatusCode::BAD_REQUEST, JSON),
            $($unauthorized => Reply::challenge(StatusCode::UNAUTHORIZED),)?
            Forbidden => Reply::body(StatusCode::FORBIDDEN, JSON),
            InternalServerError | CallerError => Reply::body(StatusCode::INTERNAL_SERVER_ERROR, JSON),
        });
        reply.send($answer.response_content.take(), $how, Nonces::default())
    }};
}

/// From the answer of [`verifiable_credentials_issue`](crate::funcs::verifiable_credentials_issue) to the response: 200 with
/// a credential or 202 with a `transaction_id`, as JSON or as a JWT; 400, 403 or 500 with JSON, or 401 with a challenge.
///
/// Take `how` from [`How::with`] and the nonces of [`Resource`](super::Resource).
#[must_use]
pub fn vci_single_issue(mut answer: VciSingleIssueResponse, how: &How) -> Response<Bytes> {
    issued!(answer, how, VciSingleIssueResponseAction, Unauthorized)
}

/// From the answer of [`verifiable_credentials_batch_issue`](crate::funcs::verifiable_credentials_batch_issue) to the
/// response, as [`vci_single_issue`] does it.
#[must_use]
pub fn vci_batch_issue(mut answer: VciBatchIssueResponse, how: &How) -> Response<Bytes> {
    issued!(answer, how, VciBatchIssueResponseAction, Unauthorized)
}

/// From the answer of [`verifiable_credentials_deferred_issue`](crate::funcs::verifiable_credentials_deferred_issue) to the
/// response, as [`vci_single_issue`] does it. There is no 401: [`vci_deferred_parse`] has checked the token.
#[must_use]
pub fn vci_deferred_issue(mut answer: VciDeferredIssueResponse, how: &How) -> Response<Bytes> {
    issued!(answer, how, VciDeferredIssueResponseAction)
}

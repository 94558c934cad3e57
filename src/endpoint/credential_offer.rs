//! Credential offers (OpenID for Verifiable Credential Issuance 1.0 section 4): the one behind a `credential_offer_uri`, and new ones.
//!
//! | | |
//! |---|---|
//! | request | GET, the identifier of the offer last in the path |
//! | response | 200 with the offer as JSON, or 404, 500 |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, credential_offer};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     credential_offer::handle(core, request, options).await
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{GET, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::models::{
    CredentialOfferInfo, VciOfferCreateRequest, VciOfferCreateResponse, VciOfferCreateResponseAction,
    VciOfferInfoRequest, VciOfferInfoResponse, VciOfferInfoResponseAction,
};

const EMPTY_OBJECT: &str = "{}";

/// From the HTTP request to the request model: the last segment of the path identifies the offer.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    _options: &EndpointOptions,
) -> Result<VciOfferInfoRequest, Refusal> {
    let incoming = Incoming::of(request).with_method(GET)?;
    let identifier = incoming.last_segment().ok_or(Refusal::MalformedParameters)?;
    Ok(VciOfferInfoRequest::new().identifier(identifier))
}

handle! { verifiable_credentials_get_offer_info -> Response<Bytes> }

finish! { handle_create: verifiable_credentials_create_offer(VciOfferCreateRequest), respond_create -> CreateNext }

/// From the answer of [`verifiable_credentials_get_offer_info`](crate::funcs::verifiable_credentials_get_offer_info) to the
/// response at a `credential_offer_uri`: 200 with the offer, or 403, 404 or 500 with an empty JSON object.
#[must_use]
pub fn respond(mut answer: VciOfferInfoResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, VciOfferInfoResponseAction {
        Ok => Reply::json(StatusCode::OK),
        Forbidden => Reply::fixed(StatusCode::FORBIDDEN, EMPTY_OBJECT),
        NotFound => Reply::fixed(StatusCode::NOT_FOUND, EMPTY_OBJECT),
        CallerError | AuthleteError => Reply::fixed(StatusCode::INTERNAL_SERVER_ERROR, EMPTY_OBJECT),
    });
    let code = code!("vci_offer_info_api", answer);
    let offer = answer.info.and_then(|mut info| info.credential_offer.take());
    reply.send(offer, Some(code), options, Nonces::default())
}

next! {
    /// What comes after [`respond_create`]: a page of the application.
    pub enum CreateNext {
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
pub fn respond_create(mut answer: VciOfferCreateResponse, options: &EndpointOptions) -> CreateNext {
    use CreateNext as Next;
    let reply = reply!(answer.action, VciOfferCreateResponseAction {
        Created => match answer.info {
            Some(info) => return Next::Created(info),
            None => Reply::UNUSABLE,
        },
        Forbidden => return Next::Forbidden,
        AuthleteError => return Next::AuthleteError,
        CallerError => Reply::UNUSABLE,
    });
    Next::Respond(reply.send((), Some(code!("vci_offer_create_api", answer)), options, Nonces::default()))
}

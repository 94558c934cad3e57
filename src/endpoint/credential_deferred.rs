//! The deferred credential endpoint (OpenID for Verifiable Credential Issuance 1.0 section 9).
//!
//! | | |
//! |---|---|
//! | request | a POST of JSON or a JWT, with an access token |
//! | response | 200 or 202 with JSON or a JWT, or 400, 401, 403, 500 |
//! | state | `Info` |
//!
//! ```
//! # use authlete::AuthleteCore;
//! # use bytes::Bytes;
//! # use http::{Request, Response};
//! use authlete::endpoint::{EndpointOptions, credential_deferred};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match credential_deferred::handle(core, request, options).await {
//!         credential_deferred::Next::Respond(response) => response,
//!         credential_deferred::Next::Info(state) => {
//!             # let make = |_| authlete::models::VciDeferredIssueRequest::new();
//!             let request = make(state.info);
//!             let options = options.with(&state.nonces);
//!             credential_deferred::handle_issue(core, request, &options).await
//!         }
//!     }
//! }
//! ```

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::incoming::{Incoming, POST};
use super::issuance::{JSON, JWT};
use super::nonces::Nonces;
use super::options::EndpointOptions;
use super::refusal::Refusal;
use super::refuse::failure;
use super::reply::Reply;
use super::resource;
use crate::models::{
    CredentialRequestInfo, VciDeferredIssueRequest, VciDeferredIssueResponse, VciDeferredIssueResponseAction,
    VciDeferredParseRequest, VciDeferredParseResponse, VciDeferredParseResponseAction,
};

next! {
    /// What comes after [`respond`].
    pub enum Next {
        /// Make what is requested, then call [`handle_issue`].
        Info(state: CredentialRequest),
    }
}

/// A request that Authlete has read. Take the options of [`handle_issue`] from [`EndpointOptions::with`] and the nonces.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CredentialRequest {
    /// What the credential is to be made of. Hand it out, if it is ready.
    pub info: CredentialRequestInfo,
    /// For the response.
    pub nonces: Nonces,
}

/// From the HTTP request to the request model: the access token of the `Authorization` header, and the body as it came, JSON
/// or a JWT. **Authlete does not look at a DPoP proof here**: have [`resource`] check the token before.
///
/// # Errors
/// A [`Refusal`].
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<VciDeferredParseRequest, Refusal> {
    credential_request!(request, options, VciDeferredParseRequest)
}

handle_credential! { verifiable_credentials_deferred_parse }

finish! { handle_issue: verifiable_credentials_deferred_issue(VciDeferredIssueRequest), respond_issue -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_deferred_parse`](crate::funcs::verifiable_credentials_deferred_parse()) to what comes next: the request, or 400, 403
/// or 500 with JSON, or 401 with a challenge.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`resource::Resource`].
pub fn respond(mut answer: VciDeferredParseResponse, options: &EndpointOptions) -> Next {
    parsed!("vci_deferred_parse_api", answer, options, VciDeferredParseResponseAction)
}

/// From the answer of [`verifiable_credentials_deferred_issue`](crate::funcs::verifiable_credentials_deferred_issue()) to the response: 200 with a credential or 202
/// with a `transaction_id`, as JSON or as a JWT; 400, 403 or 500 with JSON, or 401 with a challenge. There is no 401: [`handle`] has checked the token.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`CredentialRequest`].
#[must_use]
pub fn respond_issue(mut answer: VciDeferredIssueResponse, options: &EndpointOptions) -> Response<Bytes> {
    issued!("vci_deferred_issue_api", answer, options, VciDeferredIssueResponseAction)
}

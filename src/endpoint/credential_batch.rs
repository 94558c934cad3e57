//! The batch credential endpoint (earlier drafts of OpenID for Verifiable Credential Issuance).
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
//! use authlete::endpoint::{EndpointOptions, credential_batch};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match credential_batch::handle(core, request, options).await {
//!         credential_batch::Next::Respond(response) => response,
//!         credential_batch::Next::Info(state) => {
//!             # let make = |_| authlete::models::VciBatchIssueRequest::new();
//!             let request = make(state.info);
//!             let options = options.with(&state.nonces);
//!             credential_batch::handle_issue(core, request, &options).await
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
    CredentialRequestInfo, VciBatchIssueRequest, VciBatchIssueResponse, VciBatchIssueResponseAction,
    VciBatchParseRequest, VciBatchParseResponse, VciBatchParseResponseAction,
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
    /// What to make the credentials of, one for each.
    pub info: Vec<CredentialRequestInfo>,
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
) -> Result<VciBatchParseRequest, Refusal> {
    credential_request!(request, options, VciBatchParseRequest)
}

handle_credential! { verifiable_credentials_batch_parse }

finish! { handle_issue: verifiable_credentials_batch_issue(VciBatchIssueRequest), respond_issue -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_batch_parse`](crate::funcs::verifiable_credentials_batch_parse()) to what comes next: the request, or 400, 403
/// or 500 with JSON, or 401 with a challenge.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`resource::Resource`].
pub fn respond(mut answer: VciBatchParseResponse, options: &EndpointOptions) -> Next {
    parsed!("vci_batch_parse_api", answer, options, VciBatchParseResponseAction)
}

/// From the answer of [`verifiable_credentials_batch_issue`](crate::funcs::verifiable_credentials_batch_issue()) to the response: 200 with a credential or 202
/// with a `transaction_id`, as JSON or as a JWT; 400, 403 or 500 with JSON, or 401 with a challenge.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`CredentialRequest`].
#[must_use]
pub fn respond_issue(mut answer: VciBatchIssueResponse, options: &EndpointOptions) -> Response<Bytes> {
    issued!("vci_batch_issue_api", answer, options, VciBatchIssueResponseAction, Unauthorized)
}

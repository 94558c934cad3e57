//! The credential endpoint (OpenID for Verifiable Credential Issuance 1.0 section 8).
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
//! use authlete::endpoint::{EndpointOptions, credential};
//!
//! async fn answer(
//!     core: &AuthleteCore,
//!     options: &EndpointOptions,
//!     request: &Request<Bytes>,
//! ) -> Response<Bytes> {
//!     match credential::handle(core, request, options).await {
//!         credential::Next::Respond(response) => response,
//!         credential::Next::Info(state) => {
//!             # let make = |_| authlete::models::VciSingleIssueRequest::new();
//!             let request = make(state.info);
//!             credential::handle_issue(core, request, &options.with(&state.nonces)).await
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
    CredentialRequestInfo, VciSingleIssueRequest, VciSingleIssueResponse, VciSingleIssueResponseAction,
    VciSingleParseRequest, VciSingleParseResponse, VciSingleParseResponseAction,
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
    /// What to make a credential of.
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
) -> Result<VciSingleParseRequest, Refusal> {
    credential_request!(request, options, VciSingleParseRequest)
}

handle_credential! { verifiable_credentials_parse }

finish! { handle_issue: verifiable_credentials_issue(VciSingleIssueRequest), respond_issue -> Response<Bytes> }

/// From the answer of [`verifiable_credentials_parse`](crate::funcs::verifiable_credentials_parse()) to what comes next: the request, or 400, 403
/// or 500 with JSON, or 401 with a challenge.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`resource::Resource`].
pub fn respond(mut answer: VciSingleParseResponse, options: &EndpointOptions) -> Next {
    parsed!("vci_single_parse_api", answer, options, VciSingleParseResponseAction)
}

/// From the answer of [`verifiable_credentials_issue`](crate::funcs::verifiable_credentials_issue()) to the response: 200 with a credential or 202
/// with a `transaction_id`, as JSON or as a JWT; 400, 403 or 500 with JSON, or 401 with a challenge.
///
/// Take the options from [`EndpointOptions::with`] and the nonces of [`CredentialRequest`].
#[must_use]
pub fn respond_issue(mut answer: VciSingleIssueResponse, options: &EndpointOptions) -> Response<Bytes> {
    issued!("vci_single_issue_api", answer, options, VciSingleIssueResponseAction, Unauthorized)
}

//! The authorization endpoint (RFC 6749 section 3.1).
//!
//! | | |
//! |---|---|
//! | RFC | 6749 section 3.1, OpenID Connect Core 1.0 section 3.1.2 |
//! | request | GET, or POST of a form |
//! | response | a redirect or a page |
//! | states | [`Interaction`], [`NoInteraction`] |
//! | CORS | none: browsers navigate to it |
//!
//! A match that forgets a state does not compile:
//!
//! ```compile_fail,E0004
//! # use authlete::endpoint::authorization::Next;
//! fn is_response(next: &Next) -> bool {
//!     match next {
//!         Next::Respond(_) => true,
//!         Next::Interaction(_) => false,
//!     }
//! }
//! ```
//!
//! The [guide](crate::guide::authorization_code) has the endpoint in full. Make a [`Pending`] of either state, and let
//! [`Pending::next`] say what comes next: a page, [`handle_issue`] or [`handle_fail`]. A server that decides by itself asks
//! [`Interaction::must_authenticate`] whether a login that the session has will do, and checks a new one with
//! [`Demands::check_new`] before it calls [`handle_issue`].

use std::time::SystemTime;

use bytes::Bytes;
use http::{Request, Response, StatusCode};

pub use super::demands::{Demands, Login, with_login_for_max_age_0};
use super::incoming::{GET_OR_POST, Incoming};
use super::nonces::Nonces;
use super::options::EndpointOptions;
pub use super::pending::{Consent, NextStep, Pending, UserSession};
use super::refusal::Refusal;
use super::refuse::failure;
use super::reply::{Reply, paged};
use crate::AuthleteCore;
use crate::funcs::{authorization_fail, authorization_issue, authorization_process_request};
use crate::models::{
    AuthorizationFailRequest, AuthorizationFailRequestReason, AuthorizationFailResponse,
    AuthorizationFailResponseAction, AuthorizationIssueRequest, AuthorizationIssueResponse,
    AuthorizationIssueResponseAction, AuthorizationRequest, AuthorizationResponse,
    AuthorizationResponseAction, AuthorizationTicketInfo, AuthorizationTicketInfoRequest,
    AuthorizationTicketInfoResponse, AuthorizationTicketInfoResponseAction, AuthorizationTicketUpdateRequest,
    AuthorizationTicketUpdateResponse, AuthorizationTicketUpdateResponseAction, Prompt, Secret,
};

next! {
    /// What comes after [`respond`].
    pub enum Next {
        /// Let the user log in and consent.
        Interaction(state: Interaction),
        /// Issue or fail without showing a page. **This is no redirect.**
        NoInteraction(state: NoInteraction),
    }
}

/// The user has to log in and to consent, then the request ends with [`handle_issue`] or [`handle_fail`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Interaction {
    /// What those two take. Whoever holds it can finish the request as any user: keep it in the session, never in a URL or a
    /// form.
    pub ticket: Secret,
    /// The request in all its detail: client, scopes, claims. Only the ticket has been moved out of it.
    pub answer: AuthorizationResponse,
}

impl Interaction {
    /// The values of `prompt`. They apply even if the user is logged in.
    #[must_use]
    pub fn prompts(&self) -> &[Prompt] {
        self.answer.prompts.as_deref().unwrap_or_default()
    }

    /// What the user's login must be like.
    #[must_use]
    pub fn demands(&self) -> Demands {
        Demands::of(&self.answer)
    }

    /// Whether the user must authenticate, though there may be a login in the session already: `prompt` has `login`, or
    /// [`demands`](Self::demands) are not met.
    #[must_use]
    pub fn must_authenticate(&self, login: Option<Login<'_>>, now: SystemTime) -> bool {
        self.prompts().contains(&Prompt::Login) || self.demands().check(login, now).is_err()
    }

    /// The same with what comes next. `now` is when the request arrived.
    #[must_use]
    pub fn into_pending(self, now: SystemTime) -> Pending {
        Pending::new(self.ticket, self.answer, now)
    }
}

/// The client allows no page. Check the login with [`check`](Self::check), and that the user has consented to these scopes
/// before; then end the request with [`handle_issue`], or with [`handle_fail`] and a reason.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NoInteraction {
    /// What those two take.
    pub ticket: Secret,
    /// The request in all its detail: client, scopes, claims. Only the ticket has been moved out of it.
    pub answer: AuthorizationResponse,
}

impl NoInteraction {
    /// What the user's login must be like.
    #[must_use]
    pub fn demands(&self) -> Demands {
        Demands::of(&self.answer)
    }

    /// Whether the login that the session has is good enough, as [`Demands::check`] and `prompt=login` say.
    ///
    /// # Errors
    /// The reason for [`handle_fail`].
    pub fn check(
        &self,
        login: Option<Login<'_>>,
        now: SystemTime,
    ) -> Result<(), AuthorizationFailRequestReason> {
        if self.answer.prompts.as_deref().unwrap_or_default().contains(&Prompt::Login) {
            return Err(AuthorizationFailRequestReason::NotAuthenticated);
        }
        self.demands().check(login, now)
    }

    /// The same with what comes next. `now` is when the request arrived.
    #[must_use]
    pub fn into_pending(self, now: SystemTime) -> Pending {
        Pending::new(self.ticket, self.answer, now)
    }
}

/// From the HTTP request to the request model: the raw parameters, in which `max_age=0` is `prompt=login`
/// ([`with_login_for_max_age_0`]).
///
/// # Errors
/// A [`Refusal`]. For a browser, [`page`](Refusal::page) answers it.
pub fn request<B: AsRef<[u8]>>(
    request: &Request<B>,
    options: &EndpointOptions,
) -> Result<AuthorizationRequest, Refusal> {
    let parameters = Incoming::of(request).with_method(GET_OR_POST)?.parameters(options)?;
    Ok(AuthorizationRequest::new(&*with_login_for_max_age_0(parameters)))
}

/// From the answer of [`authorization_process_request`] to what comes next.
///
/// | action | next |
/// |---|---|
/// | `LOCATION` | a redirect; 200 with the content if it is a page |
/// | `FORM` | 200 with a page that posts itself to the client |
/// | `BAD_REQUEST`, `INTERNAL_SERVER_ERROR` | 400, 500 with JSON or the application's [page](super::EndpointOptionsBuilder::error_page): there is no redirection URI to trust |
/// | `INTERACTION`, `NO_INTERACTION` | a state |
pub fn respond(mut answer: AuthorizationResponse, options: &EndpointOptions) -> Next {
    let reply = reply!(answer.action, AuthorizationResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Location => Reply::LOCATION,
        Form => Reply::FORM,
        Interaction | NoInteraction => match answer.ticket.take() {
            Some(ticket) => return undecided(ticket, answer),
            None => Reply::UNUSABLE,
        },
    });
    let code = code!("auth_authorization_api", answer);
    Next::Respond(paged(
        reply.send(answer.response_content.take(), Some(code), options, Nonces::default()),
        options,
    ))
}

// Inlined, it would bring the code that drops an answer a second time.
#[inline(never)]
fn undecided(ticket: Secret, answer: AuthorizationResponse) -> Next {
    if answer.action == Some(AuthorizationResponseAction::NoInteraction) {
        Next::NoInteraction(NoInteraction { ticket, answer })
    } else {
        Next::Interaction(Interaction { ticket, answer })
    }
}

/// Handles a request: [`request`], [`authorization_process_request`], [`respond`]. A refusal and a call that fails become
/// their responses, as pages if the options make them.
pub async fn handle<B: AsRef<[u8]>>(
    core: &AuthleteCore,
    request: &Request<B>,
    options: &EndpointOptions,
) -> Next {
    let model = match self::request(request, options) {
        Ok(model) => model,
        Err(refusal) => return refusal.page(options).into(),
    };
    match authorization_process_request(core, &model.into(), None).await {
        Ok(answer) => respond(answer.value, options),
        Err(error) => paged(failure(error), options).into(),
    }
}

/// From the answer of [`authorization_issue`] to the response: a redirect, a page that
/// posts itself, or an error as JSON or the application's page.
#[must_use]
pub fn respond_issue(mut answer: AuthorizationIssueResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, AuthorizationIssueResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Location => Reply::LOCATION,
        Form => Reply::FORM,
    });
    let code = code!("auth_authorization_issue_api", answer);
    paged(reply.send(answer.response_content.take(), Some(code), options, Nonces::default()), options)
}

/// From the answer of [`authorization_fail`] to the response: a redirect, a page that
/// posts itself, or an error as JSON or the application's page.
#[must_use]
pub fn respond_fail(mut answer: AuthorizationFailResponse, options: &EndpointOptions) -> Response<Bytes> {
    let reply = reply!(answer.action, AuthorizationFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Location => Reply::LOCATION,
        Form => Reply::FORM,
    });
    let code = code!("auth_authorization_fail_api", answer);
    paged(reply.send(answer.response_content.take(), Some(code), options, Nonces::default()), options)
}

next! {
    /// What comes after [`respond_ticket_info`]. Nothing of it is for the client.
    pub enum TicketInfoNext {
        /// What was stored with the ticket.
        Info(info: AuthorizationTicketInfo),
        /// The ticket has expired or is used up. Let the user start again at the client.
        NotFound,
        /// Authlete has a problem. Show an error page.
        AuthleteError,
    }
}

/// From the answer of [`authorization_management_get_ticket_info`](crate::funcs::authorization_management_get_ticket_info) to what comes next. `Respond`
/// is a bare 500: the call was wrong, or the answer is unusable.
pub fn respond_ticket_info(
    mut answer: AuthorizationTicketInfoResponse,
    options: &EndpointOptions,
) -> TicketInfoNext {
    use TicketInfoNext as Next;
    let reply = reply!(answer.action, AuthorizationTicketInfoResponseAction {
        Ok => return Next::Info(answer.info.unwrap_or_default()),
        NotFound => return Next::NotFound,
        AuthleteError => return Next::AuthleteError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    let code = code!("authorization_ticket_info_post_api", answer);
    Next::Respond(reply.send((), Some(code), options, Nonces::default()))
}

next! {
    /// What comes after [`respond_ticket_update`]. Nothing of it is for the client.
    pub enum TicketUpdateNext {
        /// The text is stored with the ticket.
        Updated,
        /// The ticket has expired or is used up. Let the user start again at the client.
        NotFound,
        /// Authlete has a problem. Show an error page.
        AuthleteError,
    }
}

/// From the answer of [`authorization_management_update_ticket`](crate::funcs::authorization_management_update_ticket) to what comes next. `Respond`
/// is a bare 500: the call was wrong, or the answer is unusable.
pub fn respond_ticket_update(
    mut answer: AuthorizationTicketUpdateResponse,
    options: &EndpointOptions,
) -> TicketUpdateNext {
    use TicketUpdateNext as Next;
    let reply = reply!(answer.action, AuthorizationTicketUpdateResponseAction {
        Ok => return Next::Updated,
        NotFound => return Next::NotFound,
        AuthleteError => return Next::AuthleteError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    let code = code!("updateAuthorizationTicket", answer);
    Next::Respond(reply.send((), Some(code), options, Nonces::default()))
}

finish! { handle_ticket_info: authorization_management_get_ticket_info(AuthorizationTicketInfoRequest), respond_ticket_info -> TicketInfoNext }

finish! { handle_ticket_update: authorization_management_update_ticket(AuthorizationTicketUpdateRequest), respond_ticket_update -> TicketUpdateNext }

/// Calls [`authorization_issue`], then [`respond_issue`]. A call that fails becomes its
/// response.
pub async fn handle_issue(
    core: &AuthleteCore,
    request: AuthorizationIssueRequest,
    options: &EndpointOptions,
) -> Response<Bytes> {
    match authorization_issue(core, &request.into(), None).await {
        Ok(answer) => respond_issue(answer.value, options),
        Err(error) => paged(failure(error), options),
    }
}

/// Calls [`authorization_fail`], then [`respond_fail`]. A call that fails becomes its
/// response.
pub async fn handle_fail(
    core: &AuthleteCore,
    request: AuthorizationFailRequest,
    options: &EndpointOptions,
) -> Response<Bytes> {
    match authorization_fail(core, &request.into(), None).await {
        Ok(answer) => respond_fail(answer.value, options),
        Err(error) => paged(failure(error), options),
    }
}

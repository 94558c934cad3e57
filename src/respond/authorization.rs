//! The authorization endpoint (RFC 6749 section 3.1).

use std::time::SystemTime;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::demands::{Demands, Login};
use super::how::{How, Nonces};
use super::reply::Reply;

use crate::models::{
    AuthorizationFailResponse, AuthorizationFailResponseAction, AuthorizationIssueResponse,
    AuthorizationIssueResponseAction, AuthorizationResponse, AuthorizationResponseAction,
    AuthorizationTicketInfo, AuthorizationTicketInfoResponse, AuthorizationTicketInfoResponseAction,
    AuthorizationTicketUpdateResponse, AuthorizationTicketUpdateResponseAction, Prompt, Secret,
};

next! {
    /// What comes after [`authorization`].
    pub enum AuthorizationNext {
        /// Let the user log in and consent.
        Interaction(state: Interaction),
        /// Issue or fail without showing a page. **This is no redirect.**
        NoInteraction(state: NoInteraction),
    }
}

/// The user has to log in and to consent, then the request ends with
/// [`authorization_issue`](crate::funcs::authorization_issue) or [`authorization_fail`](crate::funcs::authorization_fail).
#[derive(Clone, Debug)]
pub struct Interaction {
    /// What those two take. Whoever holds it can finish the request as any user: keep it in the session, never in a URL or a
    /// form.
    pub ticket: Secret,
    /// The values of `prompt`. They apply even if the user is logged in.
    pub prompts: Vec<Prompt>,
    /// What the user's login must be like.
    pub demands: Demands,
    /// The request in all its detail: client, scopes, claims. What stands above has been moved out of it.
    pub rest: AuthorizationResponse,
}

impl Interaction {
    /// Whether the user must authenticate, though there may be a login in the session already: `prompt` has `login`, or
    /// [`demands`](Self::demands) are not met.
    #[must_use]
    pub fn must_authenticate(&self, login: Option<Login<'_>>, now: SystemTime) -> bool {
        self.prompts.contains(&Prompt::Login) || self.demands.check(login, now).is_err()
    }
}

/// The client allows no page. Check the login with [`Demands::check`], and that the user has consented to these scopes
/// before; then end the request with [`authorization_issue`](crate::funcs::authorization_issue), or with
/// [`authorization_fail`](crate::funcs::authorization_fail) and a reason.
#[derive(Clone, Debug)]
pub struct NoInteraction {
    /// What those two take.
    pub ticket: Secret,
    /// What the user's login must be like.
    pub demands: Demands,
    /// The request in all its detail: client, scopes, claims. What stands above has been moved out of it.
    pub rest: AuthorizationResponse,
}

/// From the answer of [`authorization_process_request`](crate::funcs::authorization_process_request) to what comes next.
///
/// | action | next |
/// |---|---|
/// | `LOCATION` | a redirect, or 200 with the content as a page if it is no absolute URI |
/// | `FORM` | 200 with a page that posts itself to the client |
/// | `BAD_REQUEST`, `INTERNAL_SERVER_ERROR` | 400, 500 with JSON: there is no redirection URI to trust |
/// | `INTERACTION`, `NO_INTERACTION` | a state |
pub fn authorization(mut answer: AuthorizationResponse, how: &How) -> AuthorizationNext {
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
    AuthorizationNext::Respond(reply.send(answer.response_content.take(), how, Nonces::default()))
}

// Inlined, it would bring the code that drops an answer a second time.
#[inline(never)]
fn undecided(ticket: Secret, mut rest: AuthorizationResponse) -> AuthorizationNext {
    let demands = Demands::take(&mut rest);
    if rest.action == Some(AuthorizationResponseAction::NoInteraction) {
        AuthorizationNext::NoInteraction(NoInteraction { ticket, demands, rest })
    } else {
        let prompts = rest.prompts.take().unwrap_or_default();
        AuthorizationNext::Interaction(Interaction { ticket, prompts, demands, rest })
    }
}

/// From the answer of [`authorization_issue`](crate::funcs::authorization_issue) to the response: a redirect, a page that
/// posts itself, or an error as JSON.
#[must_use]
pub fn authorization_issue(mut answer: AuthorizationIssueResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, AuthorizationIssueResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Location => Reply::LOCATION,
        Form => Reply::FORM,
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

/// From the answer of [`authorization_fail`](crate::funcs::authorization_fail) to the response: a redirect, a page that
/// posts itself, or an error as JSON.
#[must_use]
pub fn authorization_fail(mut answer: AuthorizationFailResponse, how: &How) -> Response<Bytes> {
    let reply = reply!(answer.action, AuthorizationFailResponseAction {
        InternalServerError => Reply::json(StatusCode::INTERNAL_SERVER_ERROR),
        BadRequest => Reply::json(StatusCode::BAD_REQUEST),
        Location => Reply::LOCATION,
        Form => Reply::FORM,
    });
    reply.send(answer.response_content.take(), how, Nonces::default())
}

next! {
    /// What comes after [`authorization_ticket_info`]. Nothing of it is for the client.
    pub enum AuthorizationTicketInfoNext {
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
pub fn authorization_ticket_info(
    answer: AuthorizationTicketInfoResponse,
    how: &How,
) -> AuthorizationTicketInfoNext {
    use AuthorizationTicketInfoNext as Next;
    let reply = reply!(answer.action, AuthorizationTicketInfoResponseAction {
        Ok => return Next::Info(answer.info.unwrap_or_default()),
        NotFound => return Next::NotFound,
        AuthleteError => return Next::AuthleteError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}

next! {
    /// What comes after [`authorization_ticket_update`]. Nothing of it is for the client.
    pub enum AuthorizationTicketUpdateNext {
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
pub fn authorization_ticket_update(
    answer: AuthorizationTicketUpdateResponse,
    how: &How,
) -> AuthorizationTicketUpdateNext {
    use AuthorizationTicketUpdateNext as Next;
    let reply = reply!(answer.action, AuthorizationTicketUpdateResponseAction {
        Ok => return Next::Updated,
        NotFound => return Next::NotFound,
        AuthleteError => return Next::AuthleteError,
        CallerError => Reply::empty(StatusCode::INTERNAL_SERVER_ERROR),
    });
    Next::Respond(reply.send((), how, Nonces::default()))
}

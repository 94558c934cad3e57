//! Flows under way: tickets, codes, pushed requests, devices.

use std::sync::Arc;

use super::approval::Approval;
use super::device::Device;
use super::flow_log::{FlowKind, FlowLog, FlowRecord};
use super::waiting::Waiting;

/// `code_challenge_method` (RFC 7636, section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChallengeMethod {
    Plain,
    S256,
}

/// What an authorization request says about the verifier to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) value: String,
    pub(crate) method: ChallengeMethod,
}

/// `response_type`: what the authorization endpoint returns. Nothing of it is `none`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ResponseType {
    pub(crate) code: bool,
    pub(crate) token: bool,
    pub(crate) id_token: bool,
}

/// `response_mode`: how the authorization endpoint returns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

/// Where the authorization endpoint's response goes.
#[derive(Debug, Clone)]
pub(crate) struct ResponseTarget {
    pub(crate) redirect_uri: String,
    pub(crate) mode: ResponseMode,
    pub(crate) state: Option<String>,
}

/// An authorization request that was found good.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: i64,
    pub(crate) target: ResponseTarget,
    /// Whether the request named the redirect URI, so that the token request must name it too (RFC 6749, section 4.1.3).
    pub(crate) redirect_uri_given: bool,
    pub(crate) response_type: ResponseType,
    pub(crate) nonce: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) challenge: Option<Challenge>,
    /// The key that the token request must prove to hold (RFC 9449, section 10).
    pub(crate) dpop_thumbprint: Option<String>,
    /// Claims that the request asks of UserInfo by name (OpenID Connect Core 1.0, section 5.5).
    pub(crate) userinfo_claims: Vec<String>,
}

/// What a service keeps for one of its clients.
#[derive(Debug, Clone)]
pub(crate) struct Kept<T> {
    pub(crate) service_id: Arc<str>,
    pub(crate) client_id: i64,
    pub(crate) expires_at: i64,
    pub(crate) value: T,
}

impl<T> Kept<T> {
    /// Whether it is of this service and this client, or of any of its clients.
    pub(crate) fn is_of(&self, service_id: &str, client_id: Option<i64>) -> bool {
        self.service_id.as_ref() == service_id && client_id.is_none_or(|id| id == self.client_id)
    }
}

/// What an authorization code stands for.
#[derive(Debug, Clone)]
pub(crate) struct CodeGrant {
    pub(crate) request: AuthorizationRequest,
    pub(crate) approval: Approval,
}

/// A pushed authorization request (RFC 9126).
#[derive(Debug, Clone)]
pub(crate) struct PushedRequest {
    /// The parameters, as received.
    pub(crate) parameters: String,
    /// The key that the client proved to hold when it pushed the request.
    pub(crate) dpop_thumbprint: Option<String>,
}

/// A token request with a user's password, which the application is to check.
#[derive(Debug, Clone)]
pub(crate) struct PasswordRequest {
    pub(crate) scopes: Vec<String>,
    pub(crate) dpop_thumbprint: Option<String>,
}

/// The flows of all services.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    pub(crate) tickets: Waiting<Kept<AuthorizationRequest>>,
    pub(crate) codes: Waiting<Kept<CodeGrant>>,
    pub(crate) pushed: Waiting<Kept<PushedRequest>>,
    pub(crate) passwords: Waiting<Kept<PasswordRequest>>,
    pub(crate) devices: Waiting<Kept<Device>>,
    /// By a refresh token that was used: the hash of the access token that it gave.
    pub(crate) refreshed: Waiting<Kept<[u8; 32]>>,
    pub(crate) log: FlowLog,
}

impl Flows {
    /// Notes that something is handed out, and which user has agreed to it already.
    pub(crate) fn note<T>(
        &mut self,
        kind: FlowKind,
        value: &str,
        kept: &Kept<T>,
        subject: Option<&str>,
        now: i64,
    ) {
        self.log.begin(FlowRecord {
            service_id: Arc::clone(&kept.service_id),
            client_id: kept.client_id,
            kind,
            value: value.into(),
            subject: subject.map(str::to_owned),
            created_at: now,
            expires_at: kept.expires_at,
            end: None,
            ended_at: None,
        });
    }

    /// Ends every flow of a client, or of all clients of a service.
    pub(crate) fn forget(&mut self, service_id: &str, client_id: Option<i64>, now: i64) {
        self.log.forget(service_id, client_id, now);
        self.tickets.retain(|kept| !kept.is_of(service_id, client_id));
        self.codes.retain(|kept| !kept.is_of(service_id, client_id));
        self.pushed.retain(|kept| !kept.is_of(service_id, client_id));
        self.passwords.retain(|kept| !kept.is_of(service_id, client_id));
        self.devices.retain(|kept| !kept.is_of(service_id, client_id));
        self.refreshed.retain(|kept| !kept.is_of(service_id, client_id));
    }
}

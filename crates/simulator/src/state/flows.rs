//! Logins under way: tickets and authorization codes.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::Property;

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

/// An authorization request that was found good.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: i64,
    pub(crate) redirect_uri: String,
    /// Whether the request named it, so that the token request must name it too (RFC 6749, section 4.1.3).
    pub(crate) redirect_uri_given: bool,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) challenge: Option<Challenge>,
}

/// A request that waits for the user.
#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    pub(crate) service_id: Arc<str>,
    pub(crate) request: AuthorizationRequest,
    pub(crate) expires_at: i64,
}

/// An authorization code that was issued and waits to be exchanged.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) service_id: Arc<str>,
    pub(crate) request: AuthorizationRequest,
    pub(crate) subject: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) auth_time: Option<i64>,
    pub(crate) acr: Option<String>,
    pub(crate) claims: Option<String>,
    pub(crate) properties: Vec<Property>,
    pub(crate) expires_at: i64,
}

/// What is kept under a name until it is used or forgotten.
#[derive(Debug)]
pub(crate) struct Waiting<T> {
    entries: HashMap<String, T>,
    /// When which may be forgotten, in order of creation.
    forget: VecDeque<(i64, String)>,
}

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), forget: VecDeque::new() }
    }
}

impl<T> Waiting<T> {
    /// Keeps a value until `forget_at`, and forgets what is past its time.
    pub(crate) fn insert(&mut self, name: String, value: T, forget_at: i64, now: i64) {
        while let Some((at, name)) = self.forget.front()
            && *at <= now
        {
            self.entries.remove(name);
            self.forget.pop_front();
        }
        self.forget.push_back((forget_at, name.clone()));
        self.entries.insert(name, value);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.entries.get(name)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<T> {
        self.entries.remove(name)
    }
}

/// Tickets and codes of all services.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    pub(crate) tickets: Waiting<Ticket>,
    pub(crate) codes: Waiting<Code>,
}

//! What users have granted to clients.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The scopes that a user granted to a client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Consent {
    /// Those of the last grant.
    pub(crate) latest: Vec<String>,
    /// Those of all grants, in the order in which they were first granted.
    pub(crate) merged: Vec<String>,
    pub(crate) modified_at: i64,
}

/// The consents of all services, by service, client and subject.
#[derive(Debug, Default)]
pub(crate) struct Consents(BTreeMap<(Arc<str>, i64, String), Consent>);

impl Consents {
    /// Notes that a user granted scopes to a client.
    pub(crate) fn grant(
        &mut self,
        service_id: &Arc<str>,
        client_id: i64,
        subject: &str,
        scopes: &[String],
        now: i64,
    ) {
        let consent = self.0.entry((Arc::clone(service_id), client_id, subject.to_owned())).or_default();
        let new = scopes.iter().filter(|scope| !consent.merged.contains(scope)).cloned();
        let new: Vec<_> = new.collect();
        consent.merged.extend(new);
        consent.latest = scopes.to_vec();
        consent.modified_at = now;
    }

    pub(crate) fn get(&self, service_id: &Arc<str>, client_id: i64, subject: &str) -> Option<&Consent> {
        self.0.get(&(Arc::clone(service_id), client_id, subject.to_owned()))
    }

    pub(crate) fn remove(&mut self, service_id: &Arc<str>, client_id: i64, subject: &str) -> Option<Consent> {
        self.0.remove(&(Arc::clone(service_id), client_id, subject.to_owned()))
    }

    /// Forgets what was granted to a client, or to all clients of a service.
    pub(crate) fn forget(&mut self, service_id: &str, client_id: Option<i64>) {
        let is_of = |own: &str, id: i64| own == service_id && client_id.is_none_or(|client| client == id);
        self.0.retain(|(service, client, _), _| !is_of(service, *client));
    }
}

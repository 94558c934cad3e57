//! What flows handed out besides tokens, and how each of it ended.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

/// What a flow handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum FlowKind {
    /// A ticket of an authorization request.
    Ticket,
    /// An authorization code.
    Code,
    /// The URI of a pushed authorization request (RFC 9126).
    PushedRequest,
    /// A ticket of a token request with a password.
    PasswordTicket,
    /// A device code (RFC 8628).
    Device,
}

/// How something that a flow handed out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum FlowEnd {
    /// It was used, and gave what it stands for.
    Used,
    /// The application or the user said no.
    Denied,
    /// Its time ran out.
    Expired,
    /// Its client or its service was deleted.
    Deleted,
}

/// Something that a flow handed out. Times are Unix milliseconds on the simulator's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FlowRecord {
    /// The service.
    #[serde(serialize_with = "text")]
    pub service_id: Arc<str>,
    /// The client that it is for.
    pub client_id: i64,
    /// What it is.
    pub kind: FlowKind,
    /// Its value: the ticket, the code, the request URI or the device code.
    #[serde(serialize_with = "text")]
    pub value: Arc<str>,
    /// The user who agreed, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it was handed out.
    pub created_at: i64,
    /// When its time runs out.
    pub expires_at: i64,
    /// How it ended; `None` as long as it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<FlowEnd>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
}

fn text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// The records of all services, in order of creation.
#[derive(Debug, Default)]
pub(crate) struct FlowLog {
    records: Vec<FlowRecord>,
    /// Those that have not ended, by value.
    open: HashMap<Arc<str>, usize>,
}

impl FlowLog {
    pub(crate) fn begin(&mut self, record: FlowRecord) {
        self.open.insert(Arc::clone(&record.value), self.records.len());
        self.records.push(record);
    }

    /// Notes who agreed.
    pub(crate) fn agree(&mut self, value: &str, subject: &str) {
        let open = self.open.get(value).and_then(|position| self.records.get_mut(*position));
        if let Some(record) = open {
            record.subject = Some(subject.to_owned());
        }
    }

    /// Notes how something ended.
    pub(crate) fn end(&mut self, value: &str, end: FlowEnd, now: i64) {
        let open = self.open.remove(value).and_then(|position| self.records.get_mut(position));
        if let Some(record) = open {
            (record.end, record.ended_at) = (Some(end), Some(now));
        }
    }

    /// Ends what is open of a client, or of all clients of a service.
    pub(crate) fn forget(&mut self, service_id: &str, client_id: Option<i64>, now: i64) {
        let is_of = |record: &FlowRecord| {
            record.service_id.as_ref() == service_id && client_id.is_none_or(|id| id == record.client_id)
        };
        let records = &mut self.records;
        self.open.retain(|_, position| {
            let Some(record) = records.get_mut(*position).filter(|record| is_of(record)) else {
                return true;
            };
            if record.expires_at > now {
                (record.end, record.ended_at) = (Some(FlowEnd::Deleted), Some(now));
            }
            false
        });
    }

    /// The records as they are now.
    pub(crate) fn at(&self, now: i64) -> impl Iterator<Item = FlowRecord> {
        self.records.iter().cloned().map(move |mut record| {
            if record.end.is_none() && record.expires_at <= now {
                (record.end, record.ended_at) = (Some(FlowEnd::Expired), Some(record.expires_at));
            }
            record
        })
    }
}

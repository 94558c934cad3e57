//! The ledger as JSON. It shows tokens and headers as they are: a test compares them, and they are the
//! test's own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::answer::Shown;
use super::request::StrictQuery;
use crate::clock::millis;
use crate::http::ledger::Ledger;
use crate::http::record::RecordedRequest;
use crate::http::shared::Shared;
use crate::lock::locked;
use crate::operations::Operation;
use crate::state::{
    BatchRecord, BatchState, DeletedToken, Deletion, FlowRecord, Property, StoredToken, base64url, sha256,
};

/// How much there is of everything.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    requests: usize,
    processed: usize,
    connections: usize,
    open_connections: usize,
    tokens: usize,
    created_tokens: usize,
    deleted_tokens: usize,
    batches: usize,
    rejected_duplicates: u64,
    faults_fired: u64,
}

impl Counts {
    pub(super) fn of(shared: &Arc<Shared>) -> Self {
        let ledger = Ledger { shared: Arc::clone(shared) };
        Self {
            requests: ledger.request_count(),
            processed: ledger.processed_count(),
            connections: ledger.connection_count(),
            open_connections: ledger.open_connections(),
            tokens: ledger.token_count(),
            created_tokens: ledger.created_count(),
            deleted_tokens: shared.engine.with(|world| world.state.store.deleted().len()),
            batches: shared.engine.with(|world| world.state.batches.records().len()),
            rejected_duplicates: ledger.rejected_duplicates(),
            faults_fired: shared.faults.fired(),
        }
    }
}

/// Everything at once.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole<'a> {
    counts: Counts,
    requests: Vec<RequestView<'a>>,
    tokens: Vec<TokenView<'a>>,
    batches: Vec<BatchView<'a>>,
    deleted_tokens: Vec<DeletedView<'a>>,
    flows: Vec<FlowRecord>,
}

pub(super) async fn whole(State(shared): State<Arc<Shared>>) -> Shown {
    let counts = Counts::of(&shared);
    let requests = locked(&shared.requests);
    shared.engine.with(|world| {
        let state = &world.state;
        Shown::new(&Whole {
            counts,
            requests: requests.all().iter().map(RequestView::of).collect(),
            tokens: state.store.iter().map(TokenView::of).collect(),
            batches: state.batches.records().iter().map(BatchView::of).collect(),
            deleted_tokens: state.store.deleted().iter().map(DeletedView::of).collect(),
            flows: state.flows.log.at(world.moment.now).collect(),
        })
    })
}

pub(super) async fn counts(State(shared): State<Arc<Shared>>) -> Shown {
    Shown::new(&Counts::of(&shared))
}

/// A part of the ledger: how many were selected, and those of them that were asked for.
pub(super) struct Part<T> {
    name: &'static str,
    total: usize,
    items: Vec<T>,
}

impl<T: Serialize> Serialize for Part<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut part = serializer.serialize_map(Some(2))?;
        part.serialize_entry("total", &self.total)?;
        part.serialize_entry(self.name, &self.items)?;
        part.end()
    }
}

impl<T> Part<T> {
    /// The items from position `start` up to `end` among those that are selected.
    pub(super) fn of(
        name: &'static str,
        selected: impl Iterator<Item = T>,
        start: Option<usize>,
        end: Option<usize>,
    ) -> Self {
        let range = start.unwrap_or_default()..end.unwrap_or(usize::MAX);
        let mut part = Self { name, total: 0, items: Vec::new() };
        for item in selected {
            if range.contains(&part.total) {
                part.items.push(item);
            }
            part.total += 1;
        }
        part
    }
}

/// Whether something is what was asked for, if anything was.
pub(super) fn is<T: PartialEq + ?Sized>(wanted: Option<&T>, found: Option<&T>) -> bool {
    wanted.is_none() || wanted == found
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestFilter {
    operation: Option<Operation>,
    path: Option<String>,
    processed: Option<bool>,
    status: Option<u64>,
    start: Option<usize>,
    end: Option<usize>,
}

pub(super) async fn requests(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<RequestFilter>,
) -> Shown {
    let requests = locked(&shared.requests);
    let selected = requests.all().iter().filter(|request| {
        is(asked.operation.as_ref(), request.operation.as_ref())
            && asked.path.as_deref().is_none_or(|part| request.path.contains(part))
            && is(asked.processed.as_ref(), Some(&request.processed))
            && is(asked.status.as_ref(), request.status.map(u64::from).as_ref())
    });
    Shown::new(&Part::of("requests", selected.map(RequestView::of), asked.start, asked.end))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Tokens {
    service_id: Option<String>,
    request_id: Option<String>,
    access_token: Option<String>,
    refresh_token: Option<String>,
    client_id: Option<i64>,
    subject: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
}

pub(super) async fn tokens(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<Tokens>,
) -> Shown {
    shared.engine.with(|world| {
        let selected = world.state.store.iter().filter(|token| {
            is(asked.service_id.as_deref(), Some(token.service_id.as_ref()))
                && is(asked.request_id.as_deref(), token.batch.as_deref())
                && is(asked.access_token.as_deref(), Some(token.access_token.as_ref()))
                && is(asked.refresh_token.as_deref(), token.refresh_token.as_deref())
                && is(asked.client_id.as_ref(), token.client_id.as_ref())
                && is(asked.subject.as_deref(), token.subject.as_deref())
        });
        Shown::new(&Part::of("tokens", selected.map(TokenView::of), asked.start, asked.end))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct BatchFilter {
    service_id: Option<String>,
    request_id: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
}

pub(super) async fn batches(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<BatchFilter>,
) -> Shown {
    shared.engine.with(|world| {
        let selected = world.state.batches.records().iter().filter(|batch| {
            is(asked.service_id.as_deref(), Some(batch.service_id.as_ref()))
                && is(asked.request_id.as_deref(), Some(batch.request_id.as_ref()))
        });
        Shown::new(&Part::of("batches", selected.map(BatchView::of), asked.start, asked.end))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Deleted {
    service_id: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
}

pub(super) async fn deleted(
    State(shared): State<Arc<Shared>>,
    StrictQuery(asked): StrictQuery<Deleted>,
) -> Shown {
    shared.engine.with(|world| {
        let deleted = world.state.store.deleted().iter();
        let selected =
            deleted.filter(|token| is(asked.service_id.as_deref(), Some(token.service_id.as_ref())));
        Shown::new(&Part::of("deletedTokens", selected.map(DeletedView::of), asked.start, asked.end))
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestView<'a> {
    connection: u64,
    peer: SocketAddr,
    time_ms: i64,
    method: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    headers: &'a [(String, String)],
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
    processed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
}

impl<'a> RequestView<'a> {
    fn of(request: &'a RecordedRequest) -> Self {
        // Not there when it did not arrive, or is not recorded.
        let kept = request.body_length == Some(request.body.len());
        let body = kept.then(|| std::str::from_utf8(&request.body));
        Self {
            connection: request.connection,
            peer: request.peer,
            time_ms: millis(request.time.duration_since(UNIX_EPOCH).unwrap_or_default()),
            method: &request.method,
            path: &request.path,
            query: request.query.as_deref(),
            headers: &request.headers,
            body: body.and_then(Result::ok),
            body_base64: body.and_then(Result::err).map(|_| STANDARD.encode(&request.body)),
            body_length: request.body_length,
            operation: request.operation.map(Operation::id),
            processed: request.processed,
            status: request.status,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenView<'a> {
    service_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    access_token: &'a str,
    access_token_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    grant_type: &'static str,
    scopes: &'a [Box<str>],
    access_token_duration: i64,
    refresh_token_duration: i64,
    access_token_persistent: bool,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token_expires_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_at: Option<i64>,
    properties: &'a [Property],
    resources: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_thumbprint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dpop_key_thumbprint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_details: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jwt_at_claims: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<&'a str>,
    for_external_attachment: bool,
    client_id_alias_used: bool,
    client_entity_id_used: bool,
    metadata_document_used: bool,
}

impl<'a> TokenView<'a> {
    pub(super) fn of(token: &'a StoredToken) -> Self {
        let extra = token.extra();
        Self {
            service_id: &token.service_id,
            request_id: token.batch.as_deref(),
            access_token: &token.access_token,
            access_token_hash: base64url(sha256(token.access_token.as_bytes())),
            refresh_token: token.refresh_token.as_deref(),
            client_id: token.client_id,
            client_identifier: token.client_identifier.as_deref(),
            subject: token.subject.as_deref(),
            grant_type: token.grant_type.as_str(),
            scopes: &token.scopes,
            access_token_duration: token.access_token_duration,
            refresh_token_duration: token.refresh_token_duration,
            access_token_persistent: token.is_persistent(),
            created_at: token.created_at,
            access_token_expires_at: token.access_token_expires_at,
            refresh_token_expires_at: token.refresh_token_expires_at,
            properties: &extra.properties,
            resources: &extra.resources,
            certificate_thumbprint: extra.certificate_thumbprint.as_deref(),
            dpop_key_thumbprint: extra.dpop_key_thumbprint.as_deref(),
            authorization_details: extra.authorization_details.as_ref(),
            jwt_at_claims: extra.jwt_at_claims.as_deref(),
            acr: extra.acr.as_deref(),
            auth_time: extra.auth_time,
            session_id: extra.session_id.as_deref(),
            for_external_attachment: extra.for_external_attachment,
            client_id_alias_used: extra.client_id_alias_used,
            client_entity_id_used: extra.client_entity_id_used,
            metadata_document_used: extra.metadata_document_used,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchView<'a> {
    service_id: &'a str,
    request_id: &'a str,
    dry_run: bool,
    state: &'static str,
    item_count: usize,
    applied: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_description: Option<&'a str>,
    created_at: i64,
    modified_at: i64,
    status_requests: u32,
}

impl<'a> BatchView<'a> {
    fn of(batch: &'a BatchRecord) -> Self {
        Self {
            service_id: &batch.service_id,
            request_id: &batch.request_id,
            dry_run: batch.dry_run,
            state: match batch.state {
                BatchState::Pending => "pending",
                BatchState::Succeeded => "succeeded",
                BatchState::Failed => "failed",
            },
            item_count: batch.item_count,
            applied: batch.applied,
            error_code: batch.error_code,
            error_description: batch.error_description.as_deref(),
            created_at: batch.created_at,
            modified_at: batch.modified_at,
            status_requests: batch.status_requests,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeletedView<'a> {
    service_id: &'a str,
    access_token_hash: &'a str,
    why: &'static str,
    at: i64,
}

impl<'a> DeletedView<'a> {
    fn of(token: &'a DeletedToken) -> Self {
        Self {
            service_id: &token.service_id,
            access_token_hash: &token.access_token_hash,
            why: match token.why {
                Deletion::Requested => "requested",
                Deletion::Expired => "expired",
                Deletion::Replaced => "replaced",
            },
            at: token.at,
        }
    }
}

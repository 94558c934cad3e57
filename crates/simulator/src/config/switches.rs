//! The switches: what Authlete's public sources leave open, and what a service decides.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::client::Client;
use crate::json::{Members, Misread, read_value};

/// When a batch item that breaks a rule is noticed. Authlete's behaviour is not documented.
///
/// Whatever the choice, a body that is not a JSON array of objects with the documented types is
/// refused with 400, and a token that already exists fails the batch later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Validation {
    /// The create call answers 400 and no batch exists.
    #[default]
    AtOnce,
    /// The create call answers 200 and the batch ends as `FAILED`.
    InBatch,
}

/// What a failing batch leaves behind. Authlete says that a failed batch may be partly applied, not how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PartialApplication {
    /// The items before the first offender exist.
    #[default]
    Prefix,
    /// Nothing exists: the batch is atomic.
    None,
    /// Every item but the offenders exists.
    AllButTheOffenders,
}

/// What `tokenCount` says for a batch that failed. Authlete's behaviour is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum FailedTokenCount {
    /// The number of tokens that were created.
    #[default]
    Applied,
    /// The number of items in the batch.
    Received,
    /// JSON `null`, which the API description does not allow.
    Null,
}

/// How the status of a batch shows that it is still being processed. Authlete documents no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PendingResult {
    /// `"result": null`, which the API description does not allow.
    Null,
    /// Without a `result`, like every member that has no value.
    #[default]
    Absent,
}

/// What happens to refresh tokens. None is ever kept for `IMPLICIT` and `CLIENT_CREDENTIALS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum RefreshTokens {
    /// A token has the refresh token that its request carries, or none.
    #[default]
    AsGiven,
    /// One is generated when the request carries none.
    Generated,
    /// A request without one breaks a rule (`SIM106`).
    Required,
    /// The service does not support the refresh flow: it drops every refresh token without a word.
    Unsupported,
    /// Batches drop every refresh token without a word; a token that is created alone keeps its own.
    DroppedByBatches,
}

/// Whether a new token removes the older ones of the same subject and client
/// (Authlete's `singleAccessTokenPerSubject`; tokens of `CLIENT_CREDENTIALS` are exempt).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SingleAccessToken {
    /// Never.
    #[default]
    Off,
    /// When a token is created alone.
    CreateOnly,
    /// When a token is created alone or in a batch.
    CreateAndBatch,
}

/// What happens to members of a service or a client that the API does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum UnknownMembers {
    /// They are kept and shown.
    #[default]
    Keep,
    /// They are dropped without a word, as was observed.
    Discard,
    /// The request is refused with the member's path (`SIM307`), so that a test finds a misspelling.
    Refuse,
}

/// What an update does to the members of a service or a client that it does not name. Authlete does not document it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum UpdateSemantics {
    /// They stay as they are.
    #[default]
    Merge,
    /// They are as if they had never been set, but for those that the server sets and the lock.
    ReplaceWithDefaults,
}

/// Every switch with its value.
///
/// [`Builder`](crate::Builder) has a method for each, and
/// [`Simulator::switch`](crate::Simulator::switch) turns them while the simulator runs. Their JSON has
/// the same names in camelCase; a duration is a whole number of milliseconds and its name ends in `Ms`.
///
/// A service may have its own. The first four concern the server as a whole: a service's own value of
/// these is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Switches {
    /// The HTTP status that answers a wrong bearer (`A458101`). Default: 401.
    #[serde(deserialize_with = "status")]
    pub wrong_bearer_status: u16,
    /// The HTTP status that answers an unknown service (`A458203`). Default: 404.
    #[serde(deserialize_with = "status")]
    pub unknown_service_status: u16,
    /// Whether the ledger keeps request bodies. Default: yes; turn it off for very large runs.
    pub record_bodies: bool,
    /// The largest request body in bytes (beyond: 413, `SIM004`). Default: 512 MiB.
    pub max_body_bytes: usize,
    /// The largest number of items in a batch (beyond: 400, `SIM005`). Default: no limit.
    pub max_batch_items: Option<usize>,
    /// Whether a member without a value is `null`, which the API description does not allow. Default:
    /// no, it is left out.
    pub nulls: bool,
    /// How long a batch takes, on the simulator's clock. Default: 50 ms.
    #[serde(rename = "batchDelayMs", with = "ms")]
    pub batch_delay: Duration,
    /// The scopes that services support (others: `SIM109`). Default: any scope is supported.
    pub scopes: Option<BTreeSet<String>>,
    /// The clients that services have (others: `SIM112`). Default: any client is known, by whatever number
    /// or identifier a token names.
    pub clients: Option<Vec<Client>>,
    /// The API's `service` as far as it is set, by its member names, such as `issuer` and `pkceRequired`. Default:
    /// nothing is set.
    pub service: Map<String, Value>,
    /// What happens to members of services and clients that the API does not have. Default:
    /// [`UnknownMembers::Keep`].
    pub unknown_members: UnknownMembers,
    /// What an update does to the members that it does not name. Default: [`UpdateSemantics::Merge`].
    pub update_semantics: UpdateSemantics,
    /// How many tokens a list may ask for (beyond: 400, `SIM007`). Default: 20.
    pub max_listed_tokens: Option<usize>,
    /// How many tokens one revocation by client or subject takes. Default: 20.
    pub max_revoked_tokens: Option<usize>,
    /// Whether a batch item must carry `accessToken` (else: `SIM105`). Default: no, a value is
    /// generated, which nobody but the ledger ever sees.
    pub require_access_token: bool,
    /// What happens to refresh tokens. Default: [`RefreshTokens::AsGiven`].
    pub refresh_tokens: RefreshTokens,
    /// When a broken rule is noticed. Default: [`Validation::AtOnce`].
    pub validation: Validation,
    /// What a failing batch leaves behind. Default: [`PartialApplication::Prefix`].
    pub partial_application: PartialApplication,
    /// `tokenCount` of a failed batch. Default: [`FailedTokenCount::Applied`].
    pub failed_token_count: FailedTokenCount,
    /// How a pending batch shows. Default: [`PendingResult::Absent`].
    pub pending_result: PendingResult,
    /// Say `SUCCEED` for `SUCCEEDED`, as an older description had it. Default: no.
    pub succeed_without_ed: bool,
    /// This many status requests for a batch are first answered 404, as if the batch were not known
    /// yet. Default: 0.
    pub early_not_found_requests: u32,
    /// Status requests are answered 404 until the batch is this old, on the simulator's clock.
    /// Default: zero.
    #[serde(rename = "earlyNotFoundForMs", with = "ms")]
    pub early_not_found_for: Duration,
    /// Whether the answer to a dry run has a request ID. Default: yes.
    pub dry_run_request_id: bool,
    /// Whether a dry run has a status (else: 404). Default: yes.
    pub dry_run_status: bool,
    /// Whether a dry run fails on tokens that exist already. Default: yes.
    pub dry_run_uniqueness: bool,
    /// `singleAccessTokenPerSubject`. Default: [`SingleAccessToken::Off`].
    pub single_access_token_per_subject: SingleAccessToken,
    /// Whether the scopes that users grant to clients can be asked for, which shared servers refuse with 403
    /// (`SIM822`). Default: no.
    pub granted_scopes: bool,
    /// Whether a code that is used twice ends the tokens that it gave (RFC 6749, section 4.1.2). Default: no.
    pub replayed_code_revokes: bool,
    /// Whether the ID token of the code flow has `at_hash`. Default: yes.
    pub at_hash_in_code_flow: bool,
    /// How long an access token lives whose request says 0 or nothing. Default: 1 hour.
    #[serde(rename = "accessTokenDurationMs", with = "ms")]
    pub access_token_duration: Duration,
    /// How long a refresh token lives whose request says 0 or nothing. Default: 10 days.
    #[serde(rename = "refreshTokenDurationMs", with = "ms")]
    pub refresh_token_duration: Duration,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            wrong_bearer_status: 401,
            unknown_service_status: 404,
            record_bodies: true,
            max_body_bytes: 512 * 1024 * 1024,
            max_batch_items: None,
            nulls: false,
            batch_delay: Duration::from_millis(50),
            scopes: None,
            clients: None,
            service: Map::new(),
            unknown_members: UnknownMembers::default(),
            update_semantics: UpdateSemantics::default(),
            max_listed_tokens: Some(20),
            max_revoked_tokens: Some(20),
            require_access_token: false,
            refresh_tokens: RefreshTokens::default(),
            validation: Validation::default(),
            partial_application: PartialApplication::default(),
            failed_token_count: FailedTokenCount::default(),
            pending_result: PendingResult::default(),
            succeed_without_ed: false,
            early_not_found_requests: 0,
            early_not_found_for: Duration::ZERO,
            dry_run_request_id: true,
            dry_run_status: true,
            dry_run_uniqueness: true,
            single_access_token_per_subject: SingleAccessToken::default(),
            granted_scopes: false,
            replayed_code_revokes: false,
            at_hash_in_code_flow: true,
            access_token_duration: Duration::from_secs(3600),
            refresh_token_duration: Duration::from_secs(864_000),
        }
    }
}

impl Switches {
    /// The same, but for some members.
    pub(crate) fn changed(&self, changes: Members) -> Result<Self, Misread> {
        let mut members = match serde_json::to_value(self) {
            Ok(Value::Object(members)) => members,
            _ => serde_json::Map::new(),
        };
        members.extend(changes.0);
        read_value(Value::Object(members))
    }
}

/// A status that a final answer can have.
fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u16::deserialize(deserializer)?;
    if (200..=999).contains(&status) {
        Ok(status)
    } else {
        Err(D::Error::custom("a status from 200 to 999 is expected"))
    }
}

/// A duration as a whole number of milliseconds.
mod ms {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

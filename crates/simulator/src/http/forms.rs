//! Faults, rate limits and outages as JSON.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::faults::Fault;
use super::limits::RateLimit;
use super::outages::Outage;
use crate::json::Object;
use crate::operations::Operation;

/// What keeps a form from being what it stands for, in words.
type FormError = String;

/// Refuses a member that means nothing beside the others.
fn refuse<T>(given: &Option<T>, name: &str, why: &str) -> Result<(), FormError> {
    match given {
        Some(_) => Err(format!("`{name}` {why}")),
        None => Ok(()),
    }
}

fn require<T>(given: Option<T>, name: &str, why: &str) -> Result<T, FormError> {
    given.ok_or_else(|| format!("`{name}` is required {why}"))
}

/// A value of `Retry-After`, in whatever form.
fn check_retry_after(value: Option<&str>) -> Result<(), FormError> {
    match value.map(HeaderValue::try_from) {
        Some(Err(_)) => Err("`retryAfter` is no value that HTTP allows".to_owned()),
        _ => Ok(()),
    }
}

/// Reads a form and makes of it what it stands for.
fn from_form<'de, D, F, T>(
    deserializer: D,
    make: impl FnOnce(F) -> Result<T, FormError>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: DeserializeOwned,
{
    let form = Object::<F>::deserialize(deserializer)?;
    make(form.0).map_err(D::Error::custom)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum FaultKind {
    Status,
    Delay,
    DelayAnswer,
    CloseBeforeProcessing,
    CloseAfterProcessing,
    ResetBeforeProcessing,
    ResetAfterProcessing,
    ResetOnAccept,
    HangBeforeProcessing,
    HangAfterProcessing,
    TruncatedBody,
    StalledBody,
    MalformedBody,
    Body,
    Answer,
}

impl FaultKind {
    /// Whether the fault answers, so that headers have a place.
    fn answers(self) -> bool {
        matches!(
            self,
            Self::Status
                | Self::Delay
                | Self::DelayAnswer
                | Self::TruncatedBody
                | Self::StalledBody
                | Self::MalformedBody
                | Self::Body
                | Self::Answer
        )
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FaultForm {
    kind: FaultKind,
    status: Option<u16>,
    body: Option<String>,
    content_type: Option<String>,
    action: Option<String>,
    members: Option<Map<String, Value>>,
    headers: Option<Vec<(String, String)>>,
    retry_after: Option<String>,
    processed: Option<bool>,
    delay_ms: Option<u64>,
    answer_delay_ms: Option<u64>,
    operation: Option<Operation>,
    path: Option<String>,
    after: Option<u64>,
    times: Option<u64>,
    always: Option<bool>,
    probability: Option<f64>,
    seed: Option<u64>,
    starting_in_ms: Option<u64>,
    lasting_ms: Option<u64>,
}

impl FaultForm {
    fn fault(mut self) -> Result<Fault, FormError> {
        self.check()?;
        let mut fault = self.constructed()?;
        for (name, value) in self.members.take().unwrap_or_default() {
            fault = fault.member(name, value);
        }
        for (name, value) in self.headers.take().unwrap_or_default() {
            if HeaderName::try_from(&name).is_err() || HeaderValue::try_from(&value).is_err() {
                return Err("`headers` has a name or a value that HTTP does not allow".to_owned());
            }
            fault = fault.header(name, value);
        }
        if let Some(value) = self.retry_after.take() {
            fault = fault.retry_after(value);
        }
        if let (Some(delay), true) = (self.delay_ms, self.kind != FaultKind::Delay) {
            fault = fault.delayed(Duration::from_millis(delay));
        }
        fault = match self.processed {
            Some(true) => fault.processed(),
            Some(false) => fault.unprocessed(),
            None => fault,
        };
        if let Some(operation) = self.operation {
            fault = fault.on(operation);
        }
        if let Some(part) = self.path.take() {
            fault = fault.on_path(part);
        }
        if let Some(requests) = self.after {
            fault = fault.after(requests);
        }
        if let Some(probability) = self.probability {
            fault = fault.sometimes(probability, self.seed.unwrap_or_default());
        }
        if let Some(wait) = self.starting_in_ms {
            fault = fault.starting_in(Duration::from_millis(wait));
        }
        if let Some(span) = self.lasting_ms {
            fault = fault.lasting(Duration::from_millis(span));
        }
        fault = match (self.times, self.always) {
            (Some(times), _) => fault.times(times),
            (None, Some(true)) => fault.always(),
            (None, Some(false)) => fault.times(1),
            (None, None) => fault,
        };
        Ok(fault)
    }

    /// Refuses what means nothing for this kind.
    fn check(&self) -> Result<(), FormError> {
        let kind = self.kind;
        check_retry_after(self.retry_after.as_deref())?;
        if kind != FaultKind::Status {
            refuse(&self.status, "status", "is for the kind `status`")?;
        }
        if !matches!(kind, FaultKind::Status | FaultKind::Body) {
            refuse(&self.body, "body", "is for the kinds `status` and `body`")?;
            refuse(&self.content_type, "contentType", "is for the kinds `status` and `body`")?;
        }
        if self.content_type.as_ref().is_some_and(|text| HeaderValue::try_from(text).is_err()) {
            return Err("`contentType` is no value that HTTP allows".to_owned());
        }
        if kind != FaultKind::Answer {
            refuse(&self.action, "action", "is for the kind `answer`")?;
        }
        if !matches!(kind, FaultKind::Status | FaultKind::Answer) {
            refuse(&self.members, "members", "is for the kinds `status` and `answer`")?;
        }
        if self.body.is_some() {
            refuse(&self.members, "members", "contradicts `body`")?;
        }
        if kind != FaultKind::DelayAnswer {
            refuse(&self.answer_delay_ms, "answerDelayMs", "is for the kind `delayAnswer`")?;
        }
        if !kind.answers() {
            refuse(&self.headers, "headers", "is for kinds that answer")?;
            refuse(&self.retry_after, "retryAfter", "is for kinds that answer")?;
        }
        if kind == FaultKind::ResetOnAccept {
            let why = "cannot be told before there is a request";
            refuse(&self.operation, "operation", why)?;
            refuse(&self.path, "path", why)?;
            refuse(&self.processed, "processed", why)?;
            refuse(&self.delay_ms, "delayMs", why)?;
        }
        if let Some(status) = self.status.filter(|status| !(200..=999).contains(status)) {
            return Err(format!("`status` is {status}, not from 200 to 999"));
        }
        if self.times == Some(0) {
            return Err("`times` is 0: such a fault never applies".to_owned());
        }
        if self.always == Some(true) {
            refuse(&self.times, "times", "contradicts `always`")?;
        }
        match self.probability {
            None => refuse(&self.seed, "seed", "is for `probability`"),
            Some(share) if (0.0..=1.0).contains(&share) => Ok(()),
            Some(_) => Err("`probability` is not from 0 to 1".to_owned()),
        }
    }

    fn constructed(&mut self) -> Result<Fault, FormError> {
        Ok(match self.kind {
            FaultKind::Status => {
                let mut fault = Fault::status(require(self.status, "status", "for this kind")?);
                if let Some(body) = self.body.take() {
                    fault = fault.with_body(body);
                }
                match self.content_type.take() {
                    Some(content_type) => fault.header("content-type", content_type),
                    None => fault,
                }
            }
            FaultKind::Delay => {
                Fault::delay(Duration::from_millis(require(self.delay_ms, "delayMs", "for this kind")?))
            }
            FaultKind::DelayAnswer => {
                let delay = require(self.answer_delay_ms, "answerDelayMs", "for this kind")?;
                Fault::delay_answer(Duration::from_millis(delay))
            }
            FaultKind::CloseBeforeProcessing => Fault::close_before_processing(),
            FaultKind::CloseAfterProcessing => Fault::close_after_processing(),
            FaultKind::ResetBeforeProcessing => Fault::reset_before_processing(),
            FaultKind::ResetAfterProcessing => Fault::reset_after_processing(),
            FaultKind::ResetOnAccept => Fault::reset_on_accept(),
            FaultKind::HangBeforeProcessing => Fault::hang_before_processing(),
            FaultKind::HangAfterProcessing => Fault::hang_after_processing(),
            FaultKind::TruncatedBody => Fault::truncated_body(),
            FaultKind::StalledBody => Fault::stalled_body(),
            FaultKind::MalformedBody => Fault::malformed_body(),
            FaultKind::Answer => {
                let operation = require(self.operation, "operation", "for this kind")?;
                match self.action.take() {
                    Some(action) => Fault::answer(operation, action),
                    None => Fault::status(200),
                }
            }
            FaultKind::Body => {
                let body = require(self.body.take(), "body", "for this kind")?;
                let content_type = self.content_type.take();
                Fault::body(body, content_type.unwrap_or_else(|| "application/json".to_owned()))
            }
        })
    }
}

/// An object whose `kind` is named like a constructor, in camelCase; the other members are named like
/// the methods. The crate's README lists them.
impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_form(deserializer, FaultForm::fault)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RateLimitForm {
    requests: usize,
    per_ms: Option<u64>,
    operation: Option<Operation>,
    retry_after: Option<String>,
    without_retry_after: Option<bool>,
}

impl RateLimitForm {
    fn limit(self) -> Result<RateLimit, FormError> {
        let span = self.per_ms.unwrap_or(1000);
        if span == 0 {
            return Err("`perMs` is 0: no request is within no time".to_owned());
        }
        let mut limit = RateLimit::new(self.requests, Duration::from_millis(span));
        if let Some(operation) = self.operation {
            limit = limit.on(operation);
        }
        if self.without_retry_after == Some(true) {
            refuse(&self.retry_after, "retryAfter", "contradicts `withoutRetryAfter`")?;
            limit = limit.without_retry_after();
        }
        check_retry_after(self.retry_after.as_deref())?;
        Ok(match self.retry_after {
            Some(value) => limit.retry_after(value),
            None => limit,
        })
    }
}

/// An object with `requests`, and if need be `perMs` (default: 1000), `operation`, `retryAfter` and
/// `withoutRetryAfter`.
impl<'de> Deserialize<'de> for RateLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_form(deserializer, RateLimitForm::limit)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum OutageKind {
    Refused,
    Unavailable,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OutageForm {
    kind: OutageKind,
    starting_in_ms: Option<u64>,
    after_requests: Option<u64>,
    lasting_ms: Option<u64>,
    for_requests: Option<u64>,
    retry_after: Option<String>,
}

impl OutageForm {
    fn outage(self) -> Result<Outage, FormError> {
        check_retry_after(self.retry_after.as_deref())?;
        let mut outage = match self.kind {
            OutageKind::Refused => {
                refuse(&self.retry_after, "retryAfter", "is for the kind `unavailable`")?;
                Outage::refused()
            }
            OutageKind::Unavailable => Outage::unavailable(),
        };
        if let Some(wait) = self.starting_in_ms {
            outage = outage.starting_in(Duration::from_millis(wait));
        }
        if let Some(requests) = self.after_requests {
            outage = outage.after_requests(requests);
        }
        if let Some(span) = self.lasting_ms {
            outage = outage.lasting(Duration::from_millis(span));
        }
        if let Some(requests) = self.for_requests {
            outage = outage.for_requests(requests);
        }
        Ok(match self.retry_after {
            Some(value) => outage.retry_after(value),
            None => outage,
        })
    }
}

/// An object whose `kind` is `refused` or `unavailable`, and if need be `startingInMs`,
/// `afterRequests`, `lastingMs`, `forRequests` and `retryAfter`.
impl<'de> Deserialize<'de> for Outage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_form(deserializer, OutageForm::outage)
    }
}

//! The attempts of a call.

use std::pin::pin;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use tokio::time::Instant;
#[cfg(feature = "tracing")]
use tracing::{Instrument as _, Span};

use super::body::{BodyReader, Unread};
use super::decode::{Outcome, limits};
use super::reporter::Reporter;
#[cfg(feature = "tracing")]
use super::trace;
use super::{Call, Undecoded};
use crate::core::{BearerSource, CoreSettings, RetryConfig, TRANSIENT, authorization, retry_after};
use crate::error::{
    AuthleteError, CredentialError, ErrorContext, InvalidValue, ResponseProblem, TimeoutPhase,
};
use crate::exchange::{Delivery, HttpMeta};
use crate::json::{self, Limits};
use crate::models::Secret;
use crate::models::errors::{AuthleteDefaultError, ResultError};
use crate::models::table::Value as _;
use crate::runtime::{CatchDrop, Race, Timer, after, new_sleep};
use crate::transport::Progress;

/// What is the same for all attempts of a call.
struct Run<'a> {
    call: &'a Call<'a>,
    settings: &'a CoreSettings,
    uri: Uri,
    /// The call's deadline.
    deadline: Instant,
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain");

/// What changes from attempt to attempt.
#[derive(Default)]
struct History {
    attempts: u32,
    /// The latest failure, with what the earlier ones add to it.
    failure: Option<AuthleteError>,
    /// The provider's latest bearer.
    bearer: Option<Secret>,
    /// Whether the provider is asked for another bearer, which happens at most once.
    refresh: Refresh,
}

/// Whether a 401 makes the provider replace its bearer.
#[derive(Default, PartialEq)]
enum Refresh {
    #[default]
    Possible,
    /// The latest failure was a 401: ask.
    Due,
    Done,
}

impl History {
    /// Adds to an error what is known of the earlier ones.
    fn add_to(&mut self, error: &mut AuthleteError) {
        if let Some(earlier) = self.failure.take() {
            error.add(earlier);
        }
    }
}

impl Call<'_> {
    /// Sends the request, and again where that is safe, until there is an answer.
    pub(crate) fn send(&mut self) -> impl Future<Output = Outcome> {
        #[cfg(not(feature = "tracing"))]
        return self.run();
        #[cfg(feature = "tracing")]
        return self.run_within(trace::call(self.operation));
    }

    #[cfg(feature = "tracing")]
    async fn run_within(&mut self, span: Span) -> Outcome {
        let mut outcome = self.run(span.clone()).instrument(span.clone()).await;
        match &mut outcome.0 {
            Ok(answer) => answer.span = span,
            Err(error) => trace::failed(&span, error),
        }
        outcome
    }

    async fn run(&mut self, #[cfg(feature = "tracing")] span: Span) -> Outcome {
        let mut history = History::default();
        let uri = self.uri();
        let mut result = match uri {
            Ok(uri) => {
                let run = Run::new(self, uri);
                let mut reporter = Reporter::new(run.settings, self.operation, &run.uri, self.replayable);
                #[cfg(feature = "tracing")]
                reporter.within(span);
                let result = run.attempts(&mut history, &mut reporter).await;
                reporter.over();
                result
            }
            Err(error) => Err(error),
        };
        if let Err(error) = &mut result {
            history.add_to(error);
            let context = error.context_mut();
            context.operation = Some(self.operation);
            context.attempts = history.attempts;
            context.replayable = self.replayable;
        }
        Outcome(result)
    }

    /// Where the request goes, unless something was found wrong.
    fn uri(&mut self) -> Result<Uri, AuthleteError> {
        let path = self.target.as_mut().map_err(|rejected| rejected.clone())?.finish()?;
        let base = self.options.and_then(|options| options.base_url.as_ref());
        let base = base.unwrap_or(&self.core.settings().base);
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(base.scheme.clone());
        parts.authority = Some(base.authority.clone());
        let too_long = |()| AuthleteError::invalid_request(InvalidValue::new("URL", "is too long"));
        parts.path_and_query =
            Some(PathAndQuery::from_maybe_shared(Bytes::from(path)).map_err(|_| too_long(()))?);
        Uri::from_parts(parts).map_err(|_| too_long(()))
    }
}

impl<'a> Run<'a> {
    fn new(call: &'a Call<'a>, uri: Uri) -> Self {
        let settings = call.core.settings();
        let timeout = call.options.and_then(|options| options.timeout).unwrap_or(settings.timeouts.call);
        Self { call, settings, uri, deadline: after(Instant::now(), timeout) }
    }

    async fn attempts(
        &self,
        history: &mut History,
        reporter: &mut Reporter<'_>,
    ) -> Result<Undecoded, AuthleteError> {
        let started = Instant::now();
        let Some(sleep) = new_sleep(self.deadline) else {
            return Err(AuthleteError::no_timer(self.call.operation));
        };
        let mut timer = Timer(pin!(sleep));
        loop {
            let authorization = self.authorization(history, &mut timer).await?;
            let now = Instant::now();
            if now >= self.deadline {
                // The deadline has passed: an answer could no longer arrive in time.
                let late = || AuthleteError::timeout(TimeoutPhase::Call, Delivery::NotSent);
                return Err(history.failure.take().unwrap_or_else(late));
            }
            history.attempts += 1;
            let request = self.request(authorization);
            let progress = Progress::default();
            reporter.begin(history.attempts, now, progress.clone());
            let attempt = self.attempt(now, request, progress, &mut timer);
            #[cfg(feature = "tracing")]
            let attempt = attempt.instrument(reporter.span());
            let result = attempt.await;
            reporter.end(&result);
            let mut error = match result {
                Ok(mut answer) => {
                    self.settings.budget.success();
                    answer.http.attempts = history.attempts;
                    return Ok(answer);
                }
                Err(error) => error,
            };
            let context = error.context_mut();
            if context.transient {
                self.settings.budget.failure();
            }
            if let Some(http) = &mut context.http {
                http.attempts = history.attempts;
            }
            // This failure alone decides on a repetition. The final error tells of all of them.
            let pause = if self.may_refresh(history, &error) {
                history.refresh = Refresh::Due;
                None
            } else {
                match self.pause(history.attempts, started, &error) {
                    Some(pause) => Some(pause),
                    None => return Err(error),
                }
            };
            history.add_to(&mut error);
            history.failure = Some(error);
            if let Some(pause) = pause {
                timer.sleep(after(Instant::now(), pause)).await;
            }
        }
    }

    /// The next attempt's `Authorization`; `None` if the caller set it, or the operation takes none.
    async fn authorization(
        &self,
        history: &mut History,
        timer: &mut Timer<'_>,
    ) -> Result<Option<HeaderValue>, AuthleteError> {
        let own = self.call.options.is_some_and(|options| options.headers.contains_key(&AUTHORIZATION));
        if own || !self.call.authorised {
            return Ok(None);
        }
        let provider = match &self.settings.bearer {
            BearerSource::Fixed(value) => return Ok(Some(value.clone())),
            BearerSource::Provider(provider) => provider,
        };
        let rejected = history.bearer.as_ref().filter(|_| history.refresh == Refresh::Due);
        let bearer =
            timer.race(self.deadline, pin!(async { CatchDrop::new(provider.bearer(rejected)).await })).await;
        let bearer = match bearer {
            Race::Won(Ok(bearer)) => bearer,
            Race::Won(Err(source)) => {
                return Err(AuthleteError::credential(CredentialError::Provider { source }));
            }
            Race::TimedOut => return Err(AuthleteError::credential(CredentialError::TimedOut)),
            Race::Panicked => return Err(AuthleteError::credential(CredentialError::Panicked)),
        };
        if history.refresh == Refresh::Due {
            history.refresh = Refresh::Done;
            if history.bearer.as_ref() == Some(&bearer)
                && let Some(refused) = history.failure.take()
            {
                return Err(refused);
            }
        }
        let value = authorization(&bearer).map_err(AuthleteError::credential)?;
        history.bearer = Some(bearer);
        Ok(Some(value))
    }

    /// Whether a 401 is worth asking the provider for another bearer. It was refused, so nothing happens twice.
    fn may_refresh(&self, history: &History, error: &AuthleteError) -> bool {
        let unauthorized = error.http().is_some_and(|http| http.status == StatusCode::UNAUTHORIZED);
        unauthorized && history.bearer.is_some() && history.refresh == Refresh::Possible
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn pause(&self, attempts: u32, started: Instant, error: &AuthleteError) -> Option<Duration> {
        let retries =
            self.call.options.and_then(|options| options.retries.as_ref()).unwrap_or(&self.settings.retries);
        let RetryConfig::Backoff(backoff) = retries else {
            return None;
        };
        let context = error.context();
        let repeatable = context.transient && context.delivery.allows_replay(self.call.replayable);
        if !repeatable || attempts >= backoff.max_attempts || !self.settings.budget.allows_retry() {
            return None;
        }
        let of_status = matches!(error, AuthleteError::Result { .. } | AuthleteError::Default { .. });
        if !of_status && !backoff.retry_connection_errors {
            return None;
        }
        let pause = match context.retry_after {
            Some(asked) => asked,
            None => backoff.pause(attempts, self.settings.random.draw()),
        };
        let limit = self.deadline.min(after(started, backoff.max_elapsed_time));
        let next = Instant::now().checked_add(pause)?;
        (next < limit).then_some(pause)
    }

    /// One request and its response.
    async fn attempt(
        &self,
        now: Instant,
        request: Request<Bytes>,
        progress: Progress,
        timer: &mut Timer<'_>,
    ) -> Result<Undecoded, AuthleteError> {
        let timeouts = &self.settings.timeouts;
        let timeout =
            self.call.options.and_then(|options| options.attempt_timeout).unwrap_or(timeouts.attempt);
        let own = after(now, timeout);
        let (deadline, phase) = if own < self.deadline {
            (own, TimeoutPhase::Attempt)
        } else {
            (self.deadline, TimeoutPhase::Call)
        };

        let transport = &self.settings.transport;
        // Called inside the race, which catches a panic of the transport.
        let exchange = pin!(async { CatchDrop::new(transport.send(request, progress.clone())).await });
        let response = match timer.race(deadline, exchange).await {
            Race::Won(Ok(response)) => response,
            Race::Won(Err(error)) => return Err(AuthleteError::transport(error)),
            Race::TimedOut => return Err(AuthleteError::timeout(phase, progress.end())),
            Race::Panicked => {
                return Err(AuthleteError::unexpected("the transport panicked", progress.end()));
            }
        };
        let received = SystemTime::now();
        let (head, body) = response.into_parts();
        let http = HttpMeta { status: head.status, headers: head.headers, attempts: 0 };
        let limits = &self.settings.limits;
        let success = http.status.is_success();
        let limit = if success { limits.max_response_bytes } else { limits.max_error_bytes };
        let mut reader = BodyReader { body, limit, deadline, phase, stall: timeouts.stall };
        match (reader.read(timer, !success).await, success) {
            (Ok(body), true) => Ok(Undecoded {
                operation: self.call.operation,
                replayable: self.call.replayable,
                http,
                body,
                limit,
                deadline: self.deadline,
                #[cfg(feature = "tracing")]
                span: tracing::Span::none(),
            }),
            // The status is enough, even if the body could not be read.
            (body, false) => Err(self.refusal(http, body.unwrap_or_default(), received)),
            (Err(Unread::TooLarge), true) => Err(AuthleteError::ResponseValidation {
                problem: ResponseProblem::TooLarge,
                context: ErrorContext::new(Delivery::MaybeSent).response(http, Bytes::new()),
            }),
            // The error keeps the head.
            (Err(Unread::Failed(mut error)), true) => {
                error.context_mut().http = Some(http);
                Err(error)
            }
        }
    }

    fn request(&self, authorization: Option<HeaderValue>) -> Request<Bytes> {
        let mut request = Request::new(self.call.body.clone().unwrap_or_default());
        *request.method_mut() = self.call.operation.method.clone();
        *request.uri_mut() = self.uri.clone();
        // Six is what the smallest map holds: these four, the transport's `Host`, and one more.
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(ACCEPT, if self.call.wants_text { TEXT } else { JSON });
        headers.insert(USER_AGENT, self.settings.user_agent.clone());
        if self.call.body.is_some() {
            headers.insert(CONTENT_TYPE, if self.call.is_form { FORM } else { JSON });
        }
        if let Some(value) = authorization {
            headers.insert(AUTHORIZATION, value);
        }
        let extra = [Some(&self.settings.headers), self.call.options.map(|options| &options.headers)];
        for extra in extra.into_iter().flatten() {
            for (name, value) in extra {
                headers.insert(name.clone(), value.clone());
            }
        }
        *request.headers_mut() = headers;
        request
    }

    /// The error that an error status and its body make.
    fn refusal(&self, http: HttpMeta, body: Bytes, received: SystemTime) -> AuthleteError {
        let status = http.status.as_u16();
        let transient = match self.call.options.and_then(|options| options.retry_codes.as_ref()) {
            Some(codes) => codes.contains(&status),
            None => TRANSIENT.contains(&status),
        };
        let is_late = || Instant::now() >= self.deadline;
        let result = result_error(&body, &limits(self.settings.limits.max_error_bytes, &is_late));
        let is_authlete = result.as_ref().is_some_and(|error| error.printable_code().is_some());
        let context = ErrorContext::new(Delivery::of_status(http.status, is_authlete))
            .transient(transient)
            .retry_after(retry_after(&http.headers, received))
            .response(http, body.clone());
        match result {
            Some(error) => AuthleteError::Result { error: Box::new(error), context },
            None => AuthleteError::Default { error: Box::new(AuthleteDefaultError::new(body)), context },
        }
    }
}

/// The JSON object of an error response, if its body is one. What it says is left out if it is not as documented.
fn result_error(body: &[u8], limits: &Limits<'_>) -> Option<ResultError> {
    let text = std::str::from_utf8(body).ok()?;
    // Some gateways put a byte order mark before their JSON, which a reader may ignore (RFC 8259 section 8.1).
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut error = ResultError::default();
    if json::read(text, error.place(), limits).is_ok() {
        return Some(error);
    }
    let is_object = text.trim_ascii_start().starts_with('{') && json::skim(text, limits).is_ok();
    is_object.then(ResultError::default)
}

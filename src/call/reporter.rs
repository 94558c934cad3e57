//! Reports a call's attempts to the observer and to `tracing`, even if the call is dropped midway.

use http::Uri;
use tokio::time::Instant;

use super::Undecoded;
#[cfg(feature = "tracing")]
use super::trace;
use crate::core::CoreSettings;
use crate::error::AuthleteError;
use crate::exchange::{Delivery, Operation};
use crate::observer::{Attempt, End};
use crate::runtime::catch_panic;
use crate::transport::Progress;

/// Reports the attempts of one call. If it is dropped before [`over`](Self::over), the call was dropped, and it reports that.
pub(super) struct Reporter<'a> {
    settings: &'a CoreSettings,
    operation: &'static Operation,
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    uri: &'a Uri,
    #[cfg_attr(not(feature = "tracing"), allow(dead_code))]
    replayable: bool,
    /// The strongest delivery of the attempts that have ended.
    delivery: Delivery,
    /// The latest attempt's progress.
    progress: Option<Progress>,
    running: Option<Running>,
    over: bool,
    /// The call's span.
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

/// The attempt under way.
struct Running {
    number: u32,
    started: Instant,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(
        settings: &'a CoreSettings,
        operation: &'static Operation,
        uri: &'a Uri,
        replayable: bool,
    ) -> Self {
        Self {
            settings,
            operation,
            uri,
            replayable,
            delivery: Delivery::NotSent,
            progress: None,
            running: None,
            over: false,
            #[cfg(feature = "tracing")]
            span: tracing::Span::none(),
        }
    }

    /// Sets the call's span.
    #[cfg(feature = "tracing")]
    pub(super) fn within(&mut self, span: tracing::Span) {
        self.span = span;
    }

    /// An attempt begins.
    pub(super) fn begin(&mut self, number: u32, started: Instant, progress: Progress) {
        self.progress = Some(progress);
        self.running = Some(Running {
            number,
            started,
            #[cfg(feature = "tracing")]
            span: trace::attempt(
                self.operation,
                number,
                self.settings.trace_server_address.then_some(self.uri),
            ),
        });
    }

    /// The span of the attempt under way.
    #[cfg(feature = "tracing")]
    pub(super) fn span(&self) -> tracing::Span {
        self.running.as_ref().map_or_else(tracing::Span::none, |running| running.span.clone())
    }

    /// The attempt has ended.
    pub(super) fn end(&mut self, result: &Result<Undecoded, AuthleteError>) {
        let end = match result {
            Ok(answer) => End::Answered(answer.http.status),
            Err(error) => {
                self.delivery = self.delivery.or(error.delivery());
                End::Failed(error)
            }
        };
        self.tell(end);
    }

    /// The call has ended.
    pub(super) fn over(mut self) {
        self.over = true;
    }

    fn tell(&mut self, end: End<'_>) {
        let Some(running) = self.running.take() else { return };
        let duration = running.started.elapsed();
        let attempt = Attempt { operation: self.operation, number: running.number, duration, end };
        #[cfg(feature = "tracing")]
        trace::ended(&running.span, &attempt);
        if let Some(observer) = &self.settings.observer {
            // A panic of the observer must not lose the call's result.
            let _ = catch_panic(|| observer.attempt(&attempt));
        }
    }
}

impl Drop for Reporter<'_> {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        if self.running.is_some() {
            let delivery = self.progress.as_ref().map_or(Delivery::MaybeSent, Progress::end);
            self.delivery = self.delivery.or(delivery);
            self.tell(End::Abandoned(delivery));
        }
        #[cfg(feature = "tracing")]
        trace::abandoned(&self.span, self.operation, self.delivery, self.replayable);
    }
}

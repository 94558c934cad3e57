//! The pace of the whole run: how many requests at a time, how often, and how long a server that does not answer is asked
//! again.
//!
//! Trouble halves the number of requests at a time, and answers raise it slowly. What the server asks for in `Retry-After`
//! holds for all requests; the pauses that grow by themselves hold for requests of the kind that fails.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::options::PaceArgs;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// The creation of a batch.
    Batch,
    /// The status of one, which may show that all is well.
    Status,
    /// A single token.
    Single,
}

/// How a request went, as far as the pace is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Felt {
    Answered,
    /// The server has more to do than it can, or is away. It may have asked for a pause.
    Pressed(Option<Duration>),
}

/// Why a request is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GivenUp {
    /// It has been tried for long enough, or often enough.
    Tried,
    /// The server asks for a pause that patience ends before.
    Pause { asked: Duration, retry_for: Duration },
}

/// The first pause of a kind that fails, and the longest.
const SHORTEST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_secs(30);
/// How often a request is tried where there is no patience, and how often one alone may fail while others of its kind
/// are answered.
pub(super) const ATTEMPTS: u32 = 10;
const ATTEMPTS_ALONE: u32 = 30;

/// How requests of a kind are faring.
#[derive(Clone, Copy, Default)]
struct Fortune {
    /// Since when all have failed.
    failing_since: Option<Instant>,
    failures: u32,
    /// What began before this is of the failure that was counted last.
    counted_at: Option<Instant>,
    /// No request of the kind before this.
    rest_until: Option<Instant>,
    answers: u64,
}

struct PaceState {
    limit: f64,
    in_flight: u32,
    /// No request at all before this.
    pause_until: Option<Instant>,
    /// When the rate allows the next.
    next_at: Instant,
    /// What began before this has nothing new to say of an overload.
    cut_at: Option<Instant>,
    fortunes: [Fortune; 3],
}

pub(super) struct Pace {
    most: f64,
    gap: Duration,
    retry_for: Duration,
    state: Mutex<PaceState>,
    changed: Notify,
}

impl Pace {
    /// At most this many requests at a time.
    pub(super) fn new(most: u32, args: &PaceArgs) -> Self {
        let now = Instant::now();
        let most = f64::from(most.max(1));
        Self {
            most,
            gap: args.rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(1.0 / rate)),
            retry_for: args.retry_for,
            state: Mutex::new(PaceState {
                limit: most,
                in_flight: 0,
                pause_until: None,
                next_at: now,
                cut_at: None,
                fortunes: [Fortune::default(); 3],
            }),
            changed: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, PaceState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn of a request.
    pub(super) async fn enter(&self, kind: RequestKind) -> Permit<'_> {
        loop {
            let changed = self.changed.notified();
            let turn = self.lock().turn(kind, Instant::now(), self.gap);
            match turn {
                Turn::Now(begun) => return Permit { pace: self, kind, begun, answers: self.answers(kind) },
                Turn::At(at) => tokio::select! {
                    () = sleep_until(at) => {}
                    () = changed => {}
                },
                Turn::WhenSomethingChanges => changed.await,
            }
        }
    }

    fn answers(&self, kind: RequestKind) -> u64 {
        self.lock().fortune(kind).answers
    }

    /// Since when no request of the kind has been answered.
    pub(super) fn is_failing(&self, kind: RequestKind) -> bool {
        self.lock().fortune(kind).failing_since.is_some()
    }

    /// Whether a kind has failed for longer than `--retry-for` allows.
    pub(super) fn is_spent(&self, kind: RequestKind) -> bool {
        let since = self.lock().fortune(kind).failing_since;
        since.is_some_and(|since| since.elapsed() >= self.retry_for)
    }
}

enum Turn {
    Now(Instant),
    At(Instant),
    WhenSomethingChanges,
}

impl PaceState {
    fn fortune(&mut self, kind: RequestKind) -> &mut Fortune {
        let [batch, status, single] = &mut self.fortunes;
        match kind {
            RequestKind::Batch => batch,
            RequestKind::Status => status,
            RequestKind::Single => single,
        }
    }

    fn turn(&mut self, kind: RequestKind, now: Instant, gap: Duration) -> Turn {
        // While the results of batches cannot be learnt, no others are added to them.
        if kind == RequestKind::Batch && self.fortune(RequestKind::Status).failing_since.is_some() {
            return Turn::WhenSomethingChanges;
        }
        let waits = [self.pause_until, self.fortune(kind).rest_until, Some(self.next_at)];
        if let Some(at) = waits.into_iter().flatten().max().filter(|at| *at > now) {
            return Turn::At(at);
        }
        if f64::from(self.in_flight) + 1.0 > self.limit.max(1.0) {
            return Turn::WhenSomethingChanges;
        }
        self.in_flight += 1;
        self.next_at = self.next_at.max(now) + gap;
        Turn::Now(now)
    }
}

/// The right to one request.
#[must_use]
pub(crate) struct Permit<'a> {
    pace: &'a Pace,
    kind: RequestKind,
    begun: Instant,
    answers: u64,
}

impl Permit<'_> {
    /// When the request's turn came.
    pub(super) fn begun(&self) -> Instant {
        self.begun
    }

    /// Notes how the request went.
    pub(super) fn end(self, felt: Felt) {
        let now = Instant::now();
        let mut state = self.pace.lock();
        match felt {
            Felt::Answered => {
                state.limit = (state.limit + 1.0 / state.limit.max(1.0)).min(self.pace.most);
                let fortune = state.fortune(self.kind);
                *fortune = Fortune { answers: fortune.answers + 1, ..Fortune::default() };
            }
            Felt::Pressed(asked) => {
                if state.cut_at.is_none_or(|cut| self.begun > cut) {
                    state.limit = (state.limit / 2.0).max(1.0);
                    state.cut_at = Some(now);
                }
                let fortune = state.fortune(self.kind);
                fortune.failing_since.get_or_insert(self.begun);
                if fortune.counted_at.is_none_or(|counted| self.begun > counted) {
                    let own = SHORTEST.saturating_mul(1 << fortune.failures.min(16)).min(LONGEST);
                    fortune.failures = fortune.failures.saturating_add(1);
                    fortune.counted_at = Some(now);
                    fortune.rest_until = Some(now + jittered(own, 0.5));
                }
                // Never earlier than it was asked for.
                let asked = asked.and_then(|asked| now.checked_add(asked + jittered(SHORTEST * 5, 0.0)));
                state.pause_until = state.pause_until.max(asked);
            }
        }
    }

    /// Whether a request that was pressed, and now has failed so often, is to be given up, and why.
    pub(super) fn given_up(&self, attempts: u32, asked: Option<Duration>) -> Option<GivenUp> {
        let Pace { retry_for, .. } = *self.pace;
        let mut state = self.pace.lock();
        let fortune = state.fortune(self.kind);
        let failing = fortune.failing_since.unwrap_or(self.begun).elapsed();
        if retry_for.is_zero() {
            return (attempts >= ATTEMPTS).then_some(GivenUp::Tried);
        }
        let is_alone = attempts >= ATTEMPTS_ALONE && fortune.answers > self.answers;
        match asked {
            _ if is_alone || failing >= retry_for => Some(GivenUp::Tried),
            Some(asked) if failing.saturating_add(asked) >= retry_for => {
                Some(GivenUp::Pause { asked, retry_for })
            }
            _ => None,
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.pace.lock().in_flight -= 1;
        self.pace.changed.notify_waiters();
    }
}

/// A share of a duration, between `least` and the whole, so that what waits does not come back all at once.
fn jittered(duration: Duration, least: f64) -> Duration {
    let random = RandomState::new().build_hasher().finish() >> 11;
    let random = random as f64 / (1_u64 << 53) as f64;
    duration.mul_f64(least + (1.0 - least) * random)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(most: u32, rate: Option<f64>, retry_for: u64) -> Pace {
        Pace::new(most, &PaceArgs { rate, retry_for: Duration::from_secs(retry_for) })
    }

    #[tokio::test(start_paused = true)]
    async fn trouble_halves_and_answers_raise_slowly() {
        let pace = pace(16, None, 60);
        pace.enter(RequestKind::Single).await.end(Felt::Pressed(None));
        assert_eq!(pace.lock().limit, 8.0);
        // One overload is felt by many requests that were under way together.
        tokio::time::advance(Duration::from_secs(1)).await;
        let (first, second) = (pace.enter(RequestKind::Single).await, pace.enter(RequestKind::Single).await);
        first.end(Felt::Pressed(None));
        second.end(Felt::Pressed(None));
        assert_eq!(pace.lock().limit, 4.0);
        pace.enter(RequestKind::Single).await.end(Felt::Answered);
        assert_eq!(pace.lock().limit, 4.25);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_that_was_asked_for_holds_for_all() {
        let pace = pace(4, None, 60);
        let begun = Instant::now();
        pace.enter(RequestKind::Batch).await.end(Felt::Pressed(Some(Duration::from_secs(7))));
        pace.enter(RequestKind::Single).await.end(Felt::Answered);
        assert!((7_000..7_200).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn no_batch_while_the_status_fails() {
        let pace = pace(4, None, 60);
        pace.enter(RequestKind::Status).await.end(Felt::Pressed(None));
        let batch = tokio::time::timeout(Duration::from_secs(3600), pace.enter(RequestKind::Batch)).await;
        assert!(batch.is_err());
        pace.enter(RequestKind::Status).await.end(Felt::Answered);
        pace.enter(RequestKind::Batch).await.end(Felt::Answered);
    }

    #[tokio::test(start_paused = true)]
    async fn the_rate_holds() {
        let pace = pace(64, Some(5.0), 60);
        let begun = Instant::now();
        for _ in 0..11 {
            pace.enter(RequestKind::Single).await.end(Felt::Answered);
        }
        assert!((2_000..2_100).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn patience_ends_after_its_time_or_without_any_after_some_attempts() {
        for (retry_for, least, most) in [(600, 600, 640), (0, 5, 60)] {
            let pace = pace(4, None, retry_for);
            let begun = Instant::now();
            for attempts in 1.. {
                let permit = pace.enter(RequestKind::Single).await;
                let given_up = permit.given_up(attempts, None);
                permit.end(Felt::Pressed(None));
                if given_up.is_some() {
                    break;
                }
            }
            let lasted = begun.elapsed().as_secs();
            assert!((least..most).contains(&lasted), "{lasted} s for {retry_for}");
        }
    }
}

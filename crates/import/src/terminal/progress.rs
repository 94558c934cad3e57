//! What is shown while the tool works: a bar on a terminal, a line every few seconds elsewhere, JSON lines for machines.

use std::collections::VecDeque;
use std::fmt::{Display, Write as _};
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

/// How often a line is written where there is no bar.
const PERIOD: Duration = Duration::from_secs(5);
/// How often the speed is looked at, and over how many of these looks it is told.
const LOOK: Duration = Duration::from_secs(1);
const LOOKS: usize = 60;

#[derive(Clone)]
pub(crate) struct Progress(Arc<Shared>);

struct Shared {
    show: Show,
    done: AtomicU64,
    stage: Mutex<Stage>,
    /// What keeps the server from answering.
    outage: Mutex<Option<String>>,
    is_in_outage: AtomicBool,
}

enum Show {
    Bar(ProgressBar),
    Lines,
    Json,
}

/// What is being done. There is no name between two stages.
struct Stage {
    name: &'static str,
    unit: &'static str,
    total: u64,
    /// What comes after this stage, in the same unit.
    later: u64,
    looks: VecDeque<(Instant, u64)>,
    shown: Instant,
}

/// How far the work is.
pub(crate) struct Standing {
    /// Empty between two stages.
    pub(crate) stage: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) done: u64,
    pub(crate) total: u64,
    pub(crate) is_in_outage: bool,
}

impl Progress {
    pub(crate) fn new(json: bool) -> Self {
        let is_plain = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        let show = if json {
            Show::Json
        } else if std::io::stderr().is_terminal() && !is_plain {
            let bar = ProgressBar::hidden();
            if let Ok(style) = ProgressStyle::with_template("{bar:12} {wide_msg}") {
                bar.set_style(style);
            }
            Show::Bar(bar)
        } else {
            Show::Lines
        };
        let stage = Stage {
            name: "",
            unit: "",
            total: 0,
            later: 0,
            looks: VecDeque::with_capacity(LOOKS),
            shown: Instant::now(),
        };
        let shared = Arc::new(Shared {
            show,
            done: AtomicU64::new(0),
            stage: Mutex::new(stage),
            outage: Mutex::new(None),
            is_in_outage: AtomicBool::new(false),
        });
        // It says something even while nothing happens.
        let watched = Arc::downgrade(&shared);
        let _ = thread::Builder::new().stack_size(128 << 10).spawn(move || watch(&watched));
        Self(shared)
    }

    pub(crate) fn is_json(&self) -> bool {
        matches!(self.0.show, Show::Json)
    }

    /// Begins a stage of which `before` of `total` are done, and after which `later` as much is to be done again.
    pub(crate) fn stage(&self, name: &'static str, unit: &'static str, before: u64, total: u64, later: u64) {
        let now = Instant::now();
        self.0.done.store(before, Ordering::Relaxed);
        let mut stage = self.0.stage();
        (stage.name, stage.unit, stage.total, stage.later, stage.shown) = (name, unit, total, later, now);
        stage.looks.clear();
        stage.looks.push_back((now, before));
        match &self.0.show {
            Show::Bar(bar) => {
                // Not drawn until it is whole.
                bar.set_draw_target(ProgressDrawTarget::hidden());
                bar.reset();
                bar.set_length(total);
                bar.set_position(before);
                bar.set_message(name);
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            Show::Lines => {}
            Show::Json => event(&json!({"event": "stage", "stage": name, "done": before, "total": total})),
        }
    }

    pub(crate) fn add(&self, number: u64) {
        self.0.done.fetch_add(number, Ordering::Relaxed);
    }

    pub(crate) fn set(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    /// Remembers what keeps the server from answering, and for how long it wants to be left alone, or that it answers.
    pub(crate) fn outage(&self, error: Option<(&dyn Display, Option<Duration>)>) {
        let was_in_trouble = self.0.is_in_outage.swap(error.is_some(), Ordering::Relaxed);
        if error.is_none() && !was_in_trouble {
            return;
        }
        *self.0.outage.lock().unwrap_or_else(PoisonError::into_inner) =
            error.map(|(error, asked)| match asked {
                Some(asked) => format!("{error}; it asked for a pause of {}", span(asked.as_secs_f64())),
                None => format!("{error}; it is tried again"),
            });
    }

    /// Ends the stage.
    pub(crate) fn finish(&self) {
        self.0.stage().name = "";
        if let Show::Bar(bar) = &self.0.show {
            bar.finish_and_clear();
        }
    }

    /// How far the work is.
    pub(crate) fn standing(&self) -> Standing {
        let stage = self.0.stage();
        Standing {
            stage: stage.name,
            unit: stage.unit,
            done: self.0.done.load(Ordering::Relaxed),
            total: stage.total,
            is_in_outage: self.0.is_in_outage.load(Ordering::Relaxed),
        }
    }

    /// Says something beside the progress.
    pub(crate) fn note(&self, text: &str) {
        self.0.note(text);
    }
}

/// Shows how far it is until nobody wants to know.
fn watch(watched: &Weak<Shared>) {
    loop {
        thread::sleep(LOOK);
        match watched.upgrade() {
            Some(shared) => shared.look(),
            None => return,
        }
    }
}

impl Shared {
    fn note(&self, text: &str) {
        match &self.show {
            Show::Bar(bar) => bar.suspend(|| complain(text)),
            Show::Lines => complain(text),
            Show::Json => event(&json!({"event": "note", "text": text})),
        }
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self) {
        let now = Instant::now();
        let done = self.done.load(Ordering::Relaxed);
        let mut stage = self.stage();
        if stage.looks.len() == LOOKS {
            stage.looks.pop_front();
        }
        stage.looks.push_back((now, done));
        let rate = stage.rate();
        let left = stage.total.saturating_sub(done) + stage.later;
        let seconds_left = (rate > 0.0).then(|| left as f64 / rate);
        let is_due = now.duration_since(stage.shown) >= PERIOD;
        if is_due {
            stage.shown = now;
        }
        let Stage { name, unit, total, .. } = *stage;
        drop(stage);
        let outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if name.is_empty() {
            // Not at work yet, or about to end.
            if let Some(outage) = outage.filter(|_| is_due) {
                self.note(&format!("waiting for the server: {outage}"));
            }
            return;
        }
        match &self.show {
            Show::Json if is_due => event(&json!({
                "event": "progress",
                "stage": name,
                "done": done,
                "total": total,
                "perSecond": rate.round() as u64,
                "secondsLeft": seconds_left.map(|seconds| seconds.round() as u64),
                "trouble": outage,
            })),
            Show::Json => {}
            show => {
                let mut text = format!("{name}: {done} of {total} {unit}, {rate:.0} per second");
                if let Some(seconds) = seconds_left {
                    let _ = write!(text, ", {} left", span(seconds));
                }
                if let Some(outage) = outage {
                    let _ = write!(text, "; {outage}");
                }
                match show {
                    Show::Bar(bar) => {
                        bar.set_position(done);
                        bar.set_message(text);
                    }
                    _ if is_due => complain(&text),
                    _ => {}
                }
            }
        }
    }
}

impl Stage {
    /// What is done in a second, as of late.
    fn rate(&self) -> f64 {
        let (Some((from, before)), Some((until, after))) = (self.looks.front(), self.looks.back()) else {
            return 0.0;
        };
        after.saturating_sub(*before) as f64 / until.duration_since(*from).as_secs_f64().max(0.001)
    }
}

/// A time in the units that people think in.
pub(crate) fn span(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds.div_ceil(60)),
        _ if seconds % 3_600 < 60 => format!("{} h", seconds / 3_600),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

/// Whether something could not be written to stdout.
static IS_CUT: AtomicBool = AtomicBool::new(false);

/// Whether all that was to be written to stdout has been written, or nobody reads it any more.
pub(crate) fn is_all_said() -> bool {
    !IS_CUT.load(Ordering::Relaxed)
}

/// Writes a JSON line to stdout. If that fails, the work goes on, and the exit code tells.
pub(crate) fn event(event: &Value) {
    write_line(&event.to_string());
}

/// Writes a line to stderr.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Writes a line to stdout, as [`event`] does.
pub(crate) fn say(text: &str) {
    write_line(text);
}

fn write_line(text: &str) {
    let written = writeln!(std::io::stdout().lock(), "{text}");
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        IS_CUT.store(true, Ordering::Relaxed);
    }
}

//! What is shown while the tool works: a bar on a terminal, a line now and then elsewhere, JSON lines for machines.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

/// How often a line is written where there is no terminal.
const PERIOD: Duration = Duration::from_secs(5);

pub(crate) struct Progress {
    show: Show,
    stage: Mutex<Stage>,
    done: AtomicU64,
}

enum Show {
    Bar(ProgressBar),
    Lines,
    Json,
}

struct Stage {
    name: &'static str,
    unit: &'static str,
    total: u64,
    started: Instant,
    /// What was done before this process.
    before: u64,
    shown: Instant,
}

impl Progress {
    pub(crate) fn new(json: bool) -> Self {
        let show = if json {
            Show::Json
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::hidden();
            let template = "{msg} {wide_bar} {human_pos}/{human_len} {prefix}, {per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            Show::Bar(bar)
        } else {
            Show::Lines
        };
        let now = Instant::now();
        let stage = Stage { name: "", unit: "", total: 0, started: now, before: 0, shown: now };
        Self { show, stage: Mutex::new(stage), done: AtomicU64::new(0) }
    }

    pub(crate) fn is_json(&self) -> bool {
        matches!(self.show, Show::Json)
    }

    /// Begins a stage of which `before` of `total` are done.
    pub(crate) fn stage(&self, name: &'static str, unit: &'static str, before: u64, total: u64) {
        let now = Instant::now();
        self.done.store(before, Ordering::Relaxed);
        if let Ok(mut stage) = self.stage.lock() {
            *stage = Stage { name, unit, total, started: now, before, shown: now };
        }
        match &self.show {
            Show::Bar(bar) => {
                // Not drawn until it is whole.
                bar.set_draw_target(ProgressDrawTarget::hidden());
                bar.reset();
                bar.set_length(total);
                bar.set_position(before);
                bar.reset_eta();
                bar.set_message(name);
                bar.set_prefix(unit);
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(250));
            }
            Show::Lines => {}
            Show::Json => event(&json!({"event": "stage", "stage": name, "done": before, "total": total})),
        }
    }

    pub(crate) fn add(&self, number: u64) {
        self.set(self.done.load(Ordering::Relaxed) + number);
    }

    pub(crate) fn set(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
        if let Show::Bar(bar) = &self.show {
            bar.set_position(done);
            return;
        }
        let Ok(mut stage) = self.stage.try_lock() else {
            return;
        };
        if stage.shown.elapsed() < PERIOD {
            return;
        }
        stage.shown = Instant::now();
        let seconds = stage.started.elapsed().as_secs_f64().max(0.001);
        let rate = done.saturating_sub(stage.before) as f64 / seconds;
        let left = stage.total.saturating_sub(done) as f64 / rate.max(0.001);
        let Stage { name, unit, total, .. } = *stage;
        if self.is_json() {
            event(&json!({
                "event": "progress",
                "stage": name,
                "done": done,
                "total": total,
                "perSecond": rate.round(),
                "secondsLeft": left.round(),
            }));
        } else {
            complain(&format!("{name}: {done} of {total} {unit}, {rate:.0} per second, {left:.0} s left"));
        }
    }

    /// Ends the stage.
    pub(crate) fn finish(&self) {
        if let Show::Bar(bar) = &self.show {
            bar.disable_steady_tick();
            bar.finish_and_clear();
        }
    }

    /// Says something beside the progress.
    pub(crate) fn note(&self, text: &str) {
        match &self.show {
            Show::Bar(bar) => bar.suspend(|| complain(text)),
            Show::Lines => complain(text),
            Show::Json => event(&json!({"event": "note", "text": text})),
        }
    }
}

/// Writes a JSON line to stdout. If nobody reads it any more, the work goes on.
pub(crate) fn event(event: &Value) {
    let _ = writeln!(std::io::stdout().lock(), "{event}");
}

/// Writes a line to stderr, in the same way.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Writes a line to stdout, in the same way.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

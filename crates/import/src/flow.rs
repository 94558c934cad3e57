//! Whether the work goes on: to its end, to the end of what is under way, or not at all.

use std::io;
use std::process::exit;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::stop::Stop;
use crate::terminal::Progress;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Going,
    /// Someone wants it to stop: nothing new is begun, what is under way is finished.
    Finishing,
    /// Something has failed for good: nothing is waited for.
    Over,
}

#[derive(Clone)]
pub(crate) struct Flow(watch::Sender<Phase>);

impl Flow {
    /// Goes on until it is told otherwise, by Ctrl-C or SIGTERM among others. The second of these ends the process.
    pub(crate) fn new(progress: &Progress) -> Result<Self, Stop> {
        let flow = Self(watch::channel(Phase::Going).0);
        let failed = |error| Stop::during("cannot wait for signals", error);
        let (listener, progress) = (flow.clone(), progress.clone());
        let (report, listens) = mpsc::channel();
        // On a thread of its own, because the main one may be busy with a file.
        let work = move || match listen() {
            Ok((runtime, signals)) => {
                let _ = report.send(Ok(()));
                runtime.block_on(listener.obey(signals, &progress));
            }
            Err(error) => _ = report.send(Err(error)),
        };
        thread::Builder::new().stack_size(256 << 10).spawn(work).map_err(failed)?;
        listens.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())).map_err(failed)?;
        Ok(flow)
    }

    async fn obey(&self, mut signals: Signals, progress: &Progress) {
        signals.next().await;
        progress.note(
            "interrupted: what is under way is finished, nothing new is begun; interrupt again to end at once",
        );
        self.raise(Phase::Finishing);
        signals.next().await;
        progress.note("ended at once: run it again to go on");
        exit(1);
    }

    /// Never goes back to an earlier phase.
    pub(crate) fn raise(&self, phase: Phase) {
        self.0.send_if_modified(|now| {
            let changes = *now < phase;
            *now = phase.max(*now);
            changes
        });
    }

    pub(crate) fn is_at(&self, phase: Phase) -> bool {
        *self.0.borrow() >= phase
    }

    /// Waits for a phase, or a later one.
    pub(crate) async fn reaches(&self, phase: Phase) {
        // The sender is `self`: it cannot be gone.
        let _ = self.0.subscribe().wait_for(|now| *now >= phase).await;
    }

    /// `Err` when nothing new is to be begun.
    pub(crate) fn goes_on(&self) -> Result<(), Stop> {
        if self.is_at(Phase::Finishing) { Err(interrupted()) } else { Ok(()) }
    }
}

pub(crate) fn interrupted() -> Stop {
    Stop::new("interrupted: run it again to pick up where it left off")
}

/// What waits for signals.
fn listen() -> io::Result<(Runtime, Signals)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let signals = {
        let _inside = runtime.enter();
        Signals::new()?
    };
    Ok((runtime, signals))
}

/// The signals that interrupt: Ctrl-C and, where there is such a thing, SIGTERM.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

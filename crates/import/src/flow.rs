//! Whether the work goes on: to its end, to the end of what is under way, or not at all.

use std::process::exit;

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
        let mut signals = Signals::new().map_err(|error| Stop::during("cannot wait for signals", error))?;
        let (listener, progress) = (flow.clone(), progress.clone());
        tokio::spawn(async move {
            signals.next().await;
            progress.note(
                "interrupted: what is under way is finished, nothing new is begun; interrupt again to end at once",
            );
            listener.raise(Phase::Finishing);
            signals.next().await;
            progress.note("ended at once: run it again to go on");
            exit(1);
        });
        Ok(flow)
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
    Stop::new("interrupted: run it again to go on where it was")
}

#[cfg(unix)]
struct Signals(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

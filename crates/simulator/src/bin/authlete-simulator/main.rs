//! Runs a simulator until it is told to end.

mod arguments;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use authlete_simulator::Simulator;

use crate::arguments::{Invocation, Run};

/// How long what is under way at the end has.
const WITHIN: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    match arguments::read(std::env::args_os().skip(1)) {
        Ok(Invocation::Help) => say(&[arguments::HELP]),
        Ok(Invocation::Version) => say(&["authlete-simulator ", env!("CARGO_PKG_VERSION"), "\n"]),
        Ok(Invocation::Run(run)) => serve(*run),
        Err(complaint) => {
            eprintln!("authlete-simulator: {complaint}; see --help");
            ExitCode::from(2)
        }
    }
}

/// Prints, whether or not anybody reads.
fn say(text: &[&str]) -> ExitCode {
    let _ = io::stdout().write_all(text.concat().as_bytes());
    ExitCode::SUCCESS
}

fn serve(run: Run) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.and_then(|runtime| runtime.block_on(until_told(run))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("authlete-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until a signal; a second one does not wait for what is under way.
async fn until_told(run: Run) -> io::Result<()> {
    let mut signals = Signals::new()?;
    let simulator = run.builder.start().await?;
    {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", ready(&simulator, run.json))?;
        out.flush()?;
    }
    signals.next().await;
    tokio::select! {
        () = simulator.shut_down(WITHIN) => {}
        () = signals.next() => {}
    }
    Ok(())
}

/// The line that says how to reach it.
fn ready(simulator: &Simulator, json: bool) -> String {
    let (url, bearer) = (simulator.url(), simulator.bearer());
    let (service_id, control) = (simulator.service_id(), simulator.control_url());
    if json {
        serde_json::json!({"url": url, "bearer": bearer, "serviceId": service_id, "controlUrl": control})
            .to_string()
    } else {
        format!("url={url} bearer={bearer} service-id={service_id} control-url={control}")
    }
}

/// SIGTERM and SIGINT.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

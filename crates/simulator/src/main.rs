//! Runs a simulator until Ctrl-C.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use authlete_simulator::{Builder, Simulator};

const USAGE: &str = "usage: authlete-simulator [--port N] [--bearer B] [--service-id S] [--batch-delay-ms N]";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.peek().is_some_and(|first| first == "--help" || first == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match configured(arguments) {
        Ok(builder) => run(builder),
        Err(complaint) => {
            eprintln!("authlete-simulator: {complaint}; {USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Reads `--name value` and `--name=value`.
fn configured(mut arguments: impl Iterator<Item = String>) -> Result<Builder, String> {
    // Nobody looks at the ledger of a program, so it need not hold bodies.
    let mut builder = Simulator::builder().record_bodies(false);
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        if !["--port", "--bearer", "--service-id", "--batch-delay-ms"].contains(&name) {
            // What is no option may be a misplaced bearer: not repeated.
            let shown = if name.starts_with("--") { name } else { "without a name" };
            return Err(format!("unknown argument {shown}"));
        }
        let value = value.or_else(|| arguments.next()).filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| format!("{name} needs a value"))?;
        builder = match name {
            "--port" => builder.port(value.parse().map_err(|_| "--port needs a number up to 65535")?),
            "--bearer" => builder.bearer(value),
            "--service-id" => builder.service_id(value),
            _ => {
                let ms = value.parse().map_err(|_| "--batch-delay-ms needs a whole number")?;
                builder.batch_delay(Duration::from_millis(ms))
            }
        };
    }
    Ok(builder)
}

fn run(builder: Builder) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.and_then(|runtime| {
        runtime.block_on(async {
            let simulator = builder.start().await?;
            writeln!(
                std::io::stdout(),
                "url={} bearer={} service-id={}",
                simulator.url(),
                simulator.bearer(),
                simulator.service_id()
            )?;
            tokio::signal::ctrl_c().await
        })
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("authlete-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

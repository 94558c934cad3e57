//! What the program is told on its command line.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use authlete_simulator::{Builder, Misread, Simulator};
use lexopt::{Arg, Parser, ValueExt};
use serde_json::{Value, json};

pub(crate) const HELP: &str = "\
An Authlete API 3.0 in memory, on 127.0.0.1, for tests of programs in any language.

Usage: authlete-simulator [OPTIONS]

When it is ready it prints one line:
  url=URL bearer=BEARER service-id=ID control-url=URL

Options:
  --config FILE           set everything a JSON file says; other options come on top
  --port N                the port of the API [default: 0, a free one]
  --control-port N        the port of the control path alone [default: 0, a free one]
  --bearer B              the bearer to accept [default: simulator-bearer]
  --service-id S          the service; more than once: several [default: 1234567890]
  --batch-delay-ms N      how long a batch takes [default: 50]
  --manual-clock          the clock stands still but for POST /_simulator/clock
  --clock-offset-ms N     the clock is wrong by so much
  --nulls                 members without a value are null, not absent
  --switch NAME=VALUE     any switch, for example refreshTokens=unsupported
  --fault JSON            a fault, for example {\"kind\":\"status\",\"status\":503}
  --rate-limit JSON       a rate limit, for example {\"requests\":2,\"perMs\":1000}
  --outage JSON           an outage, for example {\"kind\":\"refused\",\"lastingMs\":2000}
  --drop-answers JSON     lost answers, for example {\"share\":0.05,\"seed\":1}
  --token JSON            a token that is there already, as a create request
  --poison TOKEN          a batch with this access token fails
  --json                  print the line as a JSON object
  -h, --help              print this
  -V, --version           print the version

SIGTERM or SIGINT ends it: requests under way have 5 seconds, a second signal ends at once.

Exit codes: 0 ended by a signal, 1 could not run, 2 the command line or the file is wrong.
";

/// What is to be done.
pub(crate) enum Invocation {
    Help,
    Version,
    Run(Box<Run>),
}

pub(crate) struct Run {
    pub(crate) builder: Builder,
    /// Whether the line is JSON.
    pub(crate) json: bool,
}

/// Why the program does not start, in one line and without any value.
pub(crate) struct Complaint(String);

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The values of an option may be secrets, and an argument that is none may be a misplaced one.
impl From<lexopt::Error> for Complaint {
    fn from(error: lexopt::Error) -> Self {
        Self(match error {
            lexopt::Error::MissingValue { option: Some(option) } => format!("{option} needs a value"),
            lexopt::Error::UnexpectedOption(option) => format!("unknown option {option}"),
            lexopt::Error::UnexpectedArgument(_) => "an argument is no option".to_owned(),
            lexopt::Error::UnexpectedValue { option, .. } => format!("{option} takes no value"),
            lexopt::Error::NonUnicodeValue(_) => "a value is not UTF-8".to_owned(),
            _ => "the command line is not understood".to_owned(),
        })
    }
}

pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Result<Invocation, Complaint> {
    let mut parser = Parser::from_args(arguments);
    let mut builder = Simulator::builder().control_port(0);
    let mut json_line = false;
    let mut services = Vec::new();
    let mut later = Vec::new();
    while let Some(argument) = parser.next()? {
        let Arg::Long(name) = argument else {
            match argument {
                Arg::Short('h') => return Ok(Invocation::Help),
                Arg::Short('V') => return Ok(Invocation::Version),
                other => return Err(other.unexpected().into()),
            }
        };
        let name = format!("--{name}");
        let mut value = || -> Result<String, Complaint> { Ok(parser.value()?.string()?) };
        match name.as_str() {
            "--help" => return Ok(Invocation::Help),
            "--version" => return Ok(Invocation::Version),
            "--json" => json_line = true,
            "--config" => builder = from_file(builder, PathBuf::from(parser.value()?))?,
            "--service-id" => services.push(json!({"serviceId": value()?})),
            // The file comes first, wherever it stands.
            _ => later.push(option(name, value)?),
        }
    }
    if !services.is_empty() {
        later.push(("--service-id".to_owned(), json!({"services": services})));
    }
    for (name, members) in later {
        builder = builder
            .configured(&members.to_string())
            // Where in the text it stands would be told of a text that nobody wrote.
            .map_err(|misread| Complaint(format!("{name}: {}: {}", misread.member(), misread.reason())))?;
    }
    Ok(Invocation::Run(Box::new(Run { builder, json: json_line })))
}

fn from_file(builder: Builder, path: PathBuf) -> Result<Builder, Complaint> {
    let in_file = |why: &dyn fmt::Display| Complaint(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|error| in_file(&error))?;
    builder.configured(&text).map_err(|misread: Misread| in_file(&misread))
}

/// An option as the members of a configuration that say the same.
fn option(
    name: String,
    value: impl FnOnce() -> Result<String, Complaint>,
) -> Result<(String, Value), Complaint> {
    let complaint = |why: &str| Complaint(format!("{name}: {why}"));
    let number = |text: String| text.parse::<i64>().map_err(|_| complaint("a whole number is expected"));
    let document = |text: String| {
        serde_json::from_str::<Value>(&text).map_err(|error| {
            complaint(&format!("the value is not JSON (line {}, column {})", error.line(), error.column()))
        })
    };
    let members = match name.as_str() {
        "--port" => json!({"port": number(value()?)?}),
        "--control-port" => json!({"controlPort": number(value()?)?}),
        "--bearer" => json!({"bearer": value()?}),
        "--batch-delay-ms" => json!({"switches": {"batchDelayMs": number(value()?)?}}),
        "--manual-clock" => json!({"manualClock": true}),
        "--clock-offset-ms" => json!({"clockOffsetMs": number(value()?)?}),
        "--nulls" => json!({"switches": {"nulls": true}}),
        "--switch" => {
            let text = value()?;
            let (switch, value) = text.split_once('=').ok_or_else(|| complaint("NAME=VALUE is expected"))?;
            // A name of a choice need not be quoted.
            json!({"switches": {switch: serde_json::from_str(value).unwrap_or_else(|_| json!(value))}})
        }
        "--fault" => json!({"faults": [document(value()?)?]}),
        "--rate-limit" => json!({"rateLimits": [document(value()?)?]}),
        "--outage" => json!({"outages": [document(value()?)?]}),
        "--drop-answers" => json!({"droppedAnswers": document(value()?)?}),
        "--token" => json!({"tokens": [document(value()?)?]}),
        "--poison" => json!({"poison": [value()?]}),
        _ => return Err(Complaint(format!("unknown option {name}"))),
    };
    Ok((name, members))
}

//! What a call through `authlete` costs, beside others doing the same work on the same server in the same run.
//!
//! ```text
//! cargo run --release --manifest-path crates/bench/Cargo.toml -- all
//! ```
//!
//! prints every figure as Markdown tables. The others are hyper by hand ("raw", one connection and nothing else: the
//! limit), hyper-util's pooled client by hand ("pooled"), reqwest and ureq. Every client checks what it decoded, and the
//! server confirms what it was asked. Where figures are compared they are ratios of one run. Needs valgrind, and takes
//! half an hour.
//!
//! | command | measures |
//! |---|---|
//! | `calls` | instructions, allocations and memory of the status call and of batches |
//! | `concurrency` | 64 calls in flight |
//! | `size` | small programs, in two profiles, with TLS and without |
//! | `compile` | crates and CPU seconds |
//! | `groups` | what the functions of a group add to a program, and that those not called add nothing |
//! | `derives` | CPU seconds of this crate, and of the same with serde's derives on its models |
//! | `cold` | a program that makes one call |
//! | `outage` | time limits and retries when the server fails |
//! | `guard` | a few of these, against the ceilings in `ceilings.txt` |
//! | `check` | nothing: it runs every command just far enough to fail when it is broken |

mod callgrind;
mod calls;
mod check;
mod clients;
mod cold;
mod common;
mod compile;
mod count;
mod decoding;
mod derives;
mod groups;
mod guard;
mod outage;
mod process;
mod program;
mod report;
mod secrets;
mod server;
mod size;
mod twin;
mod work;

use std::process::ExitCode;

use crate::common::{ALL, Result};
use crate::server::Server;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["serve"] => server::serve(),
        ["client", client, case, rounds, url] => {
            println!("{}", work::run(client, case.parse()?, rounds.parse()?, url)?);
            Ok(())
        }
        ["secrets"] => {
            println!("blocks with a secret in them that decoding gives back: {}", secrets::left()?);
            Ok(())
        }
        ["decode", how, order, rounds] => decoding::run(how, order, rounds.parse()?),
        ["all"] => all(&ALL),
        ["check"] => check::check(&Server::start()?),
        [command] => all(&[command]),
        _ => Err(USAGE.into()),
    }
}

const USAGE: &str = "the command is one of all, calls, concurrency, size, groups, compile, derives, cold, outage, guard, check";

/// Runs these measurements beside one server.
fn all(commands: &[&str]) -> Result<()> {
    if commands.iter().any(|command| ["calls", "concurrency", "cold", "guard"].contains(command)) {
        callgrind::check()?;
    }
    let server = Server::start()?;
    report::versions()?;
    for command in commands {
        match *command {
            "calls" => calls::calls(&server)?,
            "concurrency" => calls::concurrency(&server)?,
            "size" => size::sizes(&server)?,
            "groups" => groups::sizes()?,
            "compile" => compile::compile()?,
            "derives" => derives::derives()?,
            "cold" => cold::cold(&server)?,
            "outage" => outage::outage(&server, 10, 1_000)?,
            "guard" => guard::guard(&server)?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(())
}

//! What a call through `authlete` costs, beside others doing the same work on the same server in the same run.

mod callgrind;
mod calls;
mod clients;
mod count;
mod report;
mod server;
mod size;
mod work;

use std::process::ExitCode;

use crate::server::Server;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

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
        ["calls"] => {
            callgrind::check()?;
            calls::calls(&Server::start()?)
        }
        ["concurrency"] => {
            callgrind::check()?;
            calls::concurrency(&Server::start()?)
        }
        ["size"] => size::sizes(&Server::start()?),
        _ => Err("one of: all, calls, concurrency".into()),
    }
}

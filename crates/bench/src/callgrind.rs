//! Instructions, counted by valgrind.
//!
//! Runs of the same program, which differ in the number of rounds, differ in instructions by what the rounds cost: the
//! start, the connection and the first call fall out of the difference. Three runs give two differences, which must
//! agree. User-mode instructions repeat to about 1 %
//! on any machine; times do not.

use std::process::{Command, Stdio};

use crate::common::Result;
use crate::server::Server;
use crate::work::{Case, Outcome};

/// Fails with one clear line if there is no valgrind.
pub(crate) fn check() -> Result<()> {
    let found = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    match found {
        Ok(status) if status.success() => Ok(()),
        _ => Err("valgrind is needed to count instructions, and is not installed (Debian: apt-get install valgrind)"
            .into()),
    }
}

/// All instructions of a program's run, and what it printed.
pub(crate) fn instructions(program: &str, arguments: &[String]) -> Result<(u64, String)> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", program])
        .args(arguments)
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{program} {arguments:?} failed:\n{errors}").into());
    }
    let line = errors.lines().find_map(|line| line.split_once("Collected : "));
    let (_, count) = line.ok_or("valgrind told no count")?;
    Ok((count.trim().parse()?, String::from_utf8(output.stdout)?))
}

fn this_program() -> Result<String> {
    Ok(std::env::current_exe()?.into_os_string().into_string().map_err(|_| "a path that is not UTF-8")?)
}

fn arguments(client: &str, case: Case, rounds: usize, server: &Server) -> [String; 5] {
    ["client".into(), client.into(), case.to_string(), rounds.to_string(), server.url(case.kind())]
}

/// Instructions of one round of this program's work, which these arguments and the number of rounds tell.
pub(crate) fn difference(arguments: &[&str], rounds: usize) -> Result<f64> {
    let program = this_program()?;
    let run = |rounds: usize| -> Result<f64> {
        let mut arguments: Vec<String> = arguments.iter().map(|&argument| argument.into()).collect();
        arguments.push(rounds.to_string());
        Ok(instructions(&program, &arguments)?.0 as f64)
    };
    Ok((run(2 * rounds)? - run(rounds)?) / rounds as f64)
}

/// Instructions per call.
pub(crate) fn per_call(server: &Server, client: &str, case: Case, rounds: usize) -> Result<f64> {
    let program = this_program()?;
    let run = |rounds: usize| {
        checked(server, case, rounds, || {
            Ok(instructions(&program, &arguments(client, case, rounds, server))?.0)
        })
    };
    let calls = case.expected(rounds).0 as f64;
    let mut differences = [0.0; 2];
    // A difference is the cost of calls only if the same calls cost the same again. A machine that was busy elsewhere gets
    // another chance.
    for _ in 0..3 {
        let totals = [run(rounds)?, run(2 * rounds)?, run(3 * rounds)?].map(|total| total as f64);
        differences = [totals[1] - totals[0], totals[2] - totals[1]];
        let [first, second] = differences;
        if (first - second).abs() <= 0.05 * first.abs() {
            return Ok((first + second) / 2.0 / calls);
        }
    }
    let [first, second] = differences;
    Err(format!("{client} {case}: {rounds} rounds cost {first}, then {second} instructions").into())
}

/// Allocations, memory and time, without valgrind. Also how many connections there were.
pub(crate) fn plain(server: &Server, client: &str, case: Case, rounds: usize) -> Result<(Outcome, u64)> {
    let before = server.seen()?;
    let outcome = checked(server, case, rounds, || {
        let output = Command::new(this_program()?).args(arguments(client, case, rounds, server)).output()?;
        if !output.status.success() {
            return Err(format!("{client} {case}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        String::from_utf8(output.stdout)?.parse()
    })?;
    Ok((outcome, (server.seen()? - before).connections))
}

/// The mean length of a batch's body, as this client sends it.
pub(crate) fn body_length(server: &Server, client: &str, case: Case) -> Result<f64> {
    let before = server.seen()?;
    plain(server, client, case, 1)?;
    let seen = server.seen()? - before;
    Ok(seen.bytes as f64 / seen.requests as f64)
}

/// Lets the server confirm that a run did what it says it did. Its first round is for warming up.
fn checked<T>(server: &Server, case: Case, rounds: usize, run: impl FnOnce() -> Result<T>) -> Result<T> {
    let before = server.seen()?;
    let result = run()?;
    let seen = server.seen()? - before;
    let (requests, tokens) = case.expected(rounds + 1);
    if (seen.requests, seen.tokens) == (requests as u64, tokens as u64) {
        Ok(result)
    } else {
        Err(format!("{case}: the server saw {seen:?}, not {requests} requests with {tokens} tokens").into())
    }
}

//! What a program that makes one call costs as a whole.

use std::process::{Command, Stdio};

use crate::callgrind::instructions;
use crate::common::Result;
use crate::report::{Table, number, ratio};
use crate::server::Server;
use crate::size::{arguments, build};

/// From the start of the program to its end, over plain HTTP.
pub(crate) fn cold(server: &Server) -> Result<()> {
    let columns = ["program", "instructions", "x pooled", "peak memory, KiB", "x pooled"];
    let mut table = Table::new("One call from the start of a release program to its end", &columns);
    let mut rows = vec![];
    for (name, features) in [
        ("authlete", "authlete"),
        ("raw", "raw"),
        ("pooled", "pooled"),
        ("reqwest", "reqwest"),
        ("ureq", "ureq"),
        ("tokio doing nothing", "empty"),
    ] {
        let program = build(features, "stripped")?;
        let program = program.to_str().ok_or("a path that is not UTF-8")?;
        let (instructions, _) = instructions(program, &arguments(server, ""))?;
        // The median: how many pages the kernel maps at once varies.
        let mut peaks = vec![];
        // One that calls nobody is over before it can be watched.
        while features != "empty" && peaks.len() < 5 {
            peaks.push(peak(Command::new(program).args(arguments(server, "late")))?);
        }
        peaks.sort_unstable();
        rows.push((name, instructions as f64, peaks.get(2).map(|&peak| peak as f64)));
    }
    let (_, instructions, peak) = rows[2];
    for row in &rows {
        let mut cells = vec![number(row.1), ratio(row.1, instructions)];
        match (row.2, peak) {
            (Some(own), Some(pooled)) => cells.extend([number(own), ratio(own, pooled)]),
            _ => cells.extend(["-".into(), "-".into()]),
        }
        table.row(row.0, &cells);
    }
    table.print();
    Ok(())
}

/// The most KiB a program has resident at once. What the system tells after its end cannot be used: it counts the
/// memory of whoever started it. So it is watched while it runs, for which the server gives it time.
fn peak(command: &mut Command) -> Result<u64> {
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status)?;
        if let Some((_, rest)) = text.split_once("VmHWM:") {
            let kib = rest.split_whitespace().next().ok_or("no memory")?;
            peak = kib.parse()?;
        }
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(peak) } else { Err(format!("{command:?} failed").into()) };
        }
    }
}

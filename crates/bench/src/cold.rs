//! What a program that makes one call costs as a whole.

use std::process::{Command, Stdio};

use crate::Result;
use crate::callgrind::instructions;
use crate::process::run;
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
        let arguments = arguments(server, 1);
        let (instructions, _) = instructions(program, &arguments)?;
        // The least of some runs: what is more than that is the kernel's doing.
        let mut peak = i64::MAX;
        for _ in 0..5 {
            peak = peak.min(run(Command::new(program).args(&arguments).stdout(Stdio::null()))?.peak);
        }
        rows.push((name, instructions as f64, peak as f64));
    }
    let (_, instructions, peak) = rows[2];
    for row in &rows {
        let cells = [number(row.1), ratio(row.1, instructions), number(row.2), ratio(row.2, peak)];
        table.row(row.0, &cells);
    }
    table.print();
    Ok(())
}

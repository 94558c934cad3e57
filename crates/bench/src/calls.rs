//! Instructions, allocations and memory of calls.

use crate::callgrind::{body_length, per_call, plain};
use crate::clients::NAMES;
use crate::common::Result;
use crate::report::{Table, number, ratio};
use crate::server::Server;
use crate::work::Case;

/// A case, its name, and how many rounds make the difference.
const CASES: [(Case, &str, usize); 5] = [
    (Case::Status, "status call", 500),
    (Case::Batch(1), "batch of 1", 500),
    (Case::Batch(100), "batch of 100", 50),
    (Case::Batch(10_000), "batch of 10,000", 2),
    (Case::Batch(100_000), "batch of 100,000", 1),
];

/// The calls one after the other.
pub(crate) fn calls(server: &Server) -> Result<()> {
    for (case, name, rounds) in CASES {
        let tokens = if let Case::Batch(tokens) = case { tokens as f64 } else { 0.0 };
        let length = if tokens > 0.0 { body_length(server, "raw", case)? } else { 0.0 };
        let mut columns = vec!["client", "instructions", "x raw", "x pooled", "allocations", "peak growth"];
        if tokens > 0.0 {
            columns.extend(["x body", "instructions per token"]);
        }
        let mut rows = vec![];
        for client in NAMES {
            let instructions = per_call(server, client, case, rounds)?;
            rows.push((client, instructions, plain(server, client, case, rounds)?.0));
        }
        let of = |name: &str| rows.iter().find(|row| row.0 == name).map_or(f64::NAN, |row| row.1);
        let (raw, pooled) = (of("raw"), of("pooled"));
        let title = if tokens > 0.0 { format!("{name}, {} bytes", number(length)) } else { name.to_owned() };
        let mut table = Table::new(&title, &columns);
        for (client, instructions, outcome) in &rows {
            let mut cells = vec![
                number(*instructions),
                ratio(*instructions, raw),
                ratio(*instructions, pooled),
                format!("{:.1}", outcome.allocations),
                number(outcome.peak as f64),
            ];
            if tokens > 0.0 {
                cells.push(ratio(outcome.peak as f64, length));
                cells.push(number(instructions / tokens));
            }
            table.row(client, &cells);
        }
        table.print();
    }
    Ok(())
}

/// 64 calls in flight.
pub(crate) fn concurrency(server: &Server) -> Result<()> {
    const CLIENTS: [&str; 4] = ["authlete", "raw", "pooled", "reqwest"];
    let columns = [
        "client",
        "instructions per call, one thread",
        "x raw",
        "connections, one thread",
        "two threads",
        "answered at once, one thread",
        "two threads",
    ];
    let mut table = Table::new("64 calls in flight", &columns);
    let mut rows = vec![];
    for client in CLIENTS {
        let connections = |case| -> Result<String> {
            let mut seen = vec![];
            for _ in 0..5 {
                seen.push(plain(server, client, case, 20)?.1);
            }
            let (least, most) = (seen.iter().min(), seen.iter().max());
            let (Some(least), Some(most)) = (least, most) else { return Err("no runs".into()) };
            Ok(if least == most { least.to_string() } else { format!("{least} to {most}") })
        };
        let instructions = per_call(server, client, Case::Flight(1), 20)?;
        let mut counts = vec![];
        for case in [Case::Flight(1), Case::Flight(2), Case::Free(1), Case::Free(2)] {
            counts.push(connections(case)?);
        }
        rows.push((client, instructions, counts));
    }
    let raw = rows.iter().find(|row| row.0 == "raw").map_or(f64::NAN, |row| row.1);
    for (client, instructions, counts) in rows {
        let mut cells = vec![number(instructions), ratio(instructions, raw)];
        cells.extend(counts);
        table.row(client, &cells);
    }
    table.print();
    Ok(())
}

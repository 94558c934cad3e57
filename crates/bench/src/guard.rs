//! The guard: what must not grow.
//!
//! Instructions and sizes are held against the limit measured in the same run, because compilers and machines differ;
//! allocations are the same everywhere.

use std::collections::BTreeMap;

use crate::callgrind::{per_call, plain};
use crate::common::Result;
use crate::report::Table;
use crate::server::Server;
use crate::size::{ENDPOINTS, Program, of_endpoint, sections};
use crate::work::Case;
use crate::{decoding, secrets};

/// Measures, prints, and fails if anything is above its ceiling in `ceilings.txt`.
pub(crate) fn guard(server: &Server) -> Result<()> {
    let text = std::fs::read_to_string(crate::common::home().join("ceilings.txt"))?;
    let mut ceilings = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, value) = line.split_once(" = ").ok_or_else(|| format!("not a ceiling: {line}"))?;
        ceilings.insert(name, value.parse::<f64>()?);
    }

    let mut measured = decoding::orders()?;
    measured.push(("secrets left in freed memory".into(), secrets::left()? as f64));
    for (name, case, rounds) in [("status", Case::Status, 500), ("batch of 100", Case::Batch(100), 50)] {
        let instructions = |client| per_call(server, client, case, rounds);
        measured
            .push((format!("{name}, instructions / raw"), instructions("authlete")? / instructions("raw")?));
        let (outcome, _) = plain(server, "authlete", case, rounds)?;
        measured.push((format!("{name}, allocations"), outcome.allocations));
    }
    let instructions = |client| per_call(server, client, Case::Batch(10_000), 2);
    measured.push((
        "batch of 10,000, instructions / raw".into(),
        instructions("authlete")? / instructions("raw")?,
    ));

    let bytes = |features| sections(server, &Program::of(features));
    let (raw, one, both) = (bytes("raw,both")?, bytes("authlete")?, bytes("authlete,both")?);
    let (tls_raw, tls_both) = (bytes("tls-raw,both")?, bytes("tls-authlete,both")?);
    measured.push(("size of one function / raw".into(), one / bytes("raw")?));
    measured.push(("size of both functions / raw".into(), both / raw));
    measured.push(("size of both functions / ureq".into(), both / bytes("ureq,both")?));
    measured.push(("size of both functions, TLS / raw".into(), tls_both / tls_raw));
    measured.push(("size of both functions, TLS / ureq".into(), tls_both / bytes("tls-ureq,both")?));
    measured.push(("bytes of a function with a body".into(), (bytes("ten-with-body,both")? - both) / 10.0));
    measured.push(("bytes of a function without".into(), (bytes("ten-without,both")? - both) / 10.0));
    measured.push(("bytes of a decoded Service".into(), bytes("service")? - one));

    let [(name, without, with), ..] = ENDPOINTS;
    measured.push((format!("size of {name}"), of_endpoint(server, without, with)?));

    let mut table = Table::new("Guard", &["figure", "measured", "ceiling"]);
    let mut exceeded = vec![];
    for (name, value) in &measured {
        let ceiling = ceilings.remove(name.as_str()).ok_or_else(|| format!("{name} has no ceiling"))?;
        table.row(name, &[format!("{value:.3}"), format!("{ceiling:.3}")]);
        if value.is_nan() || *value > ceiling {
            exceeded.push(format!("{name} is {value:.3}, over its ceiling of {ceiling:.3}"));
        }
    }
    table.print();
    if let Some(name) = ceilings.keys().next() {
        return Err(format!("there is a ceiling for {name}, which is not measured").into());
    }
    if exceeded.is_empty() { Ok(()) } else { Err(exceeded.join("; ").into()) }
}

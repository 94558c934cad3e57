//! What it costs to build.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Result, home};
use crate::process::cpu_time;
use crate::report::Table;

/// A row: its name, the program's features, and the crate whose own cost is told.
const ROWS: [(&str, &str, &str); 6] = [
    ("authlete, plain", "authlete", "authlete"),
    ("reqwest, plain", "reqwest", "reqwest"),
    ("ureq, plain", "ureq", "ureq"),
    ("authlete, TLS", "tls-authlete", "authlete"),
    ("reqwest, TLS", "tls-reqwest", "reqwest"),
    ("ureq, TLS", "tls-ureq", "ureq"),
];

/// Crates, and CPU seconds of building all of them and of building the crate in question again.
pub(crate) fn compile() -> Result<()> {
    let columns =
        ["program", "crates", "check", "crate and program alone", "release", "crate and program alone"];
    let mut table = Table::new("Compile time, CPU seconds", &columns);
    for (name, features, package) in ROWS {
        let mut cells = vec![crates(features)?.to_string()];
        for check in [true, false] {
            let folder = std::env::temp_dir().join(format!("authlete-bench-{}", std::process::id()));
            let seconds = build_twice(&folder, features, package, check);
            // Whatever came of it, nothing stays behind.
            let _ = std::fs::remove_dir_all(&folder);
            cells.extend(seconds?.map(|seconds| format!("{seconds:.1}")));
        }
        table.row(name, &cells);
    }
    table.print();
    Ok(())
}

/// Fails if the crates of a program cannot be counted.
pub(crate) fn check() -> Result<()> {
    ROWS.iter().try_for_each(|(_, features, _)| crates(features).map(drop))
}

/// Seconds for everything, then for the package and the program.
fn build_twice(folder: &Path, features: &str, package: &str, check: bool) -> Result<[f64; 2]> {
    let build = || -> Result<f64> {
        let mut command = cargo(if check { &["check"] } else { &["build", "--release"] });
        command.args(["--quiet", "--locked", "-p", "authlete-bench-size", "--features", features]);
        command.arg("--target-dir").arg(folder).env("CARGO_INCREMENTAL", "0");
        Ok(cpu_time(&mut command)?.as_secs_f64())
    };
    let all = build()?;
    let mut clean = cargo(&["clean", "--quiet", "-p", package]);
    if !check {
        clean.arg("--release");
    }
    cpu_time(clean.arg("--target-dir").arg(folder).stderr(Stdio::null()))?;
    Ok([all, build()?])
}

/// How many crates are built, build scripts' and procedural macros' included.
fn crates(features: &str) -> Result<usize> {
    let output = cargo(&["tree", "--locked", "-p", "authlete-bench-size", "--features", features])
        .args(["-e", "normal,build", "--prefix", "none", "--format", "{p}"])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let crates: BTreeSet<_> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    // The program is not one of its own dependencies.
    Ok(crates.len() - 1)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(home()).env_remove("RUSTFLAGS");
    command
}

//! What the crate costs to build, beside the same crate with serde's derives on its models.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Result, home};
use crate::process::cpu_time;
use crate::report::{Table, ratio};
use crate::twin;

/// CPU seconds of this crate, and of its twin with derives.
pub(crate) fn derives() -> Result<()> {
    let folder = std::env::temp_dir().join(format!("authlete-bench-{}", std::process::id()));
    let seconds = measure(&folder);
    // Whatever came of it, nothing stays behind.
    let _ = std::fs::remove_dir_all(&folder);
    let mut table = Table::new(
        "Compile time of this crate, and of the same crate with serde's derives on its models, CPU seconds",
        &["", "authlete", "with derives", "ratio"],
    );
    for (name, [authlete, twin]) in ["check", "release build"].into_iter().zip(seconds?) {
        table.row(name, &[format!("{authlete:.2}"), format!("{twin:.2}"), ratio(authlete, twin)]);
    }
    table.print();
    Ok(())
}

/// Seconds of checking and of building, of this crate and of its twin.
fn measure(folder: &Path) -> Result<[[f64; 2]; 2]> {
    let twin = folder.join("twin");
    twin::write(&twin)?;
    let crates = [(home().join("../.."), "authlete"), (twin, "twin")];
    let mut seconds = [[0.0; 2]; 2];
    for (mode, seconds) in [&["check"][..], &["build", "--release"]].into_iter().zip(&mut seconds) {
        for ((at, package), seconds) in crates.iter().zip(seconds) {
            *seconds = alone(at, package, &folder.join("target"), mode)?;
        }
    }
    Ok(seconds)
}

/// The lesser of two builds of the package alone, its dependencies built before.
fn alone(at: &Path, package: &str, target: &Path, mode: &[&str]) -> Result<f64> {
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(arguments).args(["--quiet", "-p", package, "--target-dir"]).arg(target);
        command.current_dir(at).env_remove("RUSTFLAGS").env("CARGO_INCREMENTAL", "0");
        command
    };
    cpu_time(cargo(mode).stderr(Stdio::null()))?;
    let mut least = f64::INFINITY;
    for _ in 0..2 {
        cpu_time(cargo(&["clean"]).args(&mode[1..]).stderr(Stdio::null()))?;
        least = least.min(cpu_time(cargo(mode).stderr(Stdio::null()))?.as_secs_f64());
    }
    Ok(least)
}

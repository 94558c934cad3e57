//! Whether every command still works: each goes just far enough to fail when it is broken, and measures nothing.

use std::fs;

use crate::callgrind::{body_length, plain};
use crate::clients::NAMES;
use crate::common::{ALL, Result, home};
use crate::program::cargo;
use crate::server::Server;
use crate::work::Case;
use crate::{compile, groups, outage, size, twin};

/// Pages that name commands.
const PAGES: [&str; 4] = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "crates/bench/README.md"];

/// Calls of every client, the programs, the copies of the crate, and the commands that the pages name.
pub(crate) fn check(server: &Server) -> Result<()> {
    pages()?;
    calls(server)?;
    outage::outage(server, 1, 10)?;
    compile::check()?;
    // What is built here stays, so that a second run has little to do.
    let folder = size::target()?.join("check");
    let target = folder.join("target");
    size::check()?;
    for copy in ["all", "one", "twin"] {
        let _ = fs::remove_dir_all(folder.join(copy));
    }
    groups::check(&folder, &target)?;
    let twin = folder.join("twin");
    twin::write(&twin)?;
    cargo(&twin, &["check"], &target).map_err(|error| format!("{error}\n{}", twin::REMEDY))?;
    println!("every command works");
    Ok(())
}

/// Every command that a page names must be one.
fn pages() -> Result<()> {
    for page in PAGES {
        let text = fs::read_to_string(home().join("../..").join(page))?;
        for command in text.split("crates/bench/Cargo.toml -- ").skip(1) {
            let end = command.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(command.len());
            let command = &command[..end];
            if !["all", "guard", "check"].contains(&command) && !ALL.contains(&command) {
                return Err(
                    format!("{page} names a command {command:?}, which the bench does not have").into()
                );
            }
        }
    }
    Ok(())
}

/// One round of each case by each client, which must all send the same.
fn calls(server: &Server) -> Result<()> {
    for client in NAMES {
        for case in [Case::Status, Case::Batch(10), Case::Flight(1), Case::Flight(2)] {
            // ureq blocks the one thread that all calls are on.
            if client != "ureq" || matches!(case, Case::Status | Case::Batch(_)) {
                plain(server, client, case, 1)?;
            }
        }
        let [own, raw] = [client, "raw"].map(|client| body_length(server, client, Case::Batch(10)));
        if own? != raw? {
            return Err(format!("{client} does not send what the others do").into());
        }
    }
    Ok(())
}

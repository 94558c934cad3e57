//! What functions add to a program, and that those it does not call add nothing.

use std::fs;
use std::path::Path;

use crate::common::{Result, home};
use crate::program::{Program, calling};
use crate::report::{Table, number};

/// How many bytes a program of one function may owe to the functions it does not call, in each profile. By default the compiler
/// divides a larger crate into other units, within which it inlines other functions.
const SLACK: [(&str, u64); 2] = [("stripped", 4 << 10), ("small", 256)];

/// A function's name, and that of its request object.
type Call = (String, String);

/// The groups of the face with their functions, as `src/methods/groups.rs` lists them.
fn groups() -> Result<Vec<(String, Vec<Call>)>> {
    let source = fs::read_to_string(home().join("../../src/methods/groups.rs"))?;
    let (_, table) = source.split_once("\ngroups! {\n").ok_or("a face of another shape")?;
    let mut groups = Vec::new();
    for group in table.split("    }\n").filter(|group| group.contains(" {\n")) {
        let (head, rows) = group.split_once(" {\n").ok_or("a group without methods")?;
        let name = head.lines().last().unwrap_or_default().split(':').next().unwrap_or_default();
        let mut calls = Vec::new();
        for row in rows.split(';').filter(|row| row.contains("->")) {
            let (method, function) = row.split_once('=').ok_or("a method without a function")?;
            let request = method.split(['(', ')']).nth(1).ok_or("a method without a request")?;
            let function = function.split("->").next().unwrap_or_default();
            calls.push((function.trim().to_owned(), request.to_owned()));
        }
        groups.push((name.trim().to_owned(), calls));
    }
    Ok(groups)
}

/// The program that the others are compared with.
const STATUS: (&str, &str) =
    ("token_operations_auth_token_create_batch_status_api", "AuthTokenCreateBatchStatusApiRequest");

/// Bytes of the groups, then of a program of one function in a crate that has all and in one that has no other.
pub(crate) fn sizes() -> Result<()> {
    let folder = std::env::temp_dir().join(format!("authlete-bench-{}", std::process::id()));
    let result = measure(&folder);
    // Whatever came of it, nothing stays behind.
    let _ = fs::remove_dir_all(&folder);
    result
}

fn measure(folder: &Path) -> Result<()> {
    let groups = groups()?;
    // Paths stand in panic messages: both are of one length.
    let all = Program::new(&folder.join("all"))?;
    let one = Program::new(&folder.join("one"))?;
    leave_one(&one.authlete())?;
    added(&all, &folder.join("all/target"), &groups)?;

    let mut table = Table::new(
        "One function, in a crate that has all of them and in one that has no other",
        &["profile", "all, bytes", "one, bytes", "difference"],
    );
    for (profile, slack) in SLACK {
        let all = all.size(&calling([STATUS]), profile, &folder.join("all/target"))?;
        let one = one.size(&calling([STATUS]), profile, &folder.join("one/target"))?;
        if all > one + slack {
            return Err(format!("{profile}: what is not called takes {} bytes", all - one).into());
        }
        table.row(profile, &[number(all as f64), number(one as f64), number(all as f64 - one as f64)]);
    }
    table.print();
    Ok(())
}

/// Fails if one of the programs does not compile.
pub(crate) fn check(folder: &Path, target: &Path) -> Result<()> {
    let groups = groups()?;
    let everything = groups.iter().flat_map(|(_, calls)| calls);
    let everything = everything.map(|(function, request)| (function.as_str(), request.as_str()));
    Program::new(&folder.join("all"))?.check(&calling(everything), target)?;
    let one = Program::new(&folder.join("one"))?;
    leave_one(&one.authlete())?;
    one.check(&calling([STATUS]), target)
}

/// What each group adds.
fn added(program: &Program, target: &Path, groups: &[(String, Vec<Call>)]) -> Result<()> {
    const PROFILES: [&str; 2] = ["small", "stripped"];
    let sizes = |calls: &[Call]| -> Result<[u64; 2]> {
        let calls = calls.iter().map(|(function, request)| (function.as_str(), request.as_str()));
        let source = calling([STATUS].into_iter().chain(calls.filter(|call| *call != STATUS)));
        let [small, stripped] = PROFILES.map(|profile| program.size(&source, profile, target));
        Ok([small?, stripped?])
    };
    let base = sizes(&[])?;
    let columns = ["group", "functions", "small profile, bytes", "release, stripped"];
    let mut table = Table::new("What each group adds to a program of the batch status", &columns);
    let everything: Vec<_> = groups.iter().flat_map(|(_, calls)| calls.clone()).collect();
    for (name, calls) in groups.iter().chain([&("all".to_owned(), everything)]) {
        let sizes = sizes(calls)?;
        let added = |profile: usize| number(sizes[profile].saturating_sub(base[profile]) as f64);
        table.row(name, &[calls.len().to_string(), added(0), added(1)]);
    }
    table.print();
    Ok(())
}

/// Takes all functions but one out of a copy of the crate, and with them the face and what else calls them.
fn leave_one(authlete: &Path) -> Result<()> {
    let list = authlete.join("funcs/mod.rs");
    let source = fs::read_to_string(&list)?;
    let is_kept = |line: &&str| {
        let declares = line.starts_with("mod ") || line.starts_with("pub use ");
        // The one that waits calls the one that is measured.
        !declares || line.contains(STATUS.0) || line.contains("wait_for_batch")
    };
    let lines: Vec<_> = source.lines().filter(is_kept).collect();
    fs::write(list, lines.join("\n"))?;

    // What names the others in the crate itself.
    let composite = authlete.join("src/composite/mod.rs");
    let source = fs::read_to_string(&composite)?;
    let lines: Vec<_> = source.lines().filter(|line| line.contains("wait")).collect();
    fs::write(composite, lines.join("\n"))?;
    let root = authlete.join("src/lib.rs");
    let mut source = fs::read_to_string(&root)?;
    let (list, wait) =
        ("{ListRequest, Page, Pages, PagesError, RevokeError, RevokeOptions, WaitOptions}", "WaitOptions");
    if !source.contains(list) {
        return Err(
            "src/lib.rs has changed: crates/bench/src/groups.rs takes what walks and revokes out of it"
                .into(),
        );
    }
    source = source.replace(list, wait);
    for module in ["endpoint", "guide", "methods"] {
        for item in [
            format!("\nmod {module};"),
            format!("\npub mod {module};"),
            format!("\npub use crate::{module}::"),
        ] {
            let Some(start) = source.find(&item) else { continue };
            let end = source[start..].find(';').ok_or("an item without an end")?;
            source.replace_range(start..=start + end, "");
        }
    }
    fs::write(root, source)?;
    Ok(())
}

//! Sizes of small programs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use object::elf::SHF_ALLOC;
use object::{Object as _, ObjectSection as _, SectionFlags};

use crate::common::{Result, home};
use crate::program::cargo;
use crate::report::{Table, number, ratio};
use crate::server::{BATCH, BEARER, SERVICE, Server};

/// A program: the name of its row, the features that select it, and whether it calls the server over plain HTTP.
pub(crate) struct Program {
    name: &'static str,
    features: &'static str,
    plain: bool,
}

impl Program {
    /// One of no row.
    pub(crate) fn of(features: &'static str) -> Self {
        Self { name: "", features, plain: !features.contains("tls") }
    }
}

/// One that calls the server over plain HTTP.
const fn plain(name: &'static str, features: &'static str) -> Program {
    Program { name, features, plain: true }
}

const fn tls(name: &'static str, features: &'static str) -> Program {
    Program { name, features, plain: false }
}

/// Plain HTTP, with the limit first.
const PLAIN: [Program; 10] = [
    plain("raw, both operations", "raw,both"),
    plain("raw, one operation", "raw"),
    plain("authlete, one function", "authlete"),
    plain("authlete, both functions", "authlete,both"),
    plain("authlete, both through the face", "face,both"),
    plain("authlete, transport of one's own", "transport"),
    plain("pooled, both operations", "pooled,both"),
    plain("reqwest, both operations", "reqwest,both"),
    plain("ureq, both operations", "ureq,both"),
    plain("tokio doing nothing", "empty"),
];

/// TLS by rustls with ring and the webpki roots, with the limit first.
const TLS: [Program; 7] = [
    tls("raw, both operations", "tls-raw,both"),
    tls("authlete, one function", "tls-authlete"),
    tls("authlete, both functions", "tls-authlete,both"),
    tls("authlete, both through the face", "tls-authlete,face,both"),
    tls("pooled, both operations", "tls-pooled,both"),
    tls("reqwest, both operations", "tls-reqwest,both"),
    tls("ureq, both operations", "tls-ureq,both"),
];

/// Where cargo builds the programs: beside this one, so that a second run has little to do.
pub(crate) fn target() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    Ok(here.ancestors().nth(2).ok_or("this program is in no target folder")?.to_owned())
}

/// Builds a program and returns its path.
pub(crate) fn build(features: &str, profile: &str) -> Result<PathBuf> {
    let target = target()?;
    one(features, &["build", "--profile", profile], &target)?;
    Ok(target.join(profile).join("authlete-bench-size"))
}

/// Runs cargo for the program that these features select.
fn one(features: &str, arguments: &[&str], target: &Path) -> Result<()> {
    let program = ["--locked", "-p", "authlete-bench-size", "--features", features];
    cargo(&home(), &[arguments, &program].concat(), target)
        .map_err(|error| format!("{features}: {error}").into())
}

/// Fails if one of the programs does not compile.
pub(crate) fn check() -> Result<()> {
    let target = target()?;
    let endpoints = ENDPOINTS.iter().flat_map(|(_, without, with)| [*without, *with]);
    let features = PLAIN.iter().chain(&TLS).map(|program| program.features).chain(endpoints);
    features.into_iter().try_for_each(|features| one(features, &["check", "--profile", "small"], &target))
}

/// The arguments of a program that calls the server.
pub(crate) fn arguments(server: &Server, kind: &str) -> [String; 5] {
    [server.url(kind), BEARER.into(), SERVICE.into(), BATCH.into(), "a-token".into()]
}

/// The path of a program that has shown that it works.
fn working(server: &Server, program: &Program, profile: &str) -> Result<PathBuf> {
    let path = build(program.features, profile)?;
    if program.plain {
        let before = server.seen()?.requests;
        let works = Command::new(&path).args(arguments(server, "")).stdout(Stdio::null()).status()?.success();
        let calls = match program.features {
            "empty" => 0,
            features if features.starts_with("transport") => 0,
            features => 1 + u64::from(features.contains("both")),
        };
        if !works || server.seen()?.requests - before != calls {
            return Err(format!("the program with the features {} does not work", program.features).into());
        }
    }
    Ok(path)
}

/// What of a small program is loaded, section by section: files grow by pages, which hides a difference.
pub(crate) fn sections(server: &Server, program: &Program) -> Result<f64> {
    let data = std::fs::read(working(server, program, "small")?)?;
    let file = object::File::parse(&*data)?;
    let loaded = file.sections().filter(|section| {
        let is_loaded =
            !matches!(section.flags(), SectionFlags::Elf { sh_flags, .. } if sh_flags & SHF_ALLOC != SHF_ALLOC);
        is_loaded && section.file_range().is_some()
    });
    Ok(loaded.map(|section| section.size()).sum::<u64>() as f64)
}

/// What `respond` of an endpoint adds to the call whose answer it takes, in bytes: in a program that has others already, but
/// for the last row.
pub(crate) fn of_endpoint(server: &Server, without: &'static str, with: &'static str) -> Result<f64> {
    Ok(sections(server, &Program::of(with))? - sections(server, &Program::of(without))?)
}

/// The largest first.
pub(crate) const ENDPOINTS: [(&str, &str, &str); 4] = [
    ("endpoint::authorization", "transport,authorization,server", "transport,authorization,server,endpoint"),
    ("endpoint::token", "transport,token,server", "transport,token,server,endpoint"),
    ("endpoint::resource", "transport,introspection,server", "transport,introspection,server,endpoint"),
    ("endpoint::authorization as the first", "transport,authorization", "transport,authorization,endpoint"),
];

/// All programs in both profiles.
pub(crate) fn sizes(server: &Server) -> Result<()> {
    for (title, programs) in [("Plain HTTP", &PLAIN[..]), ("TLS", &TLS[..])] {
        let mut sizes: BTreeMap<(usize, &str), u64> = BTreeMap::new();
        for profile in ["small", "stripped"] {
            for (index, program) in programs.iter().enumerate() {
                let path = working(server, program, profile)?;
                sizes.insert((index, profile), path.metadata()?.len());
            }
        }
        let columns = ["program", "small profile, bytes", "x raw", "release, stripped", "x raw"];
        let mut table = Table::new(&format!("Size: {title}"), &columns);
        for (index, program) in programs.iter().enumerate() {
            let cells = ["small", "stripped"].map(|profile| {
                let (size, raw) = (sizes[&(index, profile)] as f64, sizes[&(0, profile)] as f64);
                [number(size), ratio(size, raw)]
            });
            table.row(program.name, cells.as_flattened());
        }
        table.print();
    }
    let mut table = Table::new("Size: from an answer to a response", &["function", "small profile, bytes"]);
    for (name, without, with) in ENDPOINTS {
        table.row(name, &[number(of_endpoint(server, without, with)?)]);
    }
    table.print();
    Ok(())
}

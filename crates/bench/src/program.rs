//! Programs written for one measurement, beside a copy of the crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Result, home};

/// A program and the copy of the crate that it uses, in a folder of their own.
pub(crate) struct Program {
    folder: PathBuf,
}

impl Program {
    /// Copies what is published of the crate into the folder.
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        let root = home().join("../..");
        let copy = folder.join("authlete");
        for part in ["src", "funcs", "models"] {
            copy_all(&root.join(part), &copy.join(part))?;
        }
        let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
        let (manifest, _) =
            manifest.split_once("\n[dev-dependencies]").ok_or("a manifest of another shape")?;
        let is_kept =
            |line: &&str| !line.starts_with("members = ") && !line.starts_with("default-members = ");
        let manifest: Vec<_> = manifest.lines().filter(is_kept).collect();
        fs::write(copy.join("Cargo.toml"), manifest.join("\n"))?;
        // The versions of every other measurement.
        fs::create_dir_all(folder.join("program/src"))?;
        fs::copy(home().join("Cargo.lock"), folder.join("program/Cargo.lock"))?;
        fs::write(folder.join("program/Cargo.toml"), MANIFEST)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The copy of the crate.
    pub(crate) fn authlete(&self) -> PathBuf {
        self.folder.join("authlete")
    }

    /// Builds the program of this source, and returns its size.
    pub(crate) fn size(&self, source: &str, profile: &str, target: &Path) -> Result<u64> {
        self.cargo(source, &["build", "--profile", profile], target)?;
        Ok(target.join(profile).join("program").metadata()?.len())
    }

    /// Fails if the program of this source does not compile.
    pub(crate) fn check(&self, source: &str, target: &Path) -> Result<()> {
        self.cargo(source, &["check"], target)
    }

    fn cargo(&self, source: &str, arguments: &[&str], target: &Path) -> Result<()> {
        let folder = self.folder.join("program");
        fs::write(folder.join("src/main.rs"), source)?;
        cargo(&folder, arguments, target)
    }
}

/// Runs cargo in a folder, with its output where it fails.
pub(crate) fn cargo(folder: &Path, arguments: &[&str], target: &Path) -> Result<()> {
    let output = Command::new("cargo")
        .args(arguments)
        .args(["--quiet", "--target-dir"])
        .arg(target)
        .current_dir(folder)
        .env_remove("RUSTFLAGS")
        .env("CARGO_INCREMENTAL", "0")
        .output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }
}

/// The profiles are those of the other programs.
const MANIFEST: &str = r#"[package]
name = "program"
version = "0.0.0"
edition = "2024"

[dependencies]
authlete = { path = "../authlete", default-features = false, features = ["hyper-client"] }
tokio = { version = "1", features = ["net", "rt", "time"] }

[workspace]

[profile.small]
inherits = "release"
opt-level = "z"
lto = "fat"
codegen-units = 1
panic = "abort"
strip = true

[profile.stripped]
inherits = "release"
strip = true
"#;

/// Copies a folder into one that may exist.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let to = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { copy_all(&path, &to)? } else { _ = fs::copy(&path, &to)? }
    }
    Ok(())
}

/// A program that may call these functions, each with its request object. Whether it does cannot be foreseen, so all of
/// it is there.
pub(crate) fn calling<'a>(functions: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut calls = String::new();
    for (function, request) in functions {
        calls += &format!(
            "        if let Some(request) = black_box(None::<operations::{request}>) {{
            black_box(funcs::{function}(&core, &request, None).await.is_ok());
        }}\n"
        );
    }
    format!(
        "use std::hint::black_box;
use authlete::models::operations;
use authlete::{{AuthleteCore, funcs}};

fn main() {{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {{
        let Ok(core) = AuthleteCore::from_env() else {{ return }};
{calls}    }});
}}
"
    )
}

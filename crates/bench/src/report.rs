//! Markdown tables.

use std::fmt::Write;
use std::process::Command;

use crate::common::{Result, home};

/// A table under construction.
pub(crate) struct Table {
    text: String,
}

impl Table {
    /// One with these columns, of which all but the first are numbers.
    pub(crate) fn new(title: &str, columns: &[&str]) -> Self {
        let mut text = format!("\n### {title}\n\n| {} |\n|---|", columns.join(" | "));
        text.push_str(&"---:|".repeat(columns.len() - 1));
        Self { text }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, name: &str, cells: &[String]) {
        let _ = write!(self.text, "\n| {name} | {} |", cells.join(" | "));
    }

    /// Prints it.
    pub(crate) fn print(self) {
        println!("{}", self.text);
    }
}

/// A number with separators: `27,389`.
pub(crate) fn number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}

/// A ratio: `0.98`.
pub(crate) fn ratio(value: f64, of: f64) -> String {
    format!("{:.3}", value / of)
}

/// Prints what was measured, and with which compiler.
pub(crate) fn versions() -> Result<()> {
    const CRATES: [&str; 8] =
        ["authlete", "hyper", "hyper-util", "tokio", "serde_json", "rustls", "reqwest", "ureq"];
    let lock = std::fs::read_to_string(home().join("Cargo.lock"))?;
    let mut versions = vec![];
    for name in CRATES {
        let (_, rest) =
            lock.split_once(&format!("name = \"{name}\"\nversion = \"")).ok_or("no such crate")?;
        let version = rest.split('"').next().unwrap_or_default();
        versions.push(format!("{name} {version}"));
    }
    let output = Command::new("rustc").arg("--version").output()?;
    let rustc = String::from_utf8(output.stdout)?;
    println!("{}; {}", versions.join(", "), rustc.split(" (").next().unwrap_or_default());
    Ok(())
}

//! This crate once more, with serde's derives on the models in place of the field tables: the usual way to write them.

mod rewrite;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use self::rewrite::{derived, replaced};
use crate::common::{Result, home};
use crate::program::copy_all;

/// Writes a copy of the crate into the folder. Its macros write the same structs, setters, enums and docs, with derives. For
/// each model that an operation answers with or sends there is a function that reads or writes JSON by them, as otherwise
/// no code would be made of the derives.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let origin = home().join("../..");
    for part in ["src", "funcs", "models"] {
        copy_all(&origin.join(part), &folder.join(part))?;
    }
    for file in ["README.md", "Cargo.lock"] {
        fs::copy(origin.join(file), folder.join(file))?;
    }
    fs::write(folder.join("Cargo.toml"), manifest(&fs::read_to_string(origin.join("Cargo.toml"))?)?)?;
    let macros = folder.join("models/macros.rs");
    let text = derived(&fs::read_to_string(&macros)?);
    fs::write(&macros, text.map_err(|error| format!("models/macros.rs has changed: {error}. {REMEDY}"))?)?;
    let library = folder.join("src/lib.rs");
    fs::write(&library, format!("{}\npub mod twin;\n", fs::read_to_string(&library)?))?;
    let mut text = String::from(HEAD);
    write_uses(&mut text, &folder.join("models"))?;
    fs::write(folder.join("src/twin.rs"), text)?;
    Ok(())
}

/// What to do when the crate has changed so that there is no twin of it any more.
pub(crate) const REMEDY: &str = "crates/bench/src/twin.rs rewrites the macros of the models into derives, by their text: change it \
     along with them";

/// The features and dependencies of the manifest, with serde's derives.
fn manifest(origin: &str) -> Result<String> {
    let mut text = String::from(
        "[package]\nname = \"twin\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[lints.rust]\nunused = \"allow\"\n",
    );
    for section in ["features", "dependencies"] {
        let (_, rest) =
            origin.split_once(&format!("\n[{section}]\n")).ok_or("a section of the manifest is missing")?;
        write!(text, "\n[{section}]\n{}", rest.split("\n[").next().unwrap_or_default())?;
    }
    replaced(
        &text,
        "\nserde = \"1.0.228\"\n",
        "\nserde = { version = \"1.0.228\", features = [\"derive\"] }\n",
    )
}

const HEAD: &str = "
#![allow(missing_docs, non_snake_case)]
use std::collections::BTreeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use crate::models::{self, RawJson, UnknownMembers, Unrecognized};

impl Serialize for Unrecognized {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Unrecognized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(&String::deserialize(deserializer)?))
    }
}

impl Serialize for UnknownMembers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for UnknownMembers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = Self::new();
        for (name, value) in BTreeMap::<String, RawJson>::deserialize(deserializer)? {
            members.insert(name, value);
        }
        Ok(members)
    }
}

";

/// Functions that read what the folder's models answer, and write what they send.
fn write_uses(text: &mut String, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "rs") || path.ends_with("macros.rs") {
            continue;
        }
        let source = fs::read_to_string(path)?;
        for declaration in source.split("\n    pub struct ").skip(1) {
            let name = declaration.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
            let both = name == "Client" || name == "Service";
            if both || name.ends_with("Response") {
                writeln!(text, "pub fn read_{name}(text: &[u8]) -> serde_json::Result<models::{name}> {{")?;
                writeln!(text, "    serde_json::from_slice(text)\n}}")?;
            }
            if both || name.ends_with("Request") {
                writeln!(
                    text,
                    "pub fn write_{name}(value: &models::{name}) -> serde_json::Result<Vec<u8>> {{"
                )?;
                writeln!(text, "    serde_json::to_vec(value)\n}}")?;
            }
        }
    }
    Ok(())
}

//! This crate once more, with serde's derives on the models in place of the field tables: the usual way to write them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::common::{Result, home};

/// Writes a copy of the crate into the folder. Its macros write the same structs, setters, enums and docs, with derives. For
/// each model that an operation answers with or sends there is a function that reads or writes JSON by them, as otherwise
/// no code would be made of the derives.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let origin = home().join("../..");
    for part in ["src", "funcs", "models"] {
        copy(&origin.join(part), &folder.join(part))?;
    }
    for file in ["README.md", "Cargo.lock"] {
        fs::copy(origin.join(file), folder.join(file))?;
    }
    fs::write(folder.join("Cargo.toml"), manifest(&fs::read_to_string(origin.join("Cargo.toml"))?)?)?;
    let macros = folder.join("models/macros.rs");
    fs::write(&macros, derived(&fs::read_to_string(&macros)?)?)?;
    let library = folder.join("src/lib.rs");
    fs::write(&library, format!("{}\npub mod twin;\n", fs::read_to_string(&library)?))?;
    let mut text = String::from(HEAD);
    write_uses(&mut text, &folder.join("models"))?;
    fs::write(folder.join("src/twin.rs"), text)?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// The features and dependencies of the manifest, with serde's derives.
fn manifest(origin: &str) -> Result<String> {
    let mut text =
        String::from("[package]\nname = \"twin\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n");
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

/// The macros that declare models, with derives in place of tables.
fn derived(macros: &str) -> Result<String> {
    let macros = replaced(
        macros,
        "#[derive(Clone, PartialEq)]",
        "#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]\n#[serde(rename_all = \"camelCase\")]",
    )?;
    let macros = replaced(
        &macros,
        "$($(#[$optional_meta])* pub",
        "$($(#[$optional_meta])* #[serde(default, skip_serializing_if = \"Option::is_none\")] pub",
    )?;
    let macros = replaced(&macros, "pub $unknown:", "#[serde(flatten)] pub $unknown:")?;
    let macros = replaced(
        &macros,
        "#[derive(Clone, Debug, PartialEq, Eq, Hash)]",
        "#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]",
    )?;
    let macros = replaced(
        &macros,
        "$($(#[$variant_meta])* $variant,)+",
        "$($(#[$variant_meta])* #[serde(rename = $wire $(, alias = $alias)*)] $variant,)+",
    )?;
    let macros = replaced(
        &macros,
        "Unrecognized($crate::models::Unrecognized),\n",
        "#[serde(untagged)] Unrecognized($crate::models::Unrecognized),\n",
    )?;
    let macros =
        between(&macros, "            use $crate::models::names", "            model! { @debug", NO_TABLE)?;
    let macros = between(&macros, "            use $crate::models::open_enum", "\n        };\n", MATCHES)?;
    let by_table = "        serde_by_table! { $name }\n";
    if macros.matches(by_table).count() != 2 {
        return Err("the macros use serde by table elsewhere than in two places".into());
    }
    Ok(macros.replace(by_table, ""))
}

/// The text with a part that stands in it once replaced.
fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    match text.matches(part).count() {
        1 => Ok(text.replace(part, by)),
        count => Err(format!("{part:?} stands {count} times in what is to be changed").into()),
    }
}

/// The text with what is from one mark to the next replaced.
fn between(text: &str, from: &str, to: &str, by: &str) -> Result<String> {
    let (before, rest) = text.split_once(from).ok_or_else(|| format!("there is no {from:?}"))?;
    let (_, after) = rest.split_once(to).ok_or_else(|| format!("there is no {to:?}"))?;
    Ok(format!("{before}{by}{to}{after}"))
}

/// Lets the rest of the crate compile, which reads and writes by tables.
const NO_TABLE: &str = "
            use $crate::models::names::Shape;
            use $crate::models::table::{Fill, Part, Show, Slot, Value};

            impl Fill for $name {
                fn shape(&self) -> &'static Shape {
                    unreachable!()
                }

                fn slot(&mut self, _: usize, _: bool) -> Option<Slot<'_>> {
                    unreachable!()
                }
            }

            impl Show for $name {
                fn shape(&self) -> &'static Shape {
                    unreachable!()
                }

                fn part(&self, _: usize) -> Option<Part<'_>> {
                    unreachable!()
                }
            }

            impl Value for $name {
                fn blank() -> Self {
                    unreachable!()
                }

                fn slot(&mut self) -> Slot<'_> {
                    unreachable!()
                }

                fn part(&self) -> Part<'_> {
                    unreachable!()
                }
            }

";

const MATCHES: &str = "
            use $crate::models::open_enum::Unrecognized;

            impl $name {
                /// The values this version knows, in the order of the declaration.
                pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

                /// The value as it stands on the wire.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $wire,)+
                        Self::Unrecognized(value) => value.as_str(),
                    }
                }
            }

            impl From<&str> for $name {
                fn from(value: &str) -> Self {
                    match value {
                        $($wire $(| $alias)* => Self::$variant,)+
                        _ => Self::Unrecognized(Unrecognized::new(value)),
                    }
                }
            }
";

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

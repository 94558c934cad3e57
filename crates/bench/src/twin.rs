//! The models once more, with serde's derives: what `cargo expand` would show of the usual way to write them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Result, home};

/// A declaration, `name: Type` in parentheses and braces, or `Variant = "WIRE"`.
enum Declaration {
    Model { name: String, required: Vec<(String, String)>, optional: Vec<(String, String)> },
    Enum { name: String, variants: Vec<(String, String)> },
}

/// Writes a crate of the models that this one declares into the folder: the same structs, setters and enums, derives in
/// place of tables, and one function for each model that an operation sends or answers with.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let models = home().join("../../models");
    let mut sources = rust_files(&models)?;
    sources.extend(rust_files(&models.join("operations"))?);
    let mut text = String::from(HEAD);
    for source in sources {
        for declaration in declarations(&fs::read_to_string(source)?)? {
            write_declaration(&mut text, &declaration)?;
        }
    }
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    fs::write(folder.join("src/lib.rs"), text)?;
    Ok(())
}

const MANIFEST: &str = r#"[package]
name = "twin"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
"#;

const HEAD: &str = "\
use std::collections::BTreeMap;
use serde::{Deserialize, Serialize};
pub type Secret = String;
pub type ServerText = String;
pub type RawJson = serde_json::Value;
pub type StringMap = BTreeMap<String, String>;
pub type ClientGrantedScopesGetResponse = ClientAuthorizationDeleteResponse;
";

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("macros.rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What a file declares with `model!`, `request!` and `open_enum!`.
fn declarations(source: &str) -> Result<Vec<Declaration>> {
    let is_code = |line: &&str| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with("#[")
    };
    let source = source.lines().filter(is_code).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (start, is_request, is_enum) in
        [("model! {", false, false), ("request! {", true, false), ("open_enum! {", false, true)]
    {
        for block in source.split(&format!("\n{start}\n")).skip(1) {
            let block = block.split("\n}").next().unwrap_or_default();
            found.push(if is_enum { open_enum(block)? } else { model(block, is_request)? });
        }
        if let Some(block) = source.strip_prefix(&format!("{start}\n")) {
            let block = block.split("\n}").next().unwrap_or_default();
            found.push(if is_enum { open_enum(block)? } else { model(block, is_request)? });
        }
    }
    Ok(found)
}

fn model(block: &str, is_request: bool) -> Result<Declaration> {
    let rest = block.trim_start().trim_start_matches("pub struct ");
    let end = rest.find(['(', '{', ' ']).ok_or("a model without fields")?;
    let (name, rest) = rest.split_at(end);
    let (required, rest) = match rest.strip_prefix('(') {
        Some(rest) => {
            let end = closing(rest, ')').ok_or("an open parenthesis")?;
            (fields(&rest[..end]), &rest[end + 1..])
        }
        None => (Vec::new(), rest),
    };
    let rest = rest.trim_start().strip_prefix('{').ok_or("a model without braces")?;
    let mut optional = fields(&rest[..closing(rest, '}').ok_or("an open brace")?]);
    if is_request {
        optional.insert(0, ("service_id".to_owned(), "String".to_owned()));
    }
    Ok(Declaration::Model { name: name.to_owned(), required, optional })
}

/// Where what is open closes with this bracket.
fn closing(text: &str, bracket: char) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, letter)| match letter {
        letter if letter == bracket && depth == 0 => Some(at),
        '(' | '{' | '[' => {
            depth += 1;
            None
        }
        ')' | '}' | ']' => {
            depth -= 1;
            None
        }
        _ => None,
    })
}

fn fields(text: &str) -> Vec<(String, String)> {
    let fields = text.split(",\n").filter_map(|field| field.trim().trim_end_matches(',').split_once(": "));
    fields.map(|(name, kind)| (name.to_owned(), rust_type(kind))).collect()
}

/// `(hidden String)` and `[String]` as types of Rust.
fn rust_type(kind: &str) -> String {
    let kind = kind.trim_start_matches("(hidden ").trim_end_matches(')');
    match kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']')) {
        Some(kind) => format!("Vec<{}>", rust_type(kind)),
        None => kind.to_owned(),
    }
}

fn open_enum(block: &str) -> Result<Declaration> {
    let (name, values) = block.trim_start().split_once(" {").ok_or("an enum without braces")?;
    let variants = values.lines().filter_map(|line| line.trim().split_once(" = "));
    let wire = |value: &str| value.split('"').nth(1).unwrap_or_default().to_owned();
    let variants = variants.map(|(variant, value)| (variant.to_owned(), wire(value))).collect();
    Ok(Declaration::Enum { name: name.to_owned(), variants })
}

fn write_declaration(text: &mut String, declaration: &Declaration) -> Result<()> {
    match declaration {
        Declaration::Model { name, required, optional } => write_model(text, name, required, optional),
        Declaration::Enum { name, variants } => {
            writeln!(text, "#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]")?;
            writeln!(text, "#[non_exhaustive]\npub enum {name} {{")?;
            for (variant, wire) in variants {
                writeln!(text, "    #[serde(rename = {wire:?})] {variant},")?;
            }
            writeln!(text, "    #[serde(untagged)] Unrecognized(String),\n}}")?;
            Ok(())
        }
    }
}

fn write_model(
    text: &mut String,
    name: &str,
    required: &[(String, String)],
    optional: &[(String, String)],
) -> Result<()> {
    let default = if required.is_empty() { "Default, " } else { "" };
    writeln!(text, "#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]")?;
    writeln!(text, "#[serde(rename_all = \"camelCase\")]\n#[non_exhaustive]\npub struct {name} {{")?;
    for (field, kind) in required {
        writeln!(text, "    pub {field}: {kind},")?;
    }
    for (field, kind) in optional {
        writeln!(text, "    #[serde(default, skip_serializing_if = \"Option::is_none\")]")?;
        writeln!(text, "    pub {field}: Option<{kind}>,")?;
    }
    if name == "Client" || name == "Service" {
        writeln!(text, "    #[serde(flatten)]\n    pub unknown: BTreeMap<String, RawJson>,")?;
    }
    let arguments: Vec<_> =
        required.iter().map(|(field, kind)| format!("{field}: impl Into<{kind}>")).collect();
    writeln!(
        text,
        "}}\nimpl {name} {{\n    pub fn new({}) -> Self {{\n        Self {{",
        arguments.join(", ")
    )?;
    for (field, _) in required {
        writeln!(text, "            {field}: {field}.into(),")?;
    }
    for (field, _) in optional {
        writeln!(text, "            {field}: None,")?;
    }
    if name == "Client" || name == "Service" {
        writeln!(text, "            unknown: BTreeMap::new(),")?;
    }
    writeln!(text, "        }}\n    }}")?;
    for (field, kind) in optional {
        writeln!(text, "    pub fn {field}(mut self, value: impl Into<{kind}>) -> Self {{")?;
        writeln!(text, "        self.{field} = Some(value.into());\n        self\n    }}")?;
    }
    writeln!(text, "}}")?;
    let both = name == "Client" || name == "Service";
    if both || name.ends_with("Response") {
        writeln!(text, "pub fn read_{name}(text: &[u8]) -> serde_json::Result<{name}> {{")?;
        writeln!(text, "    serde_json::from_slice(text)\n}}")?;
    }
    if both || (name.ends_with("Request") && !name.ends_with("ApiRequest")) {
        writeln!(text, "pub fn write_{name}(value: &{name}) -> serde_json::Result<Vec<u8>> {{")?;
        writeln!(text, "    serde_json::to_vec(value)\n}}")?;
    }
    Ok(())
}

//! The macros of the models with derives in them, made from their text.

use crate::common::Result;

/// The macros that declare models, with derives in place of tables.
pub(super) fn derived(macros: &str) -> Result<String> {
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
    let (before, table, after) = cut(&macros, "\n        const _: () = {\n", "model! { @debug")?;
    let macros = format!("{before}{}{after}", emptied(table)?);
    let (before, _, after) = cut(&macros, "            use $crate::models::open_enum", "\n        };\n")?;
    let macros = format!("{before}{MATCHES}{after}");
    let by_table = "        serde_by_table! { $name }\n";
    match macros.matches(by_table).count() {
        2 => Ok(macros.replace(by_table, "")),
        count => Err(format!("{by_table:?} stands there {count} times, not twice").into()),
    }
}

/// The text with a part that stands in it once replaced.
pub(super) fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    match text.matches(part).count() {
        1 => Ok(text.replace(part, by)),
        count => Err(format!("{part:?} stands there {count} times, not once").into()),
    }
}

/// What is before the first mark, from there to the next mark, and the rest.
fn cut<'a>(text: &'a str, from: &str, to: &str) -> Result<(&'a str, &'a str, &'a str)> {
    let start = text.find(from).ok_or_else(|| format!("there is no {from:?}"))?;
    let length = text[start..].find(to).ok_or_else(|| format!("there is no {to:?} after {from:?}"))?;
    let (before, rest) = text.split_at(start);
    let (part, after) = rest.split_at(length);
    Ok((before, part, after))
}

/// The table of a model and the traits over it without anything in them, whatever they are called: the rest of the crate reads and
/// writes by them, and must compile. Lists of names are empty, and so are other items than the traits' implementations,
/// whose functions cannot be called.
fn emptied(table: &str) -> Result<String> {
    let mut text = String::new();
    let mut rest = table;
    let mut names = 0;
    while let Some(at) = rest.find("= &[$(") {
        let end = rest[at..].find("];").ok_or("a list of names has no end")? + at;
        text += &rest[..at];
        text += "= &[";
        rest = &rest[end..];
        names += 1;
    }
    text += rest;
    if names == 0 {
        return Err("a model's table has no lists of names".into());
    }

    // The first brace opens the block that all of this stands in.
    let (opening, mut rest) = text.split_at(text.find('{').ok_or("there is no block")? + 1);
    let mut emptied = opening.to_owned();
    while let Some(open) = rest.find('{') {
        let item = rest[..open].rfind(['}', ';']).map_or(0, |end| end + 1);
        let is_of_trait = rest[item..open].contains(" for $name");
        let is_import = rest[item..open].trim_start().starts_with("use ");
        let is_function = rest[item..open].contains("fn ");
        let end = open + closing(&rest[open..])?;
        match (is_of_trait || is_import, is_function) {
            // Goes on within the implementation.
            (true, _) if !is_import => {
                emptied += &rest[..=open];
                rest = &rest[open + 1..];
                continue;
            }
            (true, _) => emptied += &rest[..=end],
            (false, true) => emptied += &format!("{}{{ unreachable!() }}", &rest[..open]),
            (false, false) => emptied += &format!("{}{{}}", &rest[..open]),
        }
        rest = &rest[end + 1..];
    }
    Ok(emptied + rest)
}

/// Where the brace is closed with which the text begins.
fn closing(text: &str) -> Result<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Ok(at);
        }
    }
    Err("a brace is not closed".into())
}

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

//! What the command line says of names and values.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::fields::known;
use crate::stop::Stop;

/// `COLUMN=FIELD`, or `COLUMN=-` for a column or member that is passed over.
#[derive(Clone, Debug)]
pub(crate) struct NameMap {
    pub(super) column: String,
    pub(super) field: Option<&'static str>,
}

impl FromStr for NameMap {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (column, field) = text.rsplit_once('=').ok_or("must be like COLUMN=FIELD")?;
        let field = match field {
            "-" => None,
            _ => Some(known(field.as_bytes()).ok_or("names no known field behind the equals sign")?.0),
        };
        Ok(Self { column: column.to_owned(), field })
    }
}

/// `FIELD=PATH`, the path of a CSV file with two columns and no header: what is written, and what stands for it.
#[derive(Clone, Debug)]
pub(crate) struct ValueMap {
    pub(super) field: &'static str,
    path: PathBuf,
}

impl TryFrom<OsString> for ValueMap {
    type Error = &'static str;

    fn try_from(text: OsString) -> Result<Self, Self::Error> {
        let (field, path) = split(&text).ok_or("must be like FIELD=PATH")?;
        let (field, _) = known(&field).ok_or("names no known field before the equals sign")?;
        Ok(Self { field, path })
    }
}

/// Splits at the first equals sign. What stands behind it is a path, whatever its bytes.
#[cfg(unix)]
fn split(text: &OsStr) -> Option<(Vec<u8>, PathBuf)> {
    use std::os::unix::ffi::OsStrExt;
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|byte| *byte == b'=')?;
    let (field, path) = bytes.split_at_checked(at)?;
    Some((field.to_owned(), OsStr::from_bytes(path.get(1..)?).into()))
}

#[cfg(not(unix))]
fn split(text: &OsStr) -> Option<(Vec<u8>, PathBuf)> {
    let (field, path) = text.to_str()?.split_once('=')?;
    Some((field.into(), path.into()))
}

impl ValueMap {
    pub(super) fn read(&self) -> Result<HashMap<String, String>, Stop> {
        read_values(&self.path, "--map-values")
    }
}

/// Reads what values become from a CSV file.
pub(super) fn read_values(path: &Path, source: &str) -> Result<HashMap<String, String>, Stop> {
    let shown = path.display();
    let failed = |what: &dyn std::fmt::Display| Stop::new(format!("cannot read {shown} of {source}: {what}"));
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let mut values = HashMap::new();
    for (index, row) in reader.deserialize::<(String, String)>().enumerate() {
        let (from, to) =
            row.map_err(|_| failed(&format!("line {} is not two columns of text", index + 1)))?;
        if values.insert(from, to).is_some() {
            return Err(failed(&format!("line {} repeats an earlier value", index + 1)));
        }
    }
    Ok(values)
}

//! What the columns of a CSV file, or the members of JSON objects, are called and hold.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::Hash;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::record::{FIELDS, FieldType, printable};
use crate::stop::Stop;

type ValueTable = Arc<HashMap<String, String>>;

/// A column.
pub(super) struct Column {
    /// `None` if it is passed over.
    pub(super) field: Option<(&'static str, FieldType)>,
    /// What stands for what is written in it.
    pub(super) values: Option<ValueTable>,
}

/// What the command line says of columns and members.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(super) delimiter: Option<u8>,
    names: Vec<NameMap>,
    values: Vec<(&'static str, ValueTable)>,
}

/// Which of the names and values of the command line the members of JSON objects have had.
pub(super) struct Met {
    names: Vec<bool>,
    values: Vec<bool>,
    /// Whether there was an object at all.
    pub(super) any: bool,
}

fn mark(met: &mut [bool], index: usize) {
    if let Some(met) = met.get_mut(index) {
        *met = true;
    }
}

/// `COLUMN=FIELD`, or `COLUMN=-` for a column or member that is passed over.
#[derive(Clone, Debug)]
pub(crate) struct NameMap {
    column: String,
    field: Option<&'static str>,
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
    field: &'static str,
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

impl Columns {
    pub(super) fn new(delimiter: Option<u8>, names: &[NameMap], values: &[ValueMap]) -> Result<Self, Stop> {
        if let Some(twice) = first_twice(names.iter().map(|map| &map.column)) {
            return Err(Stop::new(format!("there is more than one --map for {twice}")));
        }
        if let Some(twice) = first_twice(values.iter().map(|map| map.field)) {
            return Err(Stop::new(format!("there is more than one --map-values for {twice}")));
        }
        let values =
            values.iter().map(|map| Ok((map.field, Arc::new(map.read()?)))).collect::<Result<_, Stop>>()?;
        Ok(Self { delimiter, names: names.to_owned(), values })
    }

    /// What tells one way of reading from another; `None` if nothing is said.
    pub(crate) fn hash(&self) -> Option<[u8; 32]> {
        if !self.is_told() {
            return None;
        }
        let mut digest = Sha256::new();
        let mut add = |text: &str| {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        };
        // In whatever order they were named.
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|map| &map.column);
        for NameMap { column, field } in names {
            add(column);
            add(field.unwrap_or("-"));
        }
        let mut maps: Vec<_> = self.values.iter().collect();
        maps.sort_by_key(|(field, _)| field);
        for (field, values) in maps {
            add(field);
            let mut pairs: Vec<_> = values.iter().collect();
            pairs.sort_unstable();
            pairs.into_iter().for_each(|(from, to)| {
                add(from);
                add(to);
            });
        }
        Some(digest.finalize().into())
    }

    /// Whether anything is called otherwise, or stands for something else.
    pub(super) fn is_told(&self) -> bool {
        !self.names.is_empty() || !self.values.is_empty()
    }

    /// What a member of this name is called; `None` if it is passed over.
    pub(super) fn name<'a>(&'a self, name: &'a str, met: &mut Met) -> Option<&'a str> {
        let Some((index, map)) = self.names.iter().enumerate().find(|(_, map)| map.column == name) else {
            return Some(name);
        };
        mark(&mut met.names, index);
        map.field
    }

    /// What the values of a field stand for.
    pub(super) fn values_of(
        &self,
        name: &str,
        met: &mut Met,
    ) -> Option<(&'static str, FieldType, &HashMap<String, String>)> {
        let (index, (field, values)) =
            self.values.iter().enumerate().find(|(_, (field, _))| *field == name)?;
        mark(&mut met.values, index);
        known(field.as_bytes()).map(|(field, kind)| (field, kind, &**values))
    }

    pub(super) fn none_met(&self) -> Met {
        Met { names: vec![false; self.names.len()], values: vec![false; self.values.len()], any: false }
    }

    /// Refuses names and values that no object has had: they are misspelt, or of another file. What is passed over may be
    /// absent.
    pub(super) fn must_all_be_met(&self, met: &Met) -> Result<(), Stop> {
        if !met.any {
            return Ok(());
        }
        let mut names = self.names.iter().zip(&met.names);
        if let Some((map, _)) = names.find(|(map, met)| !**met && map.field.is_some()) {
            return Err(Stop::new(format!("--map names a member that no record has: {}", map.column)));
        }
        let mut values = self.values.iter().zip(&met.values);
        match values.find(|(_, met)| !**met) {
            Some(((field, _), _)) => {
                Err(Stop::new(format!("--map-values names a field that no record has: {field}")))
            }
            None => Ok(()),
        }
    }

    /// The columns of a header. A name that is not known is repeated only if it looks like one and others are known: a file
    /// without a header has tokens there.
    pub(super) fn of(&self, names: &[Vec<u8>], header: &[u8]) -> Result<Vec<Column>, Stop> {
        let mut columns: Vec<Column> = Vec::with_capacity(names.len());
        let is_header = names.iter().any(|name| self.is_name(name));
        for (index, name) in names.iter().enumerate() {
            let number = index + 1;
            let called = printable(name).filter(|_| is_header);
            let called = called.map_or_else(String::new, |name| format!(", {name},"));
            let field = match self.names.iter().find(|map| map.column.as_bytes() == name) {
                Some(map) => map.field.and_then(|field| known(field.as_bytes())),
                None => Some(known(name).ok_or_else(|| {
                    self.looks_separated(header).unwrap_or_else(|| {
                        Stop::new(format!(
                            "column {number} of the CSV header{called} is no known field: see --map"
                        ))
                    })
                })?),
            };
            if field.is_some() && columns.iter().any(|column| column.field == field) {
                let name = field.map_or("", |(field, _)| field);
                return Err(Stop::new(format!("column {name} appears twice in the CSV header")));
            }
            let values = self.values.iter().find(|(of, _)| field.is_some_and(|(field, _)| field == *of));
            columns.push(Column { field, values: values.map(|(_, values)| Arc::clone(values)) });
        }
        let missing = self.names.iter().find(|map| names.iter().all(|name| map.column.as_bytes() != name));
        if let Some(map) = missing {
            return Err(Stop::new(format!("--map names a column that is not in the file: {}", map.column)));
        }
        let is_held =
            |of: &str| columns.iter().any(|column| column.field.is_some_and(|(field, _)| field == of));
        if let Some((field, _)) = self.values.iter().find(|(field, _)| !is_held(field)) {
            return Err(Stop::new(format!("--map-values names a field that no column holds: {field}")));
        }
        Ok(columns)
    }

    fn is_name(&self, name: &[u8]) -> bool {
        known(name).is_some() || self.names.iter().any(|map| map.column.as_bytes() == name)
    }

    /// What to say if the header would be one with another separator.
    fn looks_separated(&self, header: &[u8]) -> Option<Stop> {
        let is_name = |name: &[u8]| {
            let name = name.trim_ascii().strip_prefix(b"\"").unwrap_or(name.trim_ascii());
            let name = name.strip_suffix(b"\"").unwrap_or(name);
            self.is_name(name)
        };
        let fits = |separator: u8| {
            let mut names = header.split(|&byte| byte == separator);
            Some(separator) != self.delimiter.or(Some(b','))
                && header.contains(&separator)
                && names.any(is_name)
        };
        let (_, name) = DELIMITERS.iter().find(|(separator, _)| fits(*separator))?;
        Some(Stop::new(format!(
            "the columns of the CSV header seem to be separated otherwise: say --delimiter {name}"
        )))
    }
}

/// The separators, as the command line has them.
const DELIMITERS: [(u8, &str); 4] = [(b';', "';'"), (b'\t', "tab"), (b'|', "'|'"), (b',', "','")];

/// A separator from the command line.
pub(crate) fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        "," | ";" | "|" => text.bytes().next().ok_or(""),
        _ => Err("must be one of , ; | and tab"),
    }
}

/// The first of these that is there again.
fn first_twice<T: Eq + Hash + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut seen = HashSet::new();
    all.into_iter().find(|one| !seen.insert(one.clone()))
}

fn known(name: &[u8]) -> Option<(&'static str, FieldType)> {
    FIELDS.iter().find(|(field, _)| field.as_bytes() == name).copied()
}

impl ValueMap {
    fn read(&self) -> Result<HashMap<String, String>, Stop> {
        let path = self.path.display();
        let failed =
            |what: &dyn std::fmt::Display| Stop::new(format!("cannot read {path} of --map-values: {what}"));
        let bytes = fs::read(&self.path).map_err(|error| failed(&error))?;
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
}

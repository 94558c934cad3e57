//! The header of a CSV file.

use super::columns::Columns;
use super::conversion::Conversion;
use super::fields::{FieldType, known, printable};
use crate::stop::Stop;

/// A column.
pub(super) struct Column {
    /// `None` if it is passed over.
    pub(super) field: Option<(&'static str, FieldType)>,
    pub(super) conversion: Conversion,
}

impl Columns {
    /// The columns of a header. A name that is not known is repeated only if it looks like one and others are known: a file
    /// without a header has tokens there.
    pub(super) fn of(&self, names: &[Vec<u8>], header: &[u8]) -> Result<Vec<Column>, Stop> {
        let mut columns: Vec<Column> = Vec::with_capacity(names.len());
        let mut unknown = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let field = match self.names.iter().find(|map| map.column.as_bytes() == name) {
                Some(map) => map.field.and_then(|field| known(field.as_bytes())),
                None => {
                    let field = known(name);
                    if field.is_none() && !self.passes_rest {
                        unknown.push((index + 1, name));
                    }
                    field
                }
            };
            if field.is_some() && columns.iter().any(|column| column.field == field) {
                let name = field.map_or("", |(field, _)| field);
                return Err(Stop::new(format!("column {name} appears twice in the CSV header")));
            }
            columns.push(Column { field, conversion: self.conversion(field) });
        }
        let faults = [self.unknown(names, &unknown, header), self.missing(names)];
        let mut faults = faults.into_iter().flatten().peekable();
        if faults.peek().is_some() {
            let mut text: Vec<String> = faults.collect();
            text.extend(self.shown(names).map(|header| format!("the header is {header}")));
            return Err(Stop::new(self.with_alternative(text.join("; "))));
        }
        let is_held =
            |of: &str| columns.iter().any(|column| column.field.is_some_and(|(field, _)| field == of));
        if let Some(field) = self.conversions.keys().find(|field| !is_held(field)) {
            let source = self.source("--map-values");
            return Err(Stop::new(format!("{source} names a field that no column holds: {field}")));
        }
        if let Some(field) = self.constants.iter().find(|field| is_held(field)) {
            return Err(Stop::new(format!("the plan has a constant for {field}, which a column holds")));
        }
        Ok(columns)
    }

    fn conversion(&self, field: Option<(&'static str, FieldType)>) -> Conversion {
        field.and_then(|(field, _)| self.conversions.get(field)).cloned().unwrap_or_default()
    }

    /// What is said of columns that are no fields.
    fn unknown(&self, names: &[Vec<u8>], unknown: &[(usize, &Vec<u8>)], header: &[u8]) -> Option<String> {
        let (first, rest) = unknown.split_first()?;
        if let Some(delimiter) = self.looks_separated(header) {
            return Some(format!(
                "the columns of the CSV header seem to be separated otherwise: say --delimiter {delimiter}"
            ));
        }
        let is_header = names.iter().any(|name| self.is_name(name));
        let called = |name: &[u8]| printable(name).map(str::to_owned);
        let see = if self.is_planned { "the plan does not name it" } else { "see --map" };
        if !is_header {
            return Some(format!(
                "column 1 of the CSV header is no known field, nor is any other: has the file a header? {see}"
            ));
        }
        if rest.is_empty() {
            let (number, name) = first;
            let called = called(name).map_or_else(String::new, |name| format!(", {name},"));
            return Some(format!("column {number} of the CSV header{called} is no known field: {see}"));
        }
        let see = if self.is_planned { "the plan does not name them" } else { see };
        let columns = unknown.iter().map(|(number, name)| match called(name) {
            Some(name) => format!("{number} ({name})"),
            None => number.to_string(),
        });
        let columns: Vec<String> = columns.collect();
        Some(format!("columns {} of the CSV header are no known fields: {see}", columns.join(", ")))
    }

    /// What is said of columns that are named and not there.
    fn missing(&self, names: &[Vec<u8>]) -> Option<String> {
        let is_missing = |column: &str| names.iter().all(|name| column.as_bytes() != name);
        // A plan may pass over what some exports do not have.
        let needed = self.names.iter().filter(|map| map.field.is_some() || !self.is_planned);
        let missing: Vec<&str> =
            needed.map(|map| map.column.as_str()).filter(|column| is_missing(column)).collect();
        let what = match missing.len() {
            0 => return None,
            1 => "a column that is not in the file",
            _ => "columns that are not in the file",
        };
        Some(format!("{} names {what}: {}", self.source("--map"), missing.join(", ")))
    }

    /// The header, if it is one.
    fn shown(&self, names: &[Vec<u8>]) -> Option<String> {
        if !names.iter().any(|name| self.is_name(name)) {
            return None;
        }
        let names: Vec<&str> = names.iter().map(|name| printable(name).unwrap_or("?")).collect();
        Some(names.join(", "))
    }

    fn is_name(&self, name: &[u8]) -> bool {
        known(name).is_some() || self.names.iter().any(|map| map.column.as_bytes() == name)
    }

    /// With which separator the header would be one.
    fn looks_separated(&self, header: &[u8]) -> Option<&'static str> {
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
        DELIMITERS.iter().find(|(separator, _)| fits(*separator)).map(|(_, name)| *name)
    }
}

/// The separators, as the command line has them.
const DELIMITERS: [(u8, &str); 4] = [(b';', "';'"), (b'\t', "tab"), (b'|', "'|'"), (b',', "','")];

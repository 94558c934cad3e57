//! A plan: a TOML file that says how to read an export, and how fast to move it.
//!
//! It is checked as a whole, and all that is wrong with it is told at once. The journal keeps it, with the tables of values that
//! lie in other files, so that no other command needs it again.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use toml::{Table, Value};

use super::columns::Columns;
use super::conversion::{Cast, Conversion};
use super::exporter::{Escape, Zone};
use super::fields::{FieldType, known};
use super::format::Format;
use super::mapping::{NameMap, read_values};
use super::options::delimiter;
use super::text::{write, write_json};
use crate::stop::Stop;

/// How fast to move, where the command line says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rates {
    pub(crate) rate: Option<f64>,
    pub(crate) concurrency: Option<u16>,
    pub(crate) lookups: Option<u16>,
}

/// What a plan says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub(super) format: Option<Format>,
    pub(super) columns: Columns,
    pub(super) literal: Vec<&'static str>,
    pub(super) these_are_tokens: bool,
    pub(super) rates: Rates,
    /// It with its tables of values, as the journal keeps it.
    kept: String,
}

impl Plan {
    /// Reads a plan and the files that it names.
    pub(crate) fn read(path: &Path) -> Result<Self, Stop> {
        let failed =
            |error: &dyn std::fmt::Display| Stop::during(&format!("the plan {}", path.display()), error);
        let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
        let table: Table = toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            failed(&format!("line {line}: {}", error.message()))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::check(table, Some(folder)).map_err(|faults| failed(&faults))
    }

    /// The plan that a journal has kept.
    pub(crate) fn kept(text: &str) -> Result<Self, Stop> {
        let failed = |error: String| Stop::during("the plan that the journal has kept", error);
        let table: Table = serde_json::from_str(text).map_err(|error| failed(error.to_string()))?;
        Self::check(table, None).map_err(failed)
    }

    /// As the journal keeps it.
    pub(crate) fn to_keep(&self) -> &str {
        &self.kept
    }

    fn check(mut table: Table, folder: Option<&Path>) -> Result<Self, String> {
        let mut check = Check { faults: Vec::new(), folder };
        let mut plan = Self::default();
        plan.columns.is_planned = true;
        for (key, value) in &mut table {
            check.entry(&mut plan, key, value);
        }
        for map in &plan.columns.names {
            if let Some(field) = map.field.filter(|field| plan.columns.constants.contains(field)) {
                check.fault(format!("{field} is both a column's ({}) and a constant", map.column));
            }
        }
        for (index, map) in plan.columns.names.iter().enumerate() {
            let rest = plan.columns.names.get(index + 1..).unwrap_or_default();
            if let Some(other) = rest.iter().find(|other| map.field.is_some() && other.field == map.field) {
                let field = map.field.unwrap_or_default();
                check.fault(format!("two columns are {field}: {} and {}", map.column, other.column));
            }
        }
        if plan.columns.delimiter.is_some() && plan.format == Some(Format::Jsonl) {
            check.fault("delimiter is for CSV, and format is jsonl".to_owned());
        }
        plan.kept = serde_json::to_string(&table).map_err(|error| error.to_string())?;
        match check.faults.as_slice() {
            [] => Ok(plan),
            [fault] => Err(fault.clone()),
            faults => Err(format!("{} faults: {}", faults.len(), faults.join("; "))),
        }
    }
}

/// What is found wrong on the way through a plan.
struct Check<'a> {
    faults: Vec<String>,
    /// Where files lie that the plan names; `None` if all are in it.
    folder: Option<&'a Path>,
}

impl Check<'_> {
    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    fn entry(&mut self, plan: &mut Plan, key: &str, value: &mut Value) {
        match (key, &mut *value) {
            ("format", Value::String(text)) => match Format::from_str(text, true) {
                Ok(format) => plan.format = Some(format),
                Err(_) => self.fault("format must be jsonl or csv".to_owned()),
            },
            ("delimiter", Value::String(text)) => match delimiter(text) {
                Ok(delimiter) => plan.columns.delimiter = Some(delimiter),
                Err(what) => self.fault(format!("delimiter {what}")),
            },
            ("escape", Value::String(text)) => match Escape::from_str(text, true) {
                Ok(escape) => plan.columns.escape = Some(escape),
                Err(_) => self.fault("escape must be postgresql, mysql or mysql-batch".to_owned()),
            },
            ("pass-over-rest", Value::Boolean(yes)) => plan.columns.passes_rest = *yes,
            ("these-are-tokens", Value::Boolean(yes)) => plan.these_are_tokens = *yes,
            ("pass-over", Value::Array(columns)) => {
                for column in columns {
                    match column.as_str() {
                        Some(column) => {
                            plan.columns.names.push(NameMap { column: column.to_owned(), field: None });
                        }
                        None => self.fault("pass-over must be an array of strings".to_owned()),
                    }
                }
            }
            ("literal", Value::Array(fields)) => {
                for field in fields {
                    let field = field.as_str().unwrap_or_default();
                    plan.literal.extend(self.field("literal", field).map(|(field, _)| field));
                }
            }
            ("map", Value::Table(map)) => {
                for (column, field) in map {
                    let field = self.field(&format!("map: {column}"), field.as_str().unwrap_or_default());
                    let named = |(field, _)| NameMap { column: column.clone(), field: Some(field) };
                    plan.columns.names.extend(field.map(named));
                }
            }
            ("values", Value::Table(fields)) => self.values(plan, fields),
            ("casts", Value::Table(casts)) => {
                for (field, cast) in casts {
                    self.cast(plan, field, cast);
                }
            }
            ("constants", Value::Table(constants)) => {
                for (field, value) in constants {
                    self.constant(&mut plan.columns, field, value);
                }
            }
            ("rates", Value::Table(rates)) => {
                for (name, value) in rates {
                    self.rate(&mut plan.rates, name, value);
                }
            }
            ("source", Value::Table(source)) => {
                for (name, value) in source {
                    match (name.as_str(), value) {
                        ("instead", Value::String(text)) => plan.columns.instead = Some(text.clone()),
                        _ => self.fault(format!("source: {name} is not known, or no string")),
                    }
                }
            }
            _ => self.fault(format!("{key} is not known, or has a value of another type")),
        }
    }

    /// A field that is the same in every record.
    fn constant(&mut self, columns: &mut Columns, field: &str, value: &Value) {
        let Some((field, kind)) = self.field("constants", field) else { return };
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(flag) => flag.to_string(),
            _ => {
                return self
                    .fault(format!("constants: {field} must be a string, a whole number, true or false"));
            }
        };
        if is_token(field) {
            return self.fault(format!("constants: {field} is each record's own"));
        }
        let members = &mut columns.constant_members;
        if !members.is_empty() {
            members.push(b',');
        }
        write_json(members, field);
        members.push(b':');
        if let Err(what) = write(field, kind, &text, &Conversion::default(), members) {
            self.fault(format!("constants: {field} {what}"));
        }
        columns.constants.push(field);
    }

    /// A field of this name.
    fn field(&mut self, place: &str, name: &str) -> Option<(&'static str, FieldType)> {
        let field = known(name.as_bytes());
        if field.is_none() {
            self.fault(format!("{place}: {} is no known field", if name.is_empty() { "?" } else { name }));
        }
        field
    }

    /// Values that stand for others, in the plan or in a file. A file's take its place, to be kept.
    fn values(&mut self, plan: &mut Plan, fields: &mut Table) {
        for (field, value) in fields {
            let Some((field, _)) = self.field("values", field) else { continue };
            if is_token(field) {
                self.fault(format!("values: {field} is each record's own"));
                continue;
            }
            if let (Value::String(path), Some(folder)) = (&*value, self.folder) {
                match read_values(&folder.join(path), "the plan") {
                    Ok(values) => {
                        *value = Value::Table(
                            values.into_iter().map(|(from, to)| (from, Value::String(to))).collect(),
                        );
                    }
                    Err(stop) => {
                        self.fault(stop.to_string());
                        continue;
                    }
                }
            }
            let Value::Table(pairs) = value else {
                self.fault(format!("values: {field} must be a table, or the path of a CSV file"));
                continue;
            };
            let text = |value: &Value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Integer(number) => Some(number.to_string()),
                _ => None,
            };
            let values: Option<HashMap<_, _>> =
                pairs.iter().map(|(from, to)| Some((from.clone(), text(to)?))).collect();
            match values {
                Some(values) => {
                    plan.columns.conversions.entry(field).or_default().values = Some(Arc::new(values))
                }
                None => self.fault(format!("values: those of {field} must become strings or whole numbers")),
            }
        }
    }

    /// `"iso"`, `"seconds"`, `{ from = "iso", zone = "Europe/Berlin" }` or `{ split = "|" }`.
    fn cast(&mut self, plan: &mut Plan, field: &str, value: &Value) {
        let Some((field, kind)) = self.field("casts", field) else { return };
        let none = Table::new();
        let table = value.as_table().unwrap_or(&none);
        let text = |key: &str| table.get(key).and_then(Value::as_str);
        let known_keys = table.keys().all(|key| matches!(key.as_str(), "from" | "zone" | "split"));
        let zone = match text("zone").map(|name| (name, Zone::new(name))) {
            Some((name, None)) => {
                return self.fault(format!(
                    "casts: {name} is no offset, and no time zone that this system knows (see its tzdata)"
                ));
            }
            zone => zone.and_then(|(_, zone)| zone),
        };
        let cast = match (value.as_str().or_else(|| text("from")), text("split")) {
            (Some("iso"), None) => Some(Cast::Date(zone)),
            (Some(from), None) if zone.is_none() => match from {
                "seconds" => Some(Cast::PerSecond(1)),
                "milliseconds" => Some(Cast::PerSecond(1_000)),
                "microseconds" => Some(Cast::PerSecond(1_000_000)),
                _ => None,
            },
            (None, Some(separator)) if !separator.is_empty() && zone.is_none() => {
                Some(Cast::Split(separator.to_owned()))
            }
            _ => None,
        };
        match cast.filter(|_| known_keys) {
            Some(cast) if cast.suits(field, kind) => plan.columns.conversions.entry(field).or_default().cast = Some(cast),
            Some(_) => self.fault(format!("casts: {field} is no time for this cast, or no list")),
            None => self.fault(format!(
                "casts: {field} must be \"iso\", \"seconds\", \"milliseconds\", \"microseconds\", {{ from = \"iso\", zone = \
                 \"...\" }} or {{ split = \"...\" }}"
            )),
        }
    }

    fn rate(&mut self, rates: &mut Rates, name: &str, value: &Value) {
        let number = value.as_integer();
        let float = value.as_float().or(number.map(|number| number as f64));
        let small =
            number.and_then(|number| u16::try_from(number).ok()).filter(|number| (1..=1024).contains(number));
        match name {
            "rate" if float.is_some_and(|rate| (0.001..=1e6).contains(&rate)) => rates.rate = float,
            "concurrency" if small.is_some() => rates.concurrency = small,
            "lookups" if small.is_some() => rates.lookups = small,
            _ => self.fault(format!(
                "rates: {name} must be rate, above 0, or concurrency or lookups, from 1 to 1024"
            )),
        }
    }
}

fn is_token(field: &str) -> bool {
    matches!(field, "accessToken" | "refreshToken")
}

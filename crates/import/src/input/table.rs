//! Rows of a CSV file as JSON objects.

use csv::ByteRecord;
use serde::de::IgnoredAny;

use super::record::{FIELDS, Kind, Problem};
use crate::stop::Stop;

/// The fields of the columns. Names that are not known are not repeated: a file without a header has tokens there.
pub(super) fn columns(header: &ByteRecord) -> Result<Vec<(&'static str, Kind)>, Stop> {
    let mut columns: Vec<(&'static str, Kind)> = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        let number = index + 1;
        let Some(field) = FIELDS.iter().find(|(field, _)| field.as_bytes() == name.trim_ascii()) else {
            return Err(Stop::new(format!("column {number} of the CSV header is no known field")));
        };
        if columns.contains(field) {
            return Err(Stop::new(format!("column {number} of the CSV header stands there twice")));
        }
        columns.push(*field);
    }
    Ok(columns)
}

/// Writes a CSV row as a JSON object. Empty cells are absent fields.
pub(super) fn object(
    columns: &[(&'static str, Kind)],
    row: &ByteRecord,
    json: &mut Vec<u8>,
) -> Result<(), Problem> {
    if row.len() != columns.len() {
        return Err(Problem::new("record", "has another number of fields than the header"));
    }
    json.clear();
    json.push(b'{');
    for (&(field, kind), cell) in columns.iter().zip(row) {
        if cell.is_empty() {
            continue;
        }
        let text = std::str::from_utf8(cell).map_err(|_| Problem::new(field, "is not UTF-8"))?;
        if json.len() > 1 {
            json.push(b',');
        }
        json.push(b'"');
        json.extend_from_slice(field.as_bytes());
        json.extend_from_slice(b"\":");
        match kind {
            Kind::Text => write_json(json, text),
            Kind::List => write_json(json, &text.split_ascii_whitespace().collect::<Vec<_>>()),
            Kind::Number => match text.trim().parse::<i64>() {
                Ok(number) => write_json(json, &number),
                Err(_) => return Err(Problem::new(field, "must be a whole number")),
            },
            Kind::Flag => match text.trim() {
                flag @ ("true" | "false") => json.extend_from_slice(flag.as_bytes()),
                _ => return Err(Problem::new(field, "must be true or false")),
            },
            Kind::Nested => match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => json.extend_from_slice(text.as_bytes()),
                Err(_) => return Err(Problem::new(field, "must be JSON")),
            },
        }
    }
    json.push(b'}');
    Ok(())
}

/// Strings, numbers and arrays of them can always be written into memory.
fn write_json(json: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    let _ = serde_json::to_writer(json, value);
}

/// What the CSV reader says, without the values it may repeat.
pub(super) fn csv_problem(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => "is not CSV".to_owned(),
    }
}

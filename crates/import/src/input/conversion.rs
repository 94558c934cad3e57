//! What the values of a field become: what stands for them, and how times and lists are written.

use std::collections::HashMap;
use std::sync::Arc;

use super::exporter::{Unit, Zone, milliseconds_of_date, to_milliseconds};
use super::fields::{FieldType, unit};

/// Old values, and what they become.
pub(super) type ValueTable = Arc<HashMap<String, String>>;

/// How a field's values are made what the field holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversion {
    /// What stands for what is written.
    pub(super) values: Option<ValueTable>,
    /// In which form it is written.
    pub(super) cast: Option<Cast>,
}

/// The form of a time or a list.
#[derive(Clone, Debug)]
pub(super) enum Cast {
    /// A date and time, in this zone if it names none.
    Date(Option<Zone>),
    /// A number of which so many make a second.
    PerSecond(i64),
    /// A list in one text, its items apart by this.
    Split(String),
}

impl Cast {
    /// Whether it makes sense for a field.
    pub(super) fn suits(&self, field: &str, kind: FieldType) -> bool {
        match self {
            Self::Date(_) | Self::PerSecond(_) => unit(field) != Unit::Things,
            Self::Split(_) => kind == FieldType::List,
        }
    }

    /// What tells it from others.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Date(None) => "iso".to_owned(),
            Self::Date(Some(zone)) => format!("iso {zone}"),
            Self::PerSecond(number) => format!("per second {number}"),
            Self::Split(separator) => format!("split {separator}"),
        }
    }

    /// A time of this field in the unit that the field has.
    fn time(&self, field: &str, text: &str) -> Result<i64, &'static str> {
        let milliseconds = match self {
            Self::Date(zone) => milliseconds_of_date(text, zone.as_ref())?,
            Self::PerSecond(per_second) => to_milliseconds(text, *per_second)?,
            Self::Split(_) => return Err("must be a time"),
        };
        Ok(if unit(field) == Unit::Seconds { milliseconds.div_euclid(1000) } else { milliseconds })
    }
}

impl Conversion {
    /// What a text stands for.
    pub(super) fn meant<'a>(&'a self, text: &'a str) -> Result<&'a str, &'static str> {
        match &self.values {
            None => Ok(text),
            Some(values) => {
                values.get(text).map(String::as_str).ok_or("has a value that --map-values does not name")
            }
        }
    }

    /// The number that a text stands for.
    pub(super) fn number(&self, field: &str, text: &str) -> Result<i64, &'static str> {
        match &self.cast {
            Some(cast) => cast.time(field, text),
            None => super::exporter::whole(text),
        }
    }

    /// The items of a list that is one text.
    pub(super) fn items<'a>(&'a self, text: &'a str) -> Result<Vec<&'a str>, &'static str> {
        let separator = match &self.cast {
            Some(Cast::Split(separator)) => separator.as_str(),
            _ => " ",
        };
        let items = text.split(separator).map(|item| if separator == " " { item } else { item.trim() });
        items.filter(|item| !item.is_empty()).map(|item| self.meant(item)).collect()
    }
}

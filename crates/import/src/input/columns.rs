//! What the columns of a CSV file, or the members of JSON objects, are called and hold.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::conversion::Conversion;
use super::exporter::Escape;
use super::fields::{FieldType, known};
use super::mapping::NameMap;
use super::options::ReadingArgs;
use crate::stop::Stop;

/// How the text of a file becomes records, as far as the command line or a plan says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(super) delimiter: Option<u8>,
    pub(super) escape: Option<Escape>,
    pub(super) names: Vec<NameMap>,
    pub(super) conversions: BTreeMap<&'static str, Conversion>,
    /// Fields that are the same in every record.
    pub(super) constants: Vec<&'static str>,
    /// These as members of a JSON object, without its braces.
    pub(super) constant_members: Vec<u8>,
    /// Whether columns are passed over that are no fields.
    pub(super) passes_rest: bool,
    /// What there is to do where the file has no tokens.
    pub(super) instead: Option<String>,
    /// Whether a plan says all this.
    pub(super) is_planned: bool,
}

/// Which of the names and values the members of JSON objects have had.
pub(super) struct Met {
    names: Vec<bool>,
    conversions: Vec<bool>,
    /// Whether there was an object at all.
    pub(super) any: bool,
}

fn mark(met: &mut [bool], index: usize) {
    if let Some(met) = met.get_mut(index) {
        *met = true;
    }
}

impl Columns {
    /// What the command line says.
    pub(super) fn new(reading: &ReadingArgs) -> Result<Self, Stop> {
        let ReadingArgs { delimiter, escape, map, map_values, .. } = reading;
        if let Some(twice) = first_twice(map.iter().map(|map| &map.column)) {
            return Err(Stop::new(format!("there is more than one --map for {twice}")));
        }
        if let Some(twice) = first_twice(map_values.iter().map(|map| map.field)) {
            return Err(Stop::new(format!("there is more than one --map-values for {twice}")));
        }
        let conversion = |values| Conversion { values: Some(Arc::new(values)), cast: None };
        let conversions = map_values.iter().map(|map| Ok((map.field, conversion(map.read()?))));
        let conversions = conversions.collect::<Result<_, Stop>>()?;
        Ok(Self {
            delimiter: *delimiter,
            escape: *escape,
            names: map.clone(),
            conversions,
            ..Self::default()
        })
    }

    /// What tells one way of reading from another; `None` if nothing is said.
    pub(crate) fn hash(&self) -> Option<[u8; 32]> {
        if !self.is_told() && self.escape.is_none() {
            return None;
        }
        let mut digest = Sha256::new();
        let mut add = |text: &str| {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        };
        if let Some(escape) = self.escape {
            add(&format!("escape {escape:?}"));
        }
        if self.passes_rest {
            add("the rest is passed over");
        }
        // In whatever order they were named.
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|map| &map.column);
        for NameMap { column, field } in names {
            add(column);
            add(field.unwrap_or("-"));
        }
        for (field, Conversion { values, cast }) in &self.conversions {
            add(field);
            if let Some(cast) = cast {
                add(&cast.name());
            }
            let mut pairs: Vec<_> = values.iter().flat_map(|values| values.iter()).collect();
            pairs.sort_unstable();
            pairs.into_iter().for_each(|(from, to)| {
                add(from);
                add(to);
            });
        }
        if !self.constant_members.is_empty() {
            digest.update(&self.constant_members);
        }
        Some(digest.finalize().into())
    }

    /// Whether anything is called otherwise, stands for something else, is added or is passed over.
    pub(super) fn is_told(&self) -> bool {
        !self.names.is_empty()
            || !self.conversions.is_empty()
            || !self.constants.is_empty()
            || self.passes_rest
    }

    /// What a member of this name is called; `None` if it is passed over.
    pub(super) fn name<'a>(&'a self, name: &'a str, met: &mut Met) -> Option<&'a str> {
        let Some((index, map)) = self.names.iter().enumerate().find(|(_, map)| map.column == name) else {
            return Some(name).filter(|name| !self.passes_rest || known(name.as_bytes()).is_some());
        };
        mark(&mut met.names, index);
        map.field
    }

    /// What becomes of the values of a field.
    pub(super) fn conversion_of(
        &self,
        name: &str,
        met: &mut Met,
    ) -> Option<(&'static str, FieldType, &Conversion)> {
        let (index, (field, conversion)) =
            self.conversions.iter().enumerate().find(|(_, (field, _))| **field == name)?;
        mark(&mut met.conversions, index);
        known(field.as_bytes()).map(|(field, kind)| (field, kind, conversion))
    }

    pub(super) fn none_met(&self) -> Met {
        Met {
            names: vec![false; self.names.len()],
            conversions: vec![false; self.conversions.len()],
            any: false,
        }
    }

    /// Refuses names and values that no object has had: they are misspelt, or of another file. What is passed over may be
    /// absent.
    pub(super) fn must_all_be_met(&self, met: &Met) -> Result<(), Stop> {
        if !met.any {
            return Ok(());
        }
        let names = self.names.iter().zip(&met.names).filter(|(map, met)| !**met && map.field.is_some());
        let names: Vec<&str> = names.map(|(map, _)| map.column.as_str()).collect();
        if !names.is_empty() {
            let what = if names.len() == 1 { "a member" } else { "members" };
            let (source, names) = (self.source("--map"), names.join(", "));
            let what = format!("{source} names {what} that no record has: {names}");
            return Err(Stop::new(self.with_alternative(what)));
        }
        let mut conversions = self.conversions.iter().zip(&met.conversions);
        match conversions.find(|(_, met)| !**met) {
            Some(((field, _), _)) => Err(Stop::new(format!(
                "{} names a field that no record has: {field}",
                self.source("--map-values")
            ))),
            None => Ok(()),
        }
    }

    /// Where it was said.
    pub(super) fn source(&self, option: &'static str) -> &'static str {
        if self.is_planned { "the plan" } else { option }
    }

    /// With what the plan says there is to do instead.
    pub(crate) fn with_alternative(&self, what: String) -> String {
        match &self.instead {
            Some(instead) => format!("{what}\n{}", instead.trim_end()),
            None => what,
        }
    }
}

/// The first of these that is there again.
fn first_twice<T: Eq + Hash + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut seen = HashSet::new();
    all.into_iter().find(|one| !seen.insert(one.clone()))
}

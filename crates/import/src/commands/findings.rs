//! What a verification found, in a file beside the journal, for `run --repair`.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::journal::{Journal, Member};
use crate::stop::Stop;

const SUFFIX: &str = ".findings";

/// What a file of findings is about: a token in it is one of the journal's file, service and server.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct About {
    server: Option<String>,
    service: Option<String>,
    sha256: Option<String>,
    shard: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum What {
    Missing,
    /// The access token is there without the refresh token.
    WithoutRefreshToken,
    Differs,
    Unclear,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Finding {
    record: u64,
    offset: u64,
    pub(super) what: What,
    /// The members that differ.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    members: String,
}

impl Finding {
    pub(super) fn new(member: Member, what: What, members: String) -> Self {
        Self { record: member.number, offset: member.offset, what, members }
    }

    /// The record's number and offset.
    pub(super) fn place(&self) -> (u64, u64) {
        (self.record, self.offset)
    }
}

/// Findings while they are made. The file takes the place of an earlier one when it is whole.
pub(super) struct Findings<'a> {
    journal: &'a Journal,
    file: BufWriter<NamedTempFile>,
}

fn about(journal: &Journal) -> Result<About, Stop> {
    Ok(About {
        server: journal.meta("server")?,
        service: journal.meta("service")?,
        sha256: journal.meta("sha256")?,
        shard: journal.meta("shard")?,
    })
}

fn failed(error: impl std::fmt::Display) -> Stop {
    Stop::during("the findings of the verification cannot be kept", error)
}

impl<'a> Findings<'a> {
    pub(super) fn begin(journal: &'a Journal) -> Result<Self, Stop> {
        let path = journal.beside(SUFFIX);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        // Such a file is its owner's alone.
        let file = NamedTempFile::new_in(folder.unwrap_or_else(|| ".".as_ref())).map_err(failed)?;
        let mut file = BufWriter::new(file);
        line(&mut file, &about(journal)?)?;
        Ok(Self { journal, file })
    }

    pub(super) fn add(&mut self, finding: &Finding) -> Result<(), Stop> {
        line(&mut self.file, finding)
    }

    pub(super) fn keep(self) -> Result<(), Stop> {
        let file = self.file.into_inner().map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(self.journal.beside(SUFFIX)).map_err(failed)?;
        Ok(())
    }
}

fn line(file: &mut impl Write, what: &impl Serialize) -> Result<(), Stop> {
    serde_json::to_writer(&mut *file, what).map_err(failed)?;
    file.write_all(b"\n").map_err(failed)
}

/// The findings of the last verification of this import.
pub(super) fn read(journal: &Journal) -> Result<impl Iterator<Item = Result<Finding, Stop>>, Stop> {
    let path = journal.beside(SUFFIX);
    let file = File::open(&path).map_err(|error| {
        Stop::new(format!("there are no findings at {} ({error}): run `verify --all` first", path.display()))
    })?;
    let mut lines = BufReader::new(file).lines();
    let first = lines.next().transpose().map_err(failed)?.unwrap_or_default();
    if serde_json::from_str::<About>(&first).ok() != Some(about(journal)?) {
        return Err(Stop::new(format!("{} is of another import", path.display())));
    }
    Ok(lines
        .map(|line| serde_json::from_str(&line.map_err(failed)?).map_err(|_| failed("a line is no finding"))))
}

/// Forgets the findings: they have been acted upon, and are not so any more.
pub(super) fn forget(journal: &Journal) -> Result<(), Stop> {
    fs::remove_file(journal.beside(SUFFIX)).map_err(failed)
}

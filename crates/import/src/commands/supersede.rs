//! `run --supersede`: deletes what an earlier import created, where the file has its refresh token with a newer access token.
//!
//! A server that does not rotate refresh tokens exports one again with each new access token. Authlete, which has it, would
//! refuse the new pair.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use authlete::Secret;
use clap::ValueEnum;

use crate::input::hash::{hex, sha256};
use crate::input::{Duplicates, Format, Input, Kind, Reader, ReadingArgs};
use crate::journal::{Journal, Member, Outcomes};
use crate::plan::{Book, next_record, place};
use crate::server::{Server, delete};
use crate::stop::Stop;

/// How many tokens are deleted between two notes in the journal.
const GROUP: usize = 200;
/// Marks the numbers of the earlier file.
const EARLIER: u64 = 1 << 60;

/// Deletes the tokens that this import takes the place of, and that the earlier one has certainly created.
pub(super) async fn supersede(
    book: &Book,
    server: &Arc<Server>,
    journal: &Path,
    reading: &ReadingArgs,
) -> Result<(), Stop> {
    let earlier = Journal::open_existing(journal)?;
    let input = file_of(&earlier, reading)?;
    must_be_here(&earlier, &input)?;

    let mut values = Duplicates::new();
    remember(&mut values, &book.input, book, 0)?;
    remember(&mut values, &input, book, EARLIER)?;
    let mut pairs = HashMap::new();
    values.finish(|_, later, first| {
        if first < EARLIER && later >= EARLIER {
            pairs.insert(later - EARLIER, first);
        }
        Ok::<_, Stop>(())
    })?;
    let newer = access_tokens(book, &pairs)?;

    let mut reader = Reader::open(&input, false)?;
    let mut outcomes = Outcomes::new(&earlier);
    let mut group: Vec<(Member, Secret)> = Vec::new();
    let (mut deleted, mut left) = (0, 0);
    while let Some((member, record)) = next_record(&mut reader, None)? {
        outcomes.of(member.number)?;
        let Some(token) = pairs.get(&member.number).and_then(|newer_one| {
            // The same pair again is no newer one.
            let is_same = newer.get(newer_one) == Some(&sha256(record.access_token()));
            record.access_token.filter(|_| !is_same)
        }) else {
            continue;
        };
        if earlier.is_own(member.number)? {
            group.push((member, token));
        } else {
            left += 1;
        }
        if group.len() == GROUP {
            deleted += delete_group(&earlier, server, std::mem::take(&mut group)).await?;
        }
    }
    deleted += delete_group(&earlier, server, group).await?;
    book.progress.note(&format!("{deleted} tokens of the earlier import are superseded and deleted"));
    if left > 0 {
        book.progress
            .note(&format!("{left} are left alone: it is not certain that the earlier import created them"));
    }
    Ok(())
}

async fn delete_group(
    earlier: &Journal,
    server: &Arc<Server>,
    group: Vec<(Member, Secret)>,
) -> Result<u64, Stop> {
    let (gone, stop) = delete(server, group).await;
    let gone: Vec<Member> = gone.into_iter().map(|(member, _)| member).collect();
    earlier.superseded(&gone)?;
    stop.map_or(Ok(gone.len() as u64), Err)
}

/// The file that a journal is about, read as it was then: like this import's, or without its maps.
fn file_of(journal: &Journal, reading: &ReadingArgs) -> Result<Input, Stop> {
    let Some(file) = journal.meta("file")?.map(PathBuf::from) else {
        return Err(Stop::new("the journal to be superseded does not tell its file"));
    };
    let format = journal.meta("format")?;
    let format = format.and_then(|format| Format::from_str(&format, true).ok());
    let delimiter = reading.delimiter.filter(|_| format == Some(Format::Csv));
    let told = ReadingArgs { delimiter, ..reading.clone() };
    let plain = ReadingArgs { delimiter, ..ReadingArgs::default() };
    let columns = journal.meta("columns")?;
    for way in [told, plain] {
        let input = Input::new(&file, &ReadingArgs { format, ..way })?;
        if input.columns().hash().map(|hash| hex(&hash)) == columns {
            return Ok(input);
        }
    }
    Err(Stop::new("the file of the journal to be superseded was read with another --map or --map-values"))
}

/// The earlier import must be of this service, and its file as it was.
fn must_be_here(journal: &Journal, input: &Input) -> Result<(), Stop> {
    let here = place()?;
    if journal.meta("server")? != Some(here.base_url) || journal.meta("service")? != Some(here.service_id) {
        return Err(Stop::new("the journal to be superseded is of another service"));
    }
    let is_same = journal.meta("sha256")? == Some(hex(&input.fingerprint()?.sha256));
    if !is_same {
        return Err(Stop::new("the file of the journal to be superseded has changed"));
    }
    Ok(())
}

/// Adds the refresh tokens of a file.
fn remember(values: &mut Duplicates, input: &Input, book: &Book, offset: u64) -> Result<(), Stop> {
    let shard = if offset == 0 { book.shard } else { None };
    let mut reader = Reader::open(input, false)?;
    while let Some((member, record)) = next_record(&mut reader, shard)? {
        if let Some(token) = record.refresh_token.as_ref().filter(|_| record.is_refreshable()) {
            values.add(Kind::RefreshToken, &sha256(token.expose()), offset + member.number)?;
        }
    }
    Ok(())
}

/// The hashes of the access tokens of the records that have a refresh token in common with an earlier one.
fn access_tokens(book: &Book, pairs: &HashMap<u64, u64>) -> Result<HashMap<u64, [u8; 32]>, Stop> {
    let mut hashes: HashMap<u64, [u8; 32]> = pairs.values().map(|newer| (*newer, [0; 32])).collect();
    let mut reader = Reader::open(&book.input, false)?;
    while let Some((member, record)) = next_record(&mut reader, book.shard)? {
        if let Some(hash) = hashes.get_mut(&member.number) {
            *hash = sha256(record.access_token());
        }
    }
    Ok(hashes)
}

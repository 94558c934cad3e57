//! Files that the tool writes for its user.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::unsaved::Unsaved;
use crate::journal::{JournalArgs, journal_path};
use crate::owner_only;
use crate::stop::Stop;

/// Refuses to write over the tokens, or over what is known of them.
pub(super) fn must_not_overwrite(output: &Path, args: &JournalArgs) -> Result<(), Stop> {
    let journal = journal_path(args);
    let beside = |suffix: &str| {
        let mut name = journal.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    };
    let precious = ["", "-wal", "-shm", ".lock"].map(beside);
    must_not_be(output, &[std::slice::from_ref(&args.file.file), precious.as_slice()].concat())
}

/// How a journal begins.
const JOURNAL: &[u8] = b"SQLite format 3\0";

/// Refuses to write over one of these, or over any journal.
pub(super) fn must_not_be(output: &Path, precious: &[PathBuf]) -> Result<(), Stop> {
    // A file that is not there is none of these, and no journal of another import.
    let mut head = Vec::new();
    // Reading a pipe would wait.
    let is_file = fs::metadata(output).is_ok_and(|metadata| metadata.is_file());
    let is_journal = is_file
        && File::open(output)
            .and_then(|file| file.take(JOURNAL.len() as u64).read_to_end(&mut head))
            .is_ok_and(|_| head == JOURNAL);
    if is_journal || precious.iter().any(|path| is_same(path, output)) {
        let path = output.display();
        return Err(Stop::new(format!(
            "writing {path} would overwrite the input, its journal or another output"
        )));
    }
    Ok(())
}

/// Whether both are one file. None is opened for that: SQLite's locks on a file end when the process closes it anywhere.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path| fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()));
    place(one).is_some_and(|one| place(other) == Some(one))
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    same_file::is_same_file(one, other).unwrap_or(false)
}

/// Whether it is there and no regular file, such as a pipe: it is written to, and not replaced.
pub(super) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn failed(what: &str, path: &Path, error: &dyn Display) -> Stop {
    Stop::new(format!("cannot write {what} to {}: {error}", path.display()))
}

/// Finds out whether a file can be written, before there is much work that would be in vain.
pub(super) fn must_be_writable(path: &Path, what: &str) -> Result<(), Stop> {
    if is_special(path) {
        return Ok(());
    }
    Unsaved::of(path).map(drop).map_err(|error| failed(what, path, &error))
}

/// Writes a file for its owner alone, whole or not at all.
pub(super) fn written_whole<T>(
    path: &Path,
    what: &str,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let failed = |error: io::Error| failed(what, path, &error);
    let written = |file: &File| {
        let mut output = BufWriter::with_capacity(64 << 10, file);
        let value = write(&mut output)?;
        output.flush().map_err(failed)?;
        Ok(value)
    };
    if is_special(path) {
        return written(&owner_only::file().open(path).map_err(failed)?);
    }
    let unsaved = Unsaved::of(path).map_err(failed)?;
    let value = written(unsaved.file())?;
    unsaved.save(path).map_err(failed)?;
    Ok(value)
}

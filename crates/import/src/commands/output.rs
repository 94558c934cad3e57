//! Files that the tool writes for its user.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::journal::{JournalArgs, journal_path};
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
        return Err(Stop::new(format!("writing {path} would overwrite the input or its journal")));
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

/// Writes a file for its owner alone, whole or not at all.
pub(super) fn written_whole<T>(
    path: &Path,
    what: &str,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let failed = |error: &dyn std::fmt::Display| Stop::during(&format!("cannot write {what}"), error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    let mut output = BufWriter::with_capacity(64 << 10, file.as_file());
    let value = write(&mut output)?;
    output.flush().map_err(|error| failed(&error))?;
    drop(output);
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
    Ok(value)
}

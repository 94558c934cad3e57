//! Files that the tool writes for its user.

use std::fs::File;
use std::io::{BufWriter, Write};
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
    must_not_be(output, &[args.file.file.clone(), beside(""), beside("-wal")])
}

/// Refuses to write over one of these.
pub(super) fn must_not_be(output: &Path, precious: &[PathBuf]) -> Result<(), Stop> {
    // A file that is not there is none of these.
    if precious.iter().any(|path| same_file::is_same_file(path, output).unwrap_or(false)) {
        let path = output.display();
        return Err(Stop::new(format!("writing {path} would overwrite the input or its journal")));
    }
    Ok(())
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

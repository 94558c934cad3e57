//! The file that a process holds while it writes to a journal.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use crate::owner_only;
use crate::stop::Stop;

/// Held until it is dropped, or the process ends in whatever way.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// Whether this process has made the file.
    is_made: bool,
}

impl Lock {
    pub(super) fn take(journal: &Path) -> Result<Self, Stop> {
        let path = beside(journal, ".lock");
        let made = owner_only::file().create_new(true).open(&path);
        let is_made = made.is_ok();
        let file = made.or_else(|_| owner_only::file().open(&path));
        let file = file.map_err(|error| Stop::during(&format!("cannot write {}", path.display()), error))?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Self { file, path, is_made }),
            Err(TryLockError::WouldBlock) => Err(Stop::new("the journal is in use by another process")),
            Err(TryLockError::Error(error)) => Err(Stop::during("the journal cannot be locked", error)),
        }
    }

    /// Whether another process holds it.
    pub(super) fn is_taken(journal: &Path) -> bool {
        let file = File::open(beside(journal, ".lock"));
        file.is_ok_and(|file| matches!(FileExt::try_lock_shared(&file), Err(TryLockError::WouldBlock)))
    }

    /// Deletes the journal, if so told, and the lock itself, if this process has made it.
    pub(super) fn remove(self, journal: &Path, with_journal: bool) {
        let paths = [journal.to_owned(), beside(journal, "-wal"), beside(journal, "-shm")];
        for path in paths.iter().filter(|_| with_journal).chain(Some(&self.path).filter(|_| self.is_made)) {
            // What is not there needs no removal.
            let _ = fs::remove_file(path);
        }
        drop(self.file);
    }
}

/// A file beside the journal.
pub(crate) fn beside(journal: &Path, suffix: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

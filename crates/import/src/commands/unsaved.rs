//! A file that gets its name when it is whole. Where the system can do that it has none until then, so that nothing of it
//! stays on the disk if the process is killed.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// For its owner alone.
pub(super) struct Unsaved {
    folder: PathBuf,
    body: Body,
}

enum Body {
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// Deleted when it is dropped.
    Named(NamedTempFile),
}

impl Unsaved {
    /// A file that can become this one.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.to_owned();
        #[cfg(target_os = "linux")]
        if let Some(file) = unnamed::open(&folder)? {
            return Ok(Self { folder, body: Body::Unnamed(file) });
        }
        // The error would name the file, which nobody knows.
        let file = NamedTempFile::new_in(&folder).map_err(|error| io::Error::from(error.kind()))?;
        Ok(Self { folder, body: Body::Named(file) })
    }

    pub(super) fn file(&self) -> &File {
        match &self.body {
            #[cfg(target_os = "linux")]
            Body::Unnamed(file) => file,
            Body::Named(file) => file.as_file(),
        }
    }

    /// Takes the place of whatever has this name.
    pub(super) fn save(self, path: &Path) -> io::Result<()> {
        self.file().sync_all()?;
        match self.body {
            #[cfg(target_os = "linux")]
            Body::Unnamed(file) => match unnamed::name(&file, path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let named = tempfile::Builder::new()
                        .make_in(&self.folder, |between| unnamed::name(&file, between))?;
                    named.persist(path).map_err(|error| error.error)
                }
                named => named,
            },
            Body::Named(file) => file.persist(path).map(drop).map_err(|error| error.error),
        }
    }
}

#[cfg(target_os = "linux")]
mod unnamed {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::{Path, PathBuf};

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat};
    use rustix::io::Errno;

    /// A file without a name in this folder; `None` where there is no such thing, or it could not be named.
    pub(super) fn open(folder: &Path) -> io::Result<Option<File>> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        match rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR) {
            Ok(file) => Ok(Some(File::from(file)).filter(|file| descriptor(file).exists())),
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn name(file: &File, path: &Path) -> io::Result<()> {
        Ok(linkat(CWD, descriptor(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
    }

    fn descriptor(file: &File) -> PathBuf {
        format!("/proc/self/fd/{}", file.as_raw_fd()).into()
    }
}

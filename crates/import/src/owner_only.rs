//! Files that nobody but their owner may read.

#[cfg(unix)]
use std::fs;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;

/// Options that write a file, and create it for its owner alone where it does not exist. An existing file keeps its mode.
pub(crate) fn file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes the right to read an existing file from everybody but its owner.
pub(crate) fn keep(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Ok(metadata) = fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

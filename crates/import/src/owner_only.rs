//! Files that nobody but their owner may read.

use std::fs::OpenOptions;

/// Options that write a file, and create it for its owner alone where it does not exist. An existing file keeps its mode.
pub(crate) fn file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

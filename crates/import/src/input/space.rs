//! Room for temporary files.

use crate::stop::Stop;

/// Refuses what would not find room.
#[cfg(unix)]
pub(super) fn must_have(bytes: u64) -> Result<(), Stop> {
    let folder = std::env::temp_dir();
    // Where the system does not tell, writing will.
    let Ok(system) = rustix::fs::statvfs(&folder) else {
        return Ok(());
    };
    let free = system.f_bavail.saturating_mul(system.f_frsize);
    if bytes <= free {
        return Ok(());
    }
    let (folder, bytes, free) = (folder.display(), bytes.div_ceil(1_000_000), free / 1_000_000);
    Err(Stop::new(format!(
        "looking for duplicates takes about {bytes} MB of temporary space, and {folder} has {free} MB: let TMPDIR name a \
         folder with more"
    )))
}

#[cfg(not(unix))]
pub(super) fn must_have(_: u64) -> Result<(), Stop> {
    Ok(())
}

//! What a command ends with.

/// All records are there.
pub(crate) const ALL: u8 = 0;
/// It could not finish, or was invoked incorrectly.
pub(crate) const NOT_FINISHED: u8 = 1;
/// It finished, and some records are not there.
pub(crate) const NOT_ALL: u8 = 2;

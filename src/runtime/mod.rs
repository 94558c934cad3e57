//! Running the code of others: with a time limit, and without letting its panics out.

mod panics;
mod timer;

pub(crate) use self::panics::{CatchDrop, catch_panic};
pub(crate) use self::timer::{Race, Timer, after, new_sleep};

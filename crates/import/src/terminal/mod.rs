//! What the user sees while the tool works.

mod progress;

pub(crate) use progress::{Progress, complain, event, is_all_said, say, span};

//! All operations and all models, a row each.

mod answers;
mod complete;
mod digest;
mod facts;
mod faults;
mod generate;
mod json;
mod line;
mod lossless;
mod requests;
mod rows;
mod secrets;
mod settings;
mod types;

pub use line::Line;
pub use rows::{ROWS, Replay};

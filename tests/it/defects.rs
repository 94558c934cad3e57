//! The defects of the original SDK, one test each, named after its row: here they are absent.

mod answers;
mod pauses;
mod replay;
mod secrets;

//! What the codec is proved by: every model, texts made up for it, and a judge that shares no code with the reader.
//!
//! The tests of the gate and the fuzz targets compare the same way and make up texts the same way.

mod codec;
mod compare;
mod every;
#[cfg(fuzzing)]
mod fuzz;
mod judge;
mod model;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;
mod texts;
mod unstructured;

#[cfg(fuzzing)]
pub(crate) use self::fuzz::{any_text, made_up};

//! The endpoints, both ways.

mod actions;
mod demands;
mod harness;
mod metadata;
mod properties;
mod refusals;
mod requests;
mod rows;
mod states;
mod table;

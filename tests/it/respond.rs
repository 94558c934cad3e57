//! From Authlete's answers to responses.

mod actions;
mod harness;
mod metadata;
mod properties;
mod refusals;
mod requests;
mod rows;
mod states;
mod table;

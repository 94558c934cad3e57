//! The endpoints, both ways.

mod actions;
mod demands;
mod handling;
mod harness;
mod incoming;
mod metadata;
mod pending;
mod presented;
mod properties;
mod refusals;
mod requests;
mod rows;
mod states;
mod table;

//! The real binary against the simulator, judged by the simulator's ledger.

mod support;

mod access;
mod afterwards;
mod beside;
mod check;
mod exporters;
mod exports;
mod faults;
mod interruption;
mod journal;
mod lies;
mod merge;
mod night;
mod owners;
mod places;
mod plans;
mod records;
mod resumed;
mod shards;
mod strict;
mod superseded;
mod whole;

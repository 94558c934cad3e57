//! Behaviour through the public interface, judged by an independent observer: the simulator's ledger, a raw socket, a
//! recording transport.

mod support;

mod defects;
mod examples;
mod faults;
mod wait;

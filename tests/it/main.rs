//! Behaviour through the public interface, judged by an independent observer: the simulator's ledger, a raw socket, a
//! recording transport.

#![allow(unreachable_pub, reason = "nothing in a test binary can be reached from outside")]

mod support;

mod defects;
mod examples;
mod faults;
#[cfg(feature = "http2")]
mod http2;
mod wait;

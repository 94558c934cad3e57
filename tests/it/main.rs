//! Behaviour through the public interface, judged by an independent observer: the simulator's ledger, a raw socket, a
//! recording transport.

#![allow(unreachable_pub, reason = "nothing in a test binary can be reached from outside")]

mod child;
mod fake;
mod support;

mod administration;
#[cfg(feature = "http2")]
mod campaign;
mod catalogue;
mod defects;
mod endpoint;
mod endpoints;
mod examples;
mod face;
mod faults;
mod flows;
mod guide;
#[cfg(feature = "http2")]
mod http2;
mod json;
mod memory;
mod models;
mod observer;
mod operations;
mod options;
mod pages;
mod properties;
mod retries;
mod revoking;
#[cfg(feature = "secrecy")]
mod secrecy;
#[cfg(feature = "tracing")]
mod tracing;
mod transports;
mod wait;
mod whole_flows;

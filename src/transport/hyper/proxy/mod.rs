//! The way through an HTTP proxy.

mod basic;
mod bypass;
mod settings;
mod tunnel;

pub use self::settings::Proxy;
pub(super) use self::tunnel::open;

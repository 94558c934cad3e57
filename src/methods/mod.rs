//! The operations as methods of [`Authlete`].

mod authlete;
pub mod groups;

pub use self::authlete::Authlete;

//! The rules, as functions: what they need, the time and the switches included, is given to them.

pub(crate) mod batch;
pub(crate) mod client;
#[allow(dead_code)]
pub(crate) mod client_authentication;
pub(crate) mod codes;
pub(crate) mod dpop;
#[allow(dead_code)]
pub(crate) mod id_token;
pub(crate) mod introspection;
pub(crate) mod item;
#[allow(dead_code, unused_imports)]
pub(crate) mod jose;
#[allow(dead_code, unused_imports)]
pub(crate) mod jwt_access_token;
#[allow(dead_code)]
pub(crate) mod pkce;
#[allow(dead_code)]
pub(crate) mod problem;
pub(crate) mod proof;
pub(crate) mod token;

//! The rules, as functions: what they need, the time and the switches included, is given to them.

pub(crate) mod administration;
pub(crate) mod authorization_request;
pub(crate) mod batch;
pub(crate) mod claims;
pub(crate) mod client;
pub(crate) mod client_authentication;
pub(crate) mod codes;
pub(crate) mod device;
pub(crate) mod dpop;
pub(crate) mod fail;
pub(crate) mod id_token;
pub(crate) mod introspection;
pub(crate) mod item;
#[allow(dead_code, unused_imports)]
pub(crate) mod jose;
pub(crate) mod json_patch;
pub(crate) mod jwt_access_token;
pub(crate) mod login;
pub(crate) mod metadata;
pub(crate) mod parameters;
pub(crate) mod pkce;
pub(crate) mod problem;
pub(crate) mod proof;
pub(crate) mod redirect_uri;
pub(crate) mod refresh;
pub(crate) mod response_type;
pub(crate) mod scopes;
pub(crate) mod settings;
pub(crate) mod shape;
pub(crate) mod shapes;
pub(crate) mod token;

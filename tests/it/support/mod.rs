//! What the tests share: secrets to look for, cores, and servers that misbehave.

mod process;
mod raw;
mod tls;

use std::error::Error;
use std::fmt::Write;

use authlete::models::{GrantType, TokenCreateRequest};
use authlete::{AuthleteCore, AuthleteCoreBuilder};
use authlete_simulator::Simulator;

pub use process::{open_files, resident};
pub use raw::{RawServer, read_request};
pub use tls::{Authority, acceptor};

/// The bearer of every core here. It must never show.
pub const BEARER: &str = "canary-bearer-3f9c";
/// The access token of every created token here. It must never show.
pub const TOKEN: &str = "canary-token-81d2";
/// What a server puts into bodies and headers. It must never show.
pub const SERVER_SECRET: &str = "canary-server-77aa";

/// Fails if a canary shows in the error's text, its `Debug` or its source chain.
pub fn assert_discreet(error: &(dyn Error + 'static)) {
    let mut shown = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        write!(shown, "{error}\n{error:?}\n{error:#?}\n").unwrap();
        cause = error.source();
    }
    for canary in [BEARER, TOKEN, SERVER_SECRET] {
        assert!(!shown.contains(canary), "{canary} shows in {shown}");
    }
    assert!(!shown.contains("://"), "a URL shows in {shown}");
    assert!(!error.to_string().contains('\n'), "more than one line: {error}");
}

/// A core for a server at this URL.
pub fn core(url: &str) -> AuthleteCoreBuilder {
    AuthleteCore::builder().bearer(BEARER).base_url(url).service_id("1234567890")
}

/// A simulator that takes [`BEARER`].
pub async fn simulator() -> Simulator {
    Simulator::builder().bearer(BEARER).start().await.unwrap()
}

/// A token with the canary as its value.
pub fn token() -> TokenCreateRequest {
    TokenCreateRequest::new(GrantType::AuthorizationCode).client_id(42).subject("john").access_token(TOKEN)
}

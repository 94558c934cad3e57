//! Asks for the status of a batch; with the feature `both` it creates the batch first. Its arguments are the server's
//! URL, the bearer, the service and the batch's ID. It ends with 0 if the answers are what they should be.

#[cfg(all(
    any(feature = "authlete", feature = "transport"),
    not(any(feature = "authorization", feature = "token", feature = "introspection"))
))]
mod by_authlete;
#[cfg(any(feature = "authorization", feature = "token", feature = "introspection"))]
mod by_endpoint;
#[cfg(feature = "pooled")]
mod by_pooled;
#[cfg(all(feature = "raw", not(feature = "pooled")))]
mod by_raw;
#[cfg(feature = "reqwest")]
mod by_reqwest;
#[cfg(feature = "ureq")]
mod by_ureq;
#[cfg(any(feature = "ten-with-body", feature = "ten-without", feature = "service"))]
mod more;
#[cfg(any(feature = "raw", feature = "reqwest", feature = "ureq"))]
#[path = "../../src/clients/wire.rs"]
mod wire;

use std::process::ExitCode;

/// Where to call and as whom.
#[allow(dead_code)]
struct Target {
    url: String,
    bearer: String,
    service: String,
    batch: String,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(bearer), Some(service), Some(batch)) =
        (arguments.next(), arguments.next(), arguments.next(), arguments.next())
    else {
        return ExitCode::from(2);
    };
    if run(&Target { url, bearer, service, batch }) == Some(3) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// One token, as the programs create it.
#[cfg(all(feature = "both", any(feature = "raw", feature = "reqwest", feature = "ureq")))]
fn tokens() -> [wire::Token; 1] {
    [wire::Token {
        grant_type: Some(wire::GrantType::ClientCredentials),
        client_id: Some(42),
        access_token: std::env::args().nth(5),
        ..wire::Token::default()
    }]
}

/// The number of tokens in the batch, if all went well.
#[cfg(not(feature = "ureq"))]
fn run(target: &Target) -> Option<i64> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?.block_on(calls(target))
}

#[cfg(feature = "ureq")]
fn run(target: &Target) -> Option<i64> {
    by_ureq::calls(target)
}

#[cfg(all(
    any(feature = "authlete", feature = "transport"),
    not(any(feature = "authorization", feature = "token", feature = "introspection"))
))]
use by_authlete::calls;
#[cfg(any(feature = "authorization", feature = "token", feature = "introspection"))]
use by_endpoint::calls;
#[cfg(feature = "pooled")]
use by_pooled::calls;
#[cfg(all(feature = "raw", not(feature = "pooled")))]
use by_raw::calls;
#[cfg(feature = "reqwest")]
use by_reqwest::calls;

#[cfg(feature = "empty")]
#[allow(clippy::unused_async)]
async fn calls(_: &Target) -> Option<i64> {
    Some(3)
}

//! The server: how to reach it, and how it is faring.

use std::env::VarError;
use std::sync::atomic::AtomicBool;

use authlete::AuthleteCore;
use tokio::sync::Mutex;

use super::clock::ServerClock;
use super::pace::{Pace, RequestKind};
use crate::flow::Flow;
use crate::stop::Stop;
use crate::terminal::Progress;

pub(crate) struct Server {
    pub(super) core: AuthleteCore,
    pub(super) pace: Pace,
    pub(super) flow: Flow,
    pub(super) progress: Progress,
    pub(crate) clock: ServerClock,
    /// How many requests for single tokens at a time.
    pub(crate) lookups: usize,
    /// Whether it has never been reached: what is wrong then may be its address.
    pub(super) is_unreached: AtomicBool,
    /// Held while someone finds out whether the server is back.
    pub(super) pinging: Mutex<()>,
}

/// The service that the environment names.
pub(crate) fn service_id() -> Result<String, Stop> {
    environment("AUTHLETE_SERVICE_ID")?.ok_or_else(|| Stop::new("AUTHLETE_SERVICE_ID is not set"))
}

/// The base URL that the environment names, as it is compared and shown.
pub(crate) fn base_url() -> Result<String, Stop> {
    let url = environment("AUTHLETE_BASE_URL")?;
    let url = url.as_deref().unwrap_or("https://us.authlete.com").trim_end_matches('/');
    // Scheme and host are the same in any case (RFC 3986 section 6.2.2.1).
    let rest = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(rest..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| rest + at);
    let (origin, path) = url.split_at(end);
    Ok(origin.to_ascii_lowercase() + path)
}

/// Host and port of the server.
pub(super) fn address() -> Option<String> {
    let url = base_url().ok()?;
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    Some(match (has_port, scheme) {
        (true, _) => authority.to_owned(),
        (false, "http") => format!("{authority}:80"),
        (false, _) => format!("{authority}:443"),
    })
}

/// A variable that is neither unset nor empty.
pub(super) fn environment(name: &str) -> Result<Option<String>, Stop> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Stop::new(format!("{name} is not UTF-8"))),
    }
}

impl Server {
    /// Whether no batch has been answered for longer than `--retry-for` allows.
    pub(crate) fn takes_no_batches(&self) -> bool {
        self.pace.is_spent(RequestKind::Batch)
    }

    /// Whether the last batch was answered.
    pub(crate) fn answers_batches(&self) -> bool {
        !self.pace.is_failing(RequestKind::Batch)
    }

    /// Whether the last question about a batch was answered.
    pub(crate) fn answers_questions(&self) -> bool {
        !self.pace.is_failing(RequestKind::Status)
    }

    /// Whether no question about a single token has been.
    pub(super) fn is_spent(&self) -> bool {
        self.pace.is_spent(RequestKind::Single)
    }
}

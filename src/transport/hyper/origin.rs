//! Where requests go.

use http::Uri;
use http::uri::{Authority, Scheme};
use tokio::runtime;

use super::super::TransportError;

/// A scheme, a host and a port (RFC 9110 section 4.3.1). Written in other case the same host counts as another one, which
/// does no harm.
#[derive(Clone)]
pub(super) struct Origin {
    pub(super) secure: bool,
    pub(super) authority: Authority,
}

impl Origin {
    pub(super) fn of(uri: &Uri) -> Result<Self, TransportError> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(TransportError::with("the URI is not absolute", None).not_sent().permanent());
        };
        Ok(Self { secure: *scheme == Scheme::HTTPS, authority: authority.clone() })
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.secure == other.secure && self.authority.as_str() == other.authority.as_str()
    }
}

/// Who may use a connection: calls to this origin, on the runtime that drives it. To any other runtime it is of no use,
/// because its own may rest or end at any time.
#[derive(Clone, PartialEq)]
pub(super) struct Key {
    pub(super) runtime: runtime::Id,
    pub(super) origin: Origin,
}

impl Key {
    pub(super) fn authority(&self) -> &str {
        self.origin.authority.as_str()
    }
}

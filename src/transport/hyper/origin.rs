//! Where requests go.

use http::Uri;
use http::uri::{Authority, Scheme};

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

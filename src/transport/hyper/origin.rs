//! Where requests go.

use std::hash::{Hash, Hasher};

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

    fn parts(&self) -> (bool, &str) {
        (self.secure, self.authority.as_str())
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Origin {}

impl Hash for Origin {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

/// A URI's host without the brackets of an IPv6 address.
pub(super) fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

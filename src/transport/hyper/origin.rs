//! Where requests go.

use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri};

use super::super::TransportError;
use super::fault::no_name;

/// A scheme, a host and a port (RFC 9110 section 4.3.1).
#[derive(PartialEq)]
pub(super) struct Origin {
    pub(super) secure: bool,
    pub(super) authority: Authority,
    /// The value of `Host`.
    pub(super) header: HeaderValue,
}

impl Origin {
    pub(super) fn of(uri: &Uri) -> Result<Self, TransportError> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(TransportError::with("the URI is not absolute", None).not_sent().permanent());
        };
        let header = HeaderValue::try_from(authority.as_str()).map_err(|_| no_name())?;
        Ok(Self { secure: *scheme == Scheme::HTTPS, authority: authority.clone(), header })
    }
}

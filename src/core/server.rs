//! Where Authlete is.

use http::uri::{Authority, Scheme};

use crate::error::InvalidValue;
use crate::input::{Untrimmed, is_host_and_port, is_this_machine};

/// One of Authlete's shared clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Server {
    /// United States, `https://us.authlete.com`.
    #[default]
    Us,
    /// Japan, `https://jp.authlete.com`.
    Jp,
    /// Europe, `https://eu.authlete.com`.
    Eu,
    /// Brazil, `https://br.authlete.com`.
    Br,
}

impl Server {
    /// The cluster's base URL.
    #[must_use]
    pub const fn url(self) -> &'static str {
        match self {
            Self::Us => "https://us.authlete.com",
            Self::Jp => "https://jp.authlete.com",
            Self::Eu => "https://eu.authlete.com",
            Self::Br => "https://br.authlete.com",
        }
    }
}

/// A base URL taken apart once, so that no call parses it again.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    /// What stands before every path, without a slash at its end.
    pub(crate) prefix: Box<str>,
}

impl BaseUrl {
    /// Why a URL is refused for which [`is_private`](Self::is_private) does not hold.
    pub(crate) const PLAIN: InvalidValue = InvalidValue::new(
        "base URL",
        "is plain http to another machine, which only allow_plain_http permits",
    );

    pub(crate) fn parse(url: &str) -> Result<Self, InvalidValue> {
        const WRONG: InvalidValue = InvalidValue::new(
            "base URL",
            "is not of the form https://HOST[:PORT][/PREFIX], without user, query or fragment",
        );
        Untrimmed::reject("base URL", url)?;
        let (scheme, rest) = url.split_once(':').ok_or(WRONG)?;
        let rest = rest.strip_prefix("//").ok_or(WRONG)?;
        let scheme = if scheme.eq_ignore_ascii_case("https") {
            Scheme::HTTPS
        } else if scheme.eq_ignore_ascii_case("http") {
            Scheme::HTTP
        } else {
            return Err(WRONG);
        };
        let (authority, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let authority = Authority::try_from(authority).map_err(|_| WRONG)?;
        if !is_host_and_port(&authority) {
            return Err(WRONG);
        }
        if rest.contains(['?', '#']) {
            return Err(WRONG);
        }
        check_prefix(prefix)?;
        Ok(Self { scheme, authority, prefix: prefix.trim_end_matches('/').into() })
    }

    /// Whether a bearer may be sent there: over TLS, or to this machine.
    pub(crate) fn is_private(&self) -> bool {
        self.scheme == Scheme::HTTPS || is_this_machine(self.authority.host())
    }
}

/// Refuses what is no path (RFC 3986 section 3.3), and what would not lead to the API.
fn check_prefix(prefix: &str) -> Result<(), InvalidValue> {
    const NO_PATH: InvalidValue = InvalidValue::new("base URL", "has a prefix that is no path of a URI");
    let mut bytes = prefix.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                [bytes.next(), bytes.next()].iter().flatten().filter(|byte| byte.is_ascii_hexdigit()).count()
                    == 2
            }
            b'/' | b':' | b'@' | b'-' | b'.' | b'_' | b'~' => true,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        if !fits {
            return Err(NO_PATH);
        }
    }
    let is_dots = |segment: &str| {
        [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"].iter().any(|dots| segment.eq_ignore_ascii_case(dots))
    };
    if prefix.split('/').any(is_dots) {
        return Err(InvalidValue::new("base URL", "has a dot segment in its prefix"));
    }
    if prefix.trim_end_matches('/').ends_with("/api") {
        return Err(InvalidValue::new(
            "base URL",
            "ends in /api, with which every path begins: leave it out",
        ));
    }
    Ok(())
}

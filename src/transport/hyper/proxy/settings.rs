//! Which proxy to go through, and for which hosts.

use std::fmt;

use http::uri::Authority;

use super::basic;
use super::bypass::Bypass;
use crate::error::{AuthleteError, InvalidValue};
use crate::input::{Untrimmed, environment, is_host_and_port, is_this_machine, unbracketed};
use crate::models::Secret;

/// An HTTP proxy that opens tunnels with `CONNECT` (RFC 9110 section 9.3.6). There is no TLS to the proxy itself, and no SOCKS.
///
/// TLS runs through the tunnel, between this program and Authlete: the proxy sees the host's name and the amount of data, no
/// token. It is the proxy that resolves the host's name. Plain `http`, where it is allowed, goes through a tunnel too; but
/// `http` to this machine goes around a proxy on another.
///
/// No environment variable is read unless [`from_env`](Self::from_env) is called.
///
/// ```
/// use authlete::transport::Proxy;
/// use authlete::{AuthleteCore, AuthleteError, Secret};
///
/// fn core(password: Secret) -> Result<AuthleteCore, AuthleteError> {
///     let proxy = Proxy::new("http://proxy.example:3128")?
///         .credentials("john", &password)
///         .no_proxy("intranet.example");
///     AuthleteCore::builder().bearer("from-the-vault").proxy(proxy).build()
/// }
/// ```
///
/// # Errors of calls
///
/// All of them are [`Connection`](AuthleteError::Connection) and [`NotSent`](crate::Delivery::NotSent), or the connect timeout,
/// which bounds the way through the proxy too. [`proxy_status`](AuthleteError::proxy_status) is the status with which the proxy
/// refuses, such as 407, and `None` if it cannot be reached or does not answer as a proxy does. 408, 429 and 5xx may pass by
/// themselves; the other statuses are not tried again.
#[derive(Clone)]
#[must_use]
pub struct Proxy {
    pub(crate) host: Box<str>,
    pub(crate) port: u16,
    /// The value of `Proxy-Authorization`.
    pub(super) authorization: Option<Secret>,
    bypass: Bypass,
    /// Whether plain `http` goes around it.
    https_only: bool,
    /// What was refused first. The building of the transport reports it.
    pub(crate) rejected: Option<InvalidValue>,
}

impl Proxy {
    /// The proxy at `http://[USER:PASSWORD@]HOST[:PORT]`, or without the scheme. The port is 80 if there is none. A reserved
    /// character of the user or the password is percent-encoded.
    ///
    /// # Errors
    /// [`AuthleteError::SdkValidation`] if it is not of this form. TLS to the proxy itself, and SOCKS, are not supported.
    pub fn new(url: impl Into<Secret>) -> Result<Self, AuthleteError> {
        const WRONG: InvalidValue =
            InvalidValue::new("proxy", "is not of the form http://[USER:PASSWORD@]HOST[:PORT]");
        const SCHEME: InvalidValue =
            InvalidValue::new("proxy", "has another scheme than http, which is not supported");
        let url = url.into();
        let url = url.expose();
        Untrimmed::reject("proxy", url)?;
        let rest = match url.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some(_) => return Err(SCHEME.into()),
            None => url,
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (user_info, address) = match rest.rsplit_once('@') {
            Some((user_info, address)) => (Some(user_info), address),
            None => (None, rest),
        };
        let authority = Authority::try_from(address).map_err(|_| WRONG)?;
        let host = authority.host();
        if !is_host_and_port(&authority) || host.contains('%') {
            return Err(WRONG.into());
        }
        Ok(Self {
            host: unbracketed(host).into(),
            port: authority.port_u16().unwrap_or(80),
            authorization: user_info.filter(|info| !info.is_empty()).map(basic::of_user_info).transpose()?,
            bypass: Bypass::default(),
            https_only: false,
            rejected: None,
        })
    }

    /// The proxy that the environment names, if it names one: `HTTPS_PROXY`, else `ALL_PROXY`, except for the hosts in
    /// `NO_PROXY`. Each may be in lower case, which is looked at first; an empty one counts as unset. As these variables are
    /// for `https`, plain `http` goes around this proxy.
    ///
    /// ```
    /// use authlete::transport::Proxy;
    /// use authlete::{AuthleteCore, AuthleteError};
    ///
    /// fn core() -> Result<AuthleteCore, AuthleteError> {
    ///     AuthleteCore::builder().bearer("from-the-vault").proxy(Proxy::from_env()?).build()
    /// }
    /// ```
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn from_env() -> Result<Option<Self>, AuthleteError> {
        let first = |names: [&str; 4]| names.into_iter().find_map(environment);
        let Some(url) = first(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]) else {
            return Ok(None);
        };
        let proxy = Self { https_only: true, ..Self::new(url)? };
        Ok(Some(match environment("no_proxy").or_else(|| environment("NO_PROXY")) {
            Some(hosts) => proxy.no_proxy(&hosts),
            None => proxy,
        }))
    }

    /// Identifies this program to the proxy by a name and a password (RFC 7617). They travel to the proxy in clear text.
    ///
    /// If the name has a colon, or either has a control character, the building of the core or the transport fails with
    /// [`AuthleteError::SdkValidation`].
    pub fn credentials(mut self, user: &str, password: &Secret) -> Self {
        match basic::authorization(user.as_bytes(), password.expose().as_bytes()) {
            Ok(authorization) => self.authorization = Some(authorization),
            Err(rejected) => {
                self.rejected.get_or_insert(rejected);
            }
        }
        self
    }

    /// Goes around the proxy for these hosts, which are separated by commas or white space, in addition to earlier ones.
    ///
    /// | entry | hosts |
    /// |---|---|
    /// | `example.com`, `.example.com`, `*.example.com` | this one and those below it |
    /// | `192.0.2.7`, `2001:db8::7` | this address |
    /// | `192.0.2.0/24`, `2001:db8::/32` | the addresses of this block |
    /// | any of these with `:PORT` | only at this port; an IPv6 address is in brackets then |
    /// | `*` | all |
    ///
    /// Names are compared as they stand in the URL; none is resolved for it. Any other entry is ignored.
    pub fn no_proxy(mut self, hosts: &str) -> Self {
        self.bypass.add(hosts);
        self
    }

    /// Whether an origin is reached through the proxy.
    pub(crate) fn is_for(&self, secure: bool, host: &str, port: u16) -> bool {
        // Through a proxy on another machine, plain http to this one would cross the network.
        let stays_here = is_this_machine(&self.host) || !is_this_machine(host);
        (secure || !self.https_only && stays_here) && !self.bypass.has(host, port)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Proxy")
            .field("credentials", &self.authorization.is_some())
            .finish_non_exhaustive()
    }
}

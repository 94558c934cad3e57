//! The host of a URI (RFC 3986 section 3.2.2).

use std::net::IpAddr;

use http::uri::Authority;

/// Whether this is nothing but a host and perhaps a port (RFC 3986 section 3.2).
pub(crate) fn is_host_and_port(authority: &Authority) -> bool {
    let (text, host) = (authority.as_str(), authority.host());
    let host_fits = if host.starts_with('[') { address(host).is_some() } else { !host.is_empty() };
    let port_fits = match text.as_bytes().get(host.len()) {
        None => true,
        Some(b':') => authority.port_u16().is_some_and(|port| port > 0),
        Some(_) => false,
    };
    host_fits && port_fits && !text.contains('@')
}

/// Whether the host of a URI is this machine.
pub(crate) fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || address(host).is_some_and(|address| address.is_loopback())
}

/// A host without the brackets that an address of IPv6 has in a URI.
pub(crate) fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// The address that the host of a URI is, if it is one. In brackets it is one of IPv6.
fn address(host: &str) -> Option<IpAddr> {
    let bare = unbracketed(host);
    bare.parse().ok().filter(|address: &IpAddr| bare.len() == host.len() || address.is_ipv6())
}

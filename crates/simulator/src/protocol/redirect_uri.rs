//! Redirect URIs (RFC 6749, section 3.1.2; RFC 9700, section 2.1).

/// Whether a redirect URI is the registered one: the same string or, where the service says so, the same but for the
/// port of a loopback address (RFC 8252, section 7.3).
pub(crate) fn is_registered(given: &str, registered: &str, any_loopback_port: bool) -> bool {
    given == registered
        || (any_loopback_port
            && without_port(given).is_some_and(|given| Some(given) == without_port(registered)))
}

/// A loopback URI, split around its port.
fn without_port(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    for host in ["127.0.0.1", "[::1]", "localhost"] {
        let Some(port) = authority.strip_prefix(host) else { continue };
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        return (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some((host, path));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::is_registered;

    #[test]
    fn only_the_port_of_a_loopback_address_is_free() {
        let own = "http://127.0.0.1:80/cb";
        assert!(is_registered("http://127.0.0.1:4711/cb", own, true));
        assert!(is_registered("http://127.0.0.1/cb", own, true));
        assert!(!is_registered("http://127.0.0.1:4711/cb", own, false));
        for other in [
            "http://127.0.0.1:4711/other",
            "http://127.0.0.1:4711/cb?x",
            "https://127.0.0.1:4711/cb",
            "http://127.0.0.1:x/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://127.0.0.1:80@evil.example/cb",
            "http://[::1]:80/cb",
        ] {
            assert!(!is_registered(other, own, true), "{other}");
        }
        assert!(!is_registered("https://app.example:8443/cb", "https://app.example/cb", true));
    }
}

//! The hosts that are reached without the proxy.

use std::net::IpAddr;

/// A list as in `NO_PROXY`.
#[derive(Clone, Default)]
pub(super) struct Bypass(Vec<BypassRule>);

#[derive(Clone)]
struct BypassRule {
    hosts: Hosts,
    /// Any, if there is none.
    port: Option<u16>,
}

#[derive(Clone)]
enum Hosts {
    All,
    /// A name and those below it, in lower case.
    Domain(Box<str>),
    /// The addresses that agree with this one in so many bits.
    Block(IpAddr, u32),
}

impl Bypass {
    pub(super) fn add(&mut self, list: &str) {
        self.0.extend(list.split([',', ' ', '\t', '\r', '\n']).filter_map(BypassRule::parse));
    }

    pub(super) fn has(&self, host: &str, port: u16) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let address = host.parse().ok();
        self.0
            .iter()
            .any(|entry| entry.port.is_none_or(|only| only == port) && entry.hosts.have(&host, address))
    }
}

impl BypassRule {
    /// `None` if it can match nothing.
    fn parse(entry: &str) -> Option<Self> {
        if let Some(hosts) = Hosts::parse(entry) {
            return Some(Self { hosts, port: None });
        }
        let (host, port) = entry.rsplit_once(':')?;
        Some(Self { hosts: Hosts::parse(host)?, port: Some(port.parse().ok()?) })
    }
}

impl Hosts {
    fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        if let Ok(address) = inner.unwrap_or(text).parse() {
            return Some(Self::Block(address, bits(address).1));
        }
        if let Some((address, length)) = text.split_once('/') {
            let (address, length) = (address.parse().ok()?, length.parse().ok()?);
            return (length <= bits(address).1).then_some(Self::Block(address, length));
        }
        let name = text.strip_prefix('*').unwrap_or(text);
        let name = name.strip_prefix('.').unwrap_or(name);
        let name = name.strip_suffix('.').unwrap_or(name);
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        (!name.is_empty() && name.bytes().all(fits)).then(|| Self::Domain(name.to_ascii_lowercase().into()))
    }

    fn have(&self, host: &str, address: Option<IpAddr>) -> bool {
        match self {
            Self::All => true,
            Self::Domain(name) => {
                let above = host.strip_suffix(&**name).filter(|_| address.is_none());
                above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            Self::Block(block, length) => address.is_some_and(|address| is_within(address, *block, *length)),
        }
    }
}

/// Whether two addresses agree in their first bits.
fn is_within(address: IpAddr, block: IpAddr, length: u32) -> bool {
    let ((address, width), (block, of_block)) = (bits(address), bits(block));
    width == of_block && (address ^ block).checked_shr(width - length).unwrap_or(0) == 0
}

/// An address as a number, and how many bits it has.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u32::from(address).into(), 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    }
}

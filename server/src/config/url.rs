//! The little that must be known about a web address.

use std::net::IpAddr;

/// A web address, cut into the parts that matter here.
pub(super) struct WebAddress<'a> {
    pub(super) https: bool,
    pub(super) host: &'a str,
    /// Path, query and fragment.
    pub(super) rest: &'a str,
}

impl<'a> WebAddress<'a> {
    /// Cuts `http(s)://host[:port][rest]`; `None` for anything else, user names included.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (https, after) = match text.split_once("://")? {
            ("https", after) => (true, after),
            ("http", after) => (false, after),
            _ => return None,
        };
        let (authority, rest) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
        let (host, port) = match authority.rsplit_once(':') {
            // The colon inside the brackets of an IPv6 address is no port.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port_is_fine = port.is_none_or(|port| {
            port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port != 0)
        });
        let rest_is_fine = rest.bytes().all(|byte| byte.is_ascii_graphic());
        (host_is_fine(host) && port_is_fine && rest_is_fine).then_some(Self { https, host, rest })
    }

    pub(super) fn is_onion(&self) -> bool {
        self.host.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case("onion"))
    }
}

fn host_is_fine(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return inner.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let label_is_fine = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    host.len() <= 253 && host.split('.').all(label_is_fine)
}

/// Whether a host name or address means this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

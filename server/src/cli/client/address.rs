//! Where the service is, and whether it is safe to talk to it there.

use crate::cli::failure::Failure;
use std::fmt;
use std::net::IpAddr;
use ureq::http::Uri;
use ureq::http::uri::Scheme;

/// The address of a service, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct ServerAddress {
    base: String,
    loopback: bool,
}

impl ServerAddress {
    /// Reads `https://host[:port]`. Plain `http://` is taken for this very machine and for onion services, which
    /// encrypt by themselves; elsewhere only when it was asked for.
    ///
    /// # Errors
    /// [`Failure`] says what to write instead.
    pub(in crate::cli) fn parse(text: &str, insecure_http: bool) -> Result<Self, Failure> {
        let text = text.trim();
        let wrong = |why: &str| {
            Failure::usage(format!(
                "{text} is not the address of a service: {why}. Write --server https://host[:port]."
            ))
        };
        let uri: Uri = text.parse().map_err(|_| wrong("it cannot be read as one"))?;
        let scheme = uri.scheme().ok_or_else(|| wrong("it does not begin with https://"))?;
        if *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP {
            return Err(wrong("it does not begin with https://"));
        }
        let authority = uri.authority().ok_or_else(|| wrong("it names no host"))?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(wrong("it holds a user name"));
        }
        if !matches!(uri.path(), "" | "/") || text.contains(['?', '#']) {
            return Err(wrong("it goes on after the host"));
        }
        let loopback = is_loopback(host);
        if *scheme == Scheme::HTTP && !loopback && !is_onion(host) && !insecure_http {
            return Err(Failure::usage(format!(
                "{text} is not encrypted: anybody on the way could use your session and see who reads what. Write \
                 https:// instead. If the way to {host} is protected otherwise (a VPN, a tunnel), add --insecure-http."
            )));
        }
        Ok(Self { base: format!("{scheme}://{authority}"), loopback })
    }

    /// The address of one resource; `path` begins with a slash.
    pub(super) fn resource(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Whether it is on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether it is an onion service.
    pub(super) fn is_onion(&self) -> bool {
        self.base.parse::<Uri>().is_ok_and(|uri| uri.host().is_some_and(is_onion))
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_onion(host: &str) -> bool {
    host.to_ascii_lowercase().strip_suffix(".onion").is_some_and(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        ServerAddress::parse(text, false).ok().map(|address| address.to_string())
    }

    #[test]
    fn a_slash_at_the_end_makes_no_difference() {
        assert_eq!(parsed("https://speak.example.com/").as_deref(), Some("https://speak.example.com"));
        assert_eq!(
            parsed(" https://speak.example.com:8443 ").as_deref(),
            Some("https://speak.example.com:8443")
        );
        assert_eq!(
            ServerAddress::parse("https://speak.example.com", false).unwrap().resource("/api/v1/me"),
            "https://speak.example.com/api/v1/me"
        );
    }

    #[test]
    fn plain_http_stays_on_this_machine_or_goes_through_tor() {
        for good in [
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:80",
            "http://127.9.9.9",
            "http://abc.onion",
        ] {
            assert!(parsed(good).is_some(), "{good}");
        }
        for bad in [
            "http://speak.example.com",
            "http://10.0.0.1",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://onion",
            "http://abc.onion.example.com",
            "http://[2001:db8::1]",
            "http://0.0.0.0:8080",
        ] {
            let refused = ServerAddress::parse(bad, false).unwrap_err();
            assert!(refused.to_string().contains("--insecure-http"), "{bad}: {refused}");
            assert!(ServerAddress::parse(bad, true).is_ok(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_service_is_refused() {
        for bad in [
            "",
            "speak.example.com",
            "ftp://speak.example.com",
            "https://",
            "https://user:secret@speak.example.com",
            "https://speak.example.com/report",
            "https://speak.example.com?x=1",
            "https://speak.example.com/#x",
            "file:///etc/passwd",
            "https://spe ak.example.com",
        ] {
            assert!(ServerAddress::parse(bad, true).is_err(), "{bad}");
        }
    }

    #[test]
    fn knows_this_machine_and_onion_services() {
        let parse = |text| ServerAddress::parse(text, true).unwrap();
        assert!(parse("http://[::1]:8080").is_loopback() && !parse("http://example.com").is_loopback());
        assert!(parse("http://ABC.onion:81").is_onion() && !parse("https://onion.example").is_onion());
    }
}

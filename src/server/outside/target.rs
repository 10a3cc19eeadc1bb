//! Which URLs are fetched: `http` to this machine's own loopback. certmimic needs no network, and reaches into none: a test
//! may serve a document beside it, and that is all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::effects::Unfetched;

/// Where a URL leads.
#[derive(Debug)]
pub struct Target<'u> {
    /// What the request says for `Host`.
    pub authority: &'u str,
    /// The addresses to try, one after the other.
    pub addresses: Vec<SocketAddr>,
    /// Path and query.
    pub path: &'u str,
}

impl<'u> Target<'u> {
    /// Reads a URL.
    ///
    /// # Errors
    /// It is none, or none that is reached from here.
    pub fn parse(url: &'u str) -> Result<Self, Unfetched> {
        let (scheme, rest) = url.split_once("://").ok_or(Unfetched::NotAbsolute)?;
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(Unfetched::OutOfReach);
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if url.contains(|c: char| c.is_control() || c == ' ') {
            return Err(Unfetched::NotAUrl);
        }
        let addresses = loopback(authority).ok_or(Unfetched::OutOfReach)?;
        Ok(Self { authority, addresses, path })
    }
}

/// The addresses of a host that is this machine; names are not looked up.
fn loopback(authority: &str) -> Option<Vec<SocketAddr>> {
    let host = authority.strip_prefix("localhost").filter(|rest| rest.is_empty() || rest.starts_with(':'));
    if let Some(port) = host {
        let port = port.strip_prefix(':').map_or(Some(80), |port| port.parse().ok())?;
        return Some(vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()]);
    }
    let bare = || authority.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let address = authority.parse().ok().or_else(|| Some(SocketAddr::new(bare()?, 80)))?;
    address.ip().is_loopback().then(|| vec![address])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_loopback_is_asked() {
        for url in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://10.0.0.1:80/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "http://127.0.0.1@example.com/",
            "x",
        ] {
            assert!(Target::parse(url).is_err(), "{url}");
        }
        for url in ["http://localhost", "http://localhost:99?a", "http://127.0.0.9/x", "http://[::1]:80/"] {
            assert!(Target::parse(url).is_ok(), "{url}");
        }
    }
}

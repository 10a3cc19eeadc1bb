//! Hosts and ports (RFC 3986 section 3.2).

use super::target::{after_last, has};

/// Host and port of `http://host:port/path`, or of `host:port`.
pub fn of_origin(origin: &str) -> &str {
    let (_, rest) = origin.split_once("://").unwrap_or(("", origin));
    rest.split('/').next().unwrap_or(rest)
}

/// The host alone. One that is an IPv6 address keeps its brackets.
pub fn host(authority: &str) -> &str {
    let port = after_last(authority, b':');
    match authority.strip_suffix(port).and_then(|before| before.strip_suffix(':')) {
        Some(name) if !has(port, |byte| !byte.is_ascii_digit()) => name,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_what_stands_before_the_port() {
        assert_eq!(of_origin("http://a.example:8080/w/x"), "a.example:8080");
        assert_eq!(of_origin("a.example"), "a.example");
        assert_eq!((host("a:80"), host("a"), host("[::1]:80"), host("[::1]")), ("a", "a", "[::1]", "[::1]"));
    }
}

//! Who may steer: not a page of somebody else in a browser that happens to run on the same machine.
//!
//! A browser says where a request comes from (`Origin`, `Sec-Fetch-Site`). It does not for a page whose own name was made to
//! point to this machine (DNS rebinding); there the name gives it away, since a loopback address has few.

use ::http::HeaderName;
use ::http::header::{HOST, ORIGIN};

use super::error::Error;
use crate::http::{Request, Response, authority};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// How a request reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// By a loopback address, which only this machine's programs can.
    Loopback,
    /// By another address.
    Network,
}

/// Who is let in beside the server's own pages and programs that are no browsers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guard {
    /// Names under which the server may be reached, and whose pages may call it. `*` admits all.
    pub allowed_hosts: Vec<String>,
}

impl Guard {
    /// The answer to a control call that is not let in.
    pub fn refuse(&self, request: &Request, reach: Reach) -> Option<Response> {
        self.check(request, reach).err().map(|error| error.response())
    }

    fn check(&self, request: &Request, reach: Reach) -> Result<(), Error> {
        let own = authority::of_origin(&request.origin);
        let named = request.header(&HOST).unwrap_or(own);
        if reach == Reach::Loopback && !is_loopback(authority::host(named)) && !self.allows(authority::host(named)) {
            return Err(foreign(
                &format!("under the name {named}, which is none of a loopback address"),
                authority::host(named),
            ));
        }
        if let Some(origin) = request.headers.get(ORIGIN) {
            let origin = String::from_utf8_lossy(origin.as_bytes());
            let host = authority::of_origin(&origin);
            if host != named && host != own && !self.allows(authority::host(host)) {
                return Err(foreign(&format!("for a page of {origin}"), authority::host(host)));
            }
            return Ok(());
        }
        match request.header(&SEC_FETCH_SITE) {
            Some("cross-site") if !self.allows("*") => Err(foreign("for a page of another site", "NAME")),
            _ => Ok(()),
        }
    }

    fn allows(&self, host: &str) -> bool {
        self.allowed_hosts.iter().any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(host))
    }
}

fn foreign(how: &str, host: &str) -> Error {
    let sentence = format!("This control call came {how}; start the server with --allow-host {host} to let it in.");
    Error::Foreign { sentence }
}

/// Names that never leave the machine (RFC 6761 section 6.3), and loopback addresses.
fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "::1"
        || host.parse::<core::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use ::http::{HeaderMap, Method};

    use super::*;

    fn refused(reach: Reach, allowed: &[&str], headers: &[(HeaderName, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name, value.parse().unwrap());
        }
        let request = Request {
            method: Method::POST,
            path: "/_certmimic/reset".to_owned(),
            query: String::new(),
            headers: map,
            body: bytes::Bytes::new(),
            origin: "http://127.0.0.1:8080".into(),
            client_certificate: None,
        };
        let guard = Guard { allowed_hosts: allowed.iter().map(ToString::to_string).collect() };
        guard.refuse(&request, reach).is_some()
    }

    #[test]
    fn programs_and_own_pages_are_let_in() {
        let here = (HOST, "127.0.0.1:8080");
        assert!(!refused(Reach::Loopback, &[], &[]));
        assert!(!refused(Reach::Loopback, &[], std::slice::from_ref(&here)));
        assert!(!refused(Reach::Loopback, &[], &[here.clone(), (ORIGIN, "http://127.0.0.1:8080")]));
        assert!(!refused(Reach::Loopback, &[], &[(HOST, "a.localhost:8080"), (ORIGIN, "http://a.localhost:8080")]));
        assert!(!refused(Reach::Loopback, &[], &[here.clone(), (SEC_FETCH_SITE, "same-origin")]));
        assert!(!refused(Reach::Loopback, &[], &[here, (SEC_FETCH_SITE, "none")]));
        assert!(!refused(Reach::Network, &[], &[(HOST, "certmimic:8080")]));
    }

    #[test]
    fn foreign_pages_and_foreign_names_are_not() {
        let here = (HOST, "127.0.0.1:8080");
        let evil = (ORIGIN, "http://evil.example");
        assert!(refused(Reach::Loopback, &[], &[here.clone(), evil.clone()]));
        assert!(refused(Reach::Network, &[], &[(HOST, "certmimic:8080"), evil.clone()]));
        assert!(refused(Reach::Loopback, &[], &[here.clone(), (ORIGIN, "null")]));
        assert!(refused(Reach::Loopback, &[], &[here.clone(), (ORIGIN, "http://127.0.0.1:9")]));
        assert!(refused(Reach::Loopback, &[], &[here, (SEC_FETCH_SITE, "cross-site")]));
        let rebound = [(HOST, "evil.example:8080"), (ORIGIN, "http://evil.example:8080")];
        assert!(refused(Reach::Loopback, &[], &rebound));
        assert!(!refused(Reach::Loopback, &["evil.example"], &rebound));
        assert!(!refused(Reach::Loopback, &["*"], &[(HOST, "x"), evil]));
    }
}

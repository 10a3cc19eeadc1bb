//! Where a tenant is.

use std::net::IpAddr;

use crate::state::APIS;

/// What is expected of a URL with credentials in it.
pub(super) const NO_CREDENTIALS: &str = "expected a URL without credentials in it: they have options of their own";

/// A tenant's base URL: scheme, host and port, and a path before those of its systems if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Scheme, host and port.
    origin: String,
    /// What stands before the paths of the systems; empty, or it begins with a slash and does not end in one.
    prefix: String,
}

impl Address {
    /// Reads a URL. Someone may have copied the address of a service: its path is then left out.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(url: &str) -> Result<Self, &'static str> {
        const EXPECTED: &str = "expected the URL of a tenant, such as https://tenant.example";
        let (scheme, rest) = url.trim().split_once("://").ok_or(EXPECTED)?;
        let scheme = scheme.to_ascii_lowercase();
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if !matches!(scheme.as_str(), "http" | "https") || host.is_empty() {
            return Err(EXPECTED);
        }
        if host.contains('@') {
            return Err(NO_CREDENTIALS);
        }
        let odd = |character: char| character.is_control() || character.is_whitespace() || "?#".contains(character);
        if rest.contains(odd) {
            return Err("expected a URL without a query, a fragment and blanks");
        }
        let path = path.trim_end_matches('/');
        let of_a_service = APIS.iter().flat_map(|api| api.roots).find_map(|root| path.strip_suffix(root));
        let prefix = of_a_service.unwrap_or(path).to_owned();
        Ok(Self { origin: format!("{scheme}://{}", host.to_ascii_lowercase()), prefix })
    }

    /// The URL of a path of the tenant, with its query if it has one.
    pub fn url(&self, target: &str) -> String {
        [&self.origin, &self.prefix, target].concat()
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Path and query of a link in an answer, without the tenant's prefix; `None` if it leads elsewhere. `below` is what
    /// a link is relative to that is not absolute.
    pub fn target_of(&self, link: &str, below: &str) -> Option<String> {
        // What a query has in it is part of a relative link (RFC 3986 section 3.1).
        let is_scheme =
            |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        if let Some((scheme, rest)) = link.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let origin = format!("{scheme}://{host}").to_ascii_lowercase();
            // A tenant prints the port that a scheme has anyway, or does not.
            let usual = |origin: &str| origin.strip_suffix(":443").unwrap_or(origin).to_owned();
            return (usual(&origin) == usual(&self.origin)).then(|| self.without_prefix(path));
        }
        match link {
            // With another host, and the scheme of the tenant.
            _ if link.starts_with("//") => None,
            _ if link.starts_with('/') => Some(self.without_prefix(link)),
            _ => Some(format!("{below}/{link}")),
        }
    }

    /// True if it is on this machine: no proxy is needed for it.
    pub fn is_loopback(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        let host = host
            .strip_prefix('[')
            .map_or_else(|| host.split(':').next().unwrap_or(host), |rest| rest.split(']').next().unwrap_or(rest));
        let is_address = || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        host == "localhost" || host.ends_with(".localhost") || is_address()
    }

    fn without_prefix(&self, path: &str) -> String {
        path.strip_prefix(self.prefix.as_str()).unwrap_or(path).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str) -> Address {
        Address::parse(url).unwrap()
    }

    #[test]
    fn a_tenant_is_named_by_its_host_or_by_the_address_of_one_of_its_services() {
        for url in [
            "https://Tenant.example:444",
            "https://tenant.example:444/",
            " https://tenant.example:444/api/v1",
            "https://tenant.example:444/apiportal/api/1.0/Management.svc/",
            "https://tenant.example:444/apiops",
        ] {
            assert_eq!(address(url).url("/x?y"), "https://tenant.example:444/x?y", "{url}");
        }
        assert_eq!(address("http://127.0.0.1:8080/w/a/api/v1/").url("/x"), "http://127.0.0.1:8080/w/a/x");
    }

    #[test]
    fn what_is_no_address_of_a_tenant_is_refused() {
        for url in ["", "tenant.example", "ftp://tenant.example", "https://", "https://user:secret@tenant.example"] {
            assert!(Address::parse(url).is_err(), "{url}");
        }
        assert!(Address::parse("https://tenant.example/?a=b").is_err());
        assert!(!Address::parse("https://user:secret@tenant.example").unwrap_err().contains("secret"));
    }

    #[test]
    fn links_are_followed_within_the_tenant_only() {
        let tenant = address("https://tenant.example/w/a");
        let target = |link: &str| tenant.target_of(link, "/api/v1");
        assert_eq!(
            target("https://tenant.example:443/w/a/api/v1/A?$skiptoken=2").as_deref(),
            Some("/api/v1/A?$skiptoken=2")
        );
        assert_eq!(target("/w/a/api/v1/A").as_deref(), Some("/api/v1/A"));
        assert_eq!(target("A?$skiptoken=2").as_deref(), Some("/api/v1/A?$skiptoken=2"));
        let after = "A?$skiptoken=https://other.example/x";
        assert_eq!(target(after), Some(format!("/api/v1/{after}")));
        assert_eq!(target(&format!("/w/a/api/v1/{after}")), Some(format!("/api/v1/{after}")));
        assert_eq!(target("//other.example/A"), None);
        for elsewhere in ["https://other.example/api/v1/A", "http://tenant.example/A", "https://tenant.example.evil/A"]
        {
            assert_eq!(target(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for local in ["http://localhost:8080", "http://127.0.0.9", "https://[::1]:9", "http://a.localhost"] {
            assert!(address(local).is_loopback(), "{local}");
        }
        for other in ["https://localhost.example", "http://127.0.0.1.example", "http://127.example"] {
            assert!(!address(other).is_loopback(), "{other}");
        }
    }
}

//! What absolute URIs in answers start with.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use http::header::HOST;
use http::uri::Authority;
use http::{HeaderName, request};

use crate::http::target::has;

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");

/// How it is found.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The answer to everything, without a slash at its end.
    pub public_url: Option<String>,
    /// Whether what a proxy says of the client's view counts.
    pub trust_forwarded: bool,
}

/// The first host that the client of a connection named, and what came of it: it seldom names another with the next request.
#[derive(Debug, Default)]
pub struct Known(OnceLock<(Box<[u8]>, Arc<str>)>);

impl Origin {
    /// What URIs start with in the answer to a request of a connection.
    pub fn of(&self, known: &Known, local: SocketAddr, secure: bool, head: &request::Parts) -> Arc<str> {
        let is_all = !self.trust_forwarded && head.uri.authority().is_none();
        let Some(host) = head.headers.get(HOST).filter(|_| is_all) else {
            return self.told(local, secure, head).into();
        };
        let told = || Arc::from(self.told(local, secure, head));
        let (named, origin) = known.0.get_or_init(|| (host.as_bytes().into(), told()));
        if **named == *host.as_bytes() { Arc::clone(origin) } else { told() }
    }

    /// The public URL if there is one; else scheme and host as the client sees them; else the address it reached.
    fn told(&self, local: SocketAddr, secure: bool, head: &request::Parts) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let forwarded = |name| if self.trust_forwarded { first(head, name) } else { None };
        let own = if secure { "https" } else { "http" };
        let scheme = forwarded(FORWARDED_PROTO).filter(|scheme| matches!(*scheme, "http" | "https")).unwrap_or(own);
        let named = forwarded(FORWARDED_HOST).or_else(|| head.uri.authority().map(Authority::as_str));
        let Some(host) = named.or_else(|| text(head, HOST)).filter(|host| is_host(host)) else {
            return format!("{scheme}://{local}");
        };
        let mut origin = String::with_capacity(scheme.len() + host.len() + ":///:65535".len());
        for part in [scheme, "://", host] {
            origin.push_str(part);
        }
        if let Some(port) = forwarded(FORWARDED_PORT).filter(|port| is_missing(scheme, host, port)) {
            origin.push(':');
            origin.push_str(port);
        }
        origin
    }
}

/// The first item of a header that may be a list, one for each proxy.
fn first(head: &request::Parts, name: HeaderName) -> Option<&str> {
    text(head, name)?.split(',').next().map(str::trim)
}

fn text(head: &request::Parts, name: HeaderName) -> Option<&str> {
    head.headers.get(name)?.to_str().ok()
}

/// Whether a proxy's port has to be added: a host may name one itself, and a scheme has its own.
fn is_missing(scheme: &str, host: &str, port: &str) -> bool {
    let own = if scheme == "https" { "443" } else { "80" };
    let named = host.rsplit_once(':').is_some_and(|(_, after)| after.bytes().all(|byte| byte.is_ascii_digit()));
    !named && port != own && port.parse::<u16>().is_ok()
}

/// Names, addresses and ports; what is something else has no business in an answer.
fn is_host(host: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':' | b'[' | b']');
    !host.is_empty() && !has(host, |byte| !fits(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(origin: &Origin, uri: &str, headers: &[(HeaderName, &str)]) -> String {
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let head = request.body(()).unwrap().into_parts().0;
        origin.told(SocketAddr::from(([127, 0, 0, 1], 8080)), false, &head)
    }

    #[test]
    fn the_host_that_the_client_named_counts_if_it_is_one() {
        let plain = Origin::default();
        assert_eq!(origin(&plain, "/", &[(HOST, "tenant.example:9000")]), "http://tenant.example:9000");
        assert_eq!(origin(&plain, "http://other:1/", &[(HOST, "tenant.example")]), "http://other:1");
        assert_eq!(origin(&plain, "/", &[]), "http://127.0.0.1:8080");
        assert_eq!(origin(&plain, "/", &[(HOST, "a/<b>")]), "http://127.0.0.1:8080");
        assert_eq!(origin(&plain, "/", &[(HOST, "a"), (FORWARDED_HOST, "b")]), "http://a");
    }

    #[test]
    fn a_connection_may_name_another_host_with_its_next_request() {
        let (known, local) = (Known::default(), SocketAddr::from(([127, 0, 0, 1], 8080)));
        let named = |origin: &Origin, host: &str| {
            let head =
                http::Request::builder().uri("/").header(HOST, host).header(FORWARDED_HOST, "f").body(()).unwrap();
            origin.of(&known, local, false, &head.into_parts().0)
        };
        let plain = Origin::default();
        for host in ["a", "b:1", "a"] {
            assert_eq!(*named(&plain, host), *format!("http://{host}"));
        }
        assert_eq!(*named(&Origin { trust_forwarded: true, ..plain }, "a"), *"http://f");
    }

    #[test]
    fn what_came_by_tls_is_answered_with_https() {
        let head = http::Request::builder().uri("/").header(HOST, "a").body(()).unwrap().into_parts().0;
        let local = SocketAddr::from(([127, 0, 0, 1], 8443));
        assert_eq!(Origin::default().told(local, true, &head), "https://a");
    }

    #[test]
    fn proxies_count_only_when_trusted_and_a_public_url_before_all() {
        let headers = [(HOST, "a"), (FORWARDED_HOST, "b, c"), (FORWARDED_PROTO, "https")];
        let trusting = Origin { public_url: None, trust_forwarded: true };
        assert_eq!(origin(&trusting, "/", &headers), "https://b");
        assert_eq!(origin(&trusting, "/", &[(HOST, "a"), (FORWARDED_PROTO, "gopher")]), "http://a");
        let port = (FORWARDED_PORT, "8443");
        assert_eq!(
            origin(&trusting, "/", &[(FORWARDED_HOST, "b"), (FORWARDED_PROTO, "https"), port.clone()]),
            "https://b:8443"
        );
        assert_eq!(origin(&trusting, "/", &[(FORWARDED_HOST, "b:1"), port]), "http://b:1");
        let public = Origin { public_url: Some("https://tenant.example/base".to_owned()), trust_forwarded: true };
        assert_eq!(origin(&public, "/", &headers), "https://tenant.example/base");
    }
}

//! A request, complete.

use std::fmt;
use std::sync::Arc;

use ::http::{HeaderMap, HeaderName, HeaderValue, Method};
use bytes::Bytes;

/// A request with its body, as the gateway hands it on.
#[derive(Clone)]
pub struct Request {
    /// The method as sent.
    pub method: Method,
    /// The path as sent: percent-encoded, without a world's prefix.
    pub path: String,
    /// The query as sent, without its question mark; empty if there is none.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// What absolute URIs in the answer start with: `http://127.0.0.1:8080`, then a world's prefix if the request had one.
    pub origin: Arc<str>,
    /// The certificate that the client has shown by TLS, in DER. That it has the key is certain, and nothing else.
    pub client_certificate: Option<Bytes>,
}

impl Request {
    /// The value of a header, if it is there and is visible ASCII. Of several, the first.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        first_header(&self.headers, name)?.to_str().ok()
    }
}

/// The first value of a header. Messages have few: to compare their names takes less than to look one up by its hash.
pub fn first_header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h HeaderValue> {
    headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// What it asks for, and no more: secrets are in queries, headers and bodies.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Request");
        shown.field("method", &self.method).field("path", &self.path).field("bytes", &self.body.len());
        shown.finish_non_exhaustive()
    }
}

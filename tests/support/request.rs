//! A request as a test hands it to the gateway in its own process.

use bytes::Bytes;
use certmimic::http::Request;
use http::{HeaderMap, HeaderName};

/// The headers of a client that speaks JSON, with a token that names nobody.
pub const JSON: [(&str, &str); 3] =
    [("accept", "application/json"), ("authorization", "Bearer x"), ("content-type", "application/json")];

/// A request with these headers, of which a later one replaces an earlier one of the same name.
pub fn request(method: &str, target: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    Request {
        method: method.parse().unwrap(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: map,
        body: body.into(),
        origin: "http://127.0.0.1:8080".into(),
        client_certificate: None,
    }
}

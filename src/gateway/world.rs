//! Which world a request is for: the first of path prefix, header, host and OAuth client that says so.

use std::borrow::Cow;
use std::sync::Arc;

use ::http::header::{HOST, HeaderName};

use crate::apis::xsuaa;
use crate::effects::Timestamp;
use crate::http::{Request, authority, first_header, target};
use crate::worlds::{Error, Name, World, Worlds};

/// The header that names a world.
pub const HEADER: HeaderName = HeaderName::from_static("certmimic-world");

/// What a path begins with that names a world.
pub const PREFIX: &str = "/w/";

/// What a host's name ends in that names a world (RFC 6761 section 6.3: all of these are the loopback interface).
const HOST_SUFFIX: &str = ".localhost";

/// The request's world, which is made if it is new. A prefix moves from the path to what URIs in the answer start with.
pub fn choose(worlds: &Worlds, request: &mut Request, wall: Timestamp) -> Result<Arc<World>, Error> {
    let name = match take_prefix(request)? {
        Some(name) => Some(name),
        None => named(request)?,
    };
    if let Some(name) = name {
        return worlds.open(&name, wall);
    }
    let default = worlds.default_world();
    let bound = xsuaa::world_of(&default.store.view().xsuaa, request);
    match bound.map(|name| Name::parse(&name).map_err(Error::not_a_name(&name))) {
        Some(name) => worlds.open(&name?, wall),
        None => Ok(Arc::clone(default)),
    }
}

/// A path without the world's prefix, if it has one.
pub fn without_prefix(path: &str) -> &str {
    match path.strip_prefix(PREFIX).and_then(|rest| rest.find('/').and_then(|end| rest.get(end..))) {
        Some(rest) => rest,
        None => path,
    }
}

/// True for a path that is a world's prefix and nothing else, without the slash at its end.
pub fn is_prefix(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

fn take_prefix(request: &mut Request) -> Result<Option<Name>, Error> {
    let Some(rest) = request.path.strip_prefix(PREFIX) else { return Ok(None) };
    let (name, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let decoded = target::decode(name).unwrap_or(Cow::Borrowed(name));
    let name = Name::parse(&decoded).map_err(Error::not_a_name(&decoded))?;
    let path = if path.is_empty() { "/" } else { path }.to_owned();
    request.origin = [&request.origin, PREFIX, name.as_str()].concat().into();
    request.path = path;
    Ok(Some(name))
}

fn named(request: &Request) -> Result<Option<Name>, Error> {
    if let Some(value) = first_header(&request.headers, &HEADER) {
        let text = String::from_utf8_lossy(value.as_bytes());
        return Name::parse(text.trim()).map(Some).map_err(Error::not_a_name(text.trim()));
    }
    // Requests of HTTP/2 have no `Host`.
    let named = request.header(&HOST).unwrap_or_else(|| authority::of_origin(&request.origin));
    let label = authority::host(named).strip_suffix(HOST_SUFFIX);
    label.map(|label| Name::parse(label).map_err(Error::not_a_name(label))).transpose()
}

/// The path of cookies: those of a world with a prefix are sent below it only.
pub fn cookie_path(world: &World, request: &Request) -> Cow<'static, str> {
    let name = world.name.as_str();
    let has_prefix = request.origin.strip_suffix(name).is_some_and(|before| before.ends_with(PREFIX));
    if has_prefix { [PREFIX, name, "/"].concat().into() } else { "/".into() }
}

#[cfg(test)]
mod tests {
    use ::http::header::AUTHORIZATION;
    use ::http::{HeaderMap, Method};

    use super::*;
    use crate::scenario::{Source, load};

    fn chosen(target: &str, headers: &[(HeaderName, &str)]) -> Result<(String, String, String), Error> {
        let clients = "clients: [{ id: bound, secret: x, world: of-client }]".to_owned();
        let sources = [Source::BuiltIn("empty".to_owned()), Source::Text { name: "clients".to_owned(), text: clients }];
        let worlds = Worlds::new(load(&sources).unwrap());
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name, value.parse().unwrap());
        }
        let mut request = Request {
            method: Method::GET,
            path: target.to_owned(),
            query: String::new(),
            headers: map,
            body: bytes::Bytes::new(),
            origin: "http://h".into(),
            client_certificate: None,
        };
        let world = choose(&worlds, &mut request, Timestamp(0))?;
        Ok((world.name.to_string(), request.path, request.origin.to_string()))
    }

    fn name(target: &str, headers: &[(HeaderName, &str)]) -> String {
        chosen(target, headers).unwrap().0
    }

    #[test]
    fn the_prefix_moves_from_the_path_to_the_origin() {
        let expected = |name: &str, path: &str| Ok((name.to_owned(), path.to_owned(), format!("http://h/w/{name}")));
        assert_eq!(chosen("/w/a/api/v1/", &[]), expected("a", "/api/v1/"));
        assert_eq!(chosen("/w/a", &[]), expected("a", "/"));
        assert_eq!(chosen("/w/%61.b/x", &[]), expected("a.b", "/x"));
        assert_eq!(chosen("/world", &[]), Ok(("default".to_owned(), "/world".to_owned(), "http://h".to_owned())));
        for bad in ["/w/", "/w//x", "/w/a%2Fb/x", "/w/%/x"] {
            assert!(matches!(chosen(bad, &[]), Err(Error::NotAName { .. })), "{bad}");
        }
    }

    #[test]
    fn the_first_that_says_so_counts() {
        let bound = (AUTHORIZATION, "Basic Ym91bmQ6eA==");
        let host = (HOST, "c.localhost:8080");
        assert_eq!(name("/", std::slice::from_ref(&bound)), "of-client");
        assert_eq!(name("/", &[bound.clone(), host.clone()]), "c");
        assert_eq!(name("/", &[bound.clone(), host.clone(), (HEADER, "b")]), "b");
        assert_eq!(name("/w/a/", &[bound, host, (HEADER, "b")]), "a");
        assert_eq!(name("/", &[(HOST, "localhost:8080")]), "default");
        assert_eq!(name("/", &[(HOST, "[::1]:8080")]), "default");
        assert_eq!(name("/", &[(AUTHORIZATION, "Bearer opaque")]), "default");
    }
}

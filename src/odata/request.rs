//! A request as the protocol sees it: method with tunnelling, decoded query, headers ([MS-ODATA] section 2.2.7).

use ::http::header::{ACCEPT, ACCEPT_LANGUAGE};
use ::http::{HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;

use super::error::Error;
use crate::http::{Request, first_header};

/// The version of the protocol, in requests and answers.
pub(crate) const VERSION: HeaderName = HeaderName::from_static("dataserviceversion");
static TUNNEL: HeaderName = HeaderName::from_static("x-http-method");
static TUNNEL_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// What is to be done with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    /// `MERGE` and `PATCH`
    Merge,
    Delete,
}

impl Method {
    /// What clients call it, as `Allow` lists it.
    pub(crate) const fn names(self) -> &'static str {
        match self {
            Self::Get => "GET, HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Merge => "PATCH, MERGE",
            Self::Delete => "DELETE",
        }
    }

    /// What it asks of a set: of one entity, or of all.
    pub(crate) const fn verb(self, one: bool) -> Verb {
        match self {
            Self::Get if one => Verb::Read,
            Self::Get => Verb::List,
            Self::Post => Verb::Create,
            Self::Put | Self::Merge => Verb::Update,
            Self::Delete => Verb::Delete,
        }
    }
}

/// What a request wants done with an entity set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Many entities.
    List,
    /// One entity, or something of it.
    Read,
    /// `POST`
    Create,
    /// `PUT`, `MERGE` or `PATCH`
    Update,
    /// `DELETE`
    Delete,
}

/// One request, or one of the requests in a batch.
pub(crate) struct Incoming<'r> {
    /// The method as sent.
    pub(crate) method: &'r str,
    /// The path below the service root, percent-encoded.
    pub(crate) tail: &'r str,
    /// Names and values of the query, decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: &'r Bytes,
    headers: &'r HeaderMap,
    checked: Checked<'r>,
}

/// The headers that every request is checked for, found in one go through all that it has. Of several, the first.
#[derive(Default)]
struct Checked<'r> {
    accept: Option<&'r HeaderValue>,
    version: Option<&'r HeaderValue>,
    tunnel: Option<&'r HeaderValue>,
    tunnel_override: Option<&'r HeaderValue>,
}

impl<'r> Checked<'r> {
    fn among(headers: &'r HeaderMap) -> Self {
        let mut checked = Self::default();
        for (name, value) in headers {
            let place = match name {
                name if *name == ACCEPT => &mut checked.accept,
                name if *name == VERSION => &mut checked.version,
                name if *name == TUNNEL => &mut checked.tunnel,
                name if *name == TUNNEL_OVERRIDE => &mut checked.tunnel_override,
                _ => continue,
            };
            place.get_or_insert(value);
        }
        checked
    }
}

impl<'r> Incoming<'r> {
    /// A request by its method as sent, the path below the service root, and the query as sent.
    pub(crate) fn new(method: &'r str, tail: &'r str, query: &str, headers: &'r HeaderMap, body: &'r Bytes) -> Self {
        Self { method, tail, query: self::query(query), body, headers, checked: Checked::among(headers) }
    }

    /// The part of a request that lies below `root`.
    pub(crate) fn below(root: &str, request: &'r Request) -> Self {
        let tail = request.path.strip_prefix(root).unwrap_or_default();
        Self::new(request.method.as_str(), tail, &request.query, &request.headers, &request.body)
    }

    /// The first value of a header, if it is text.
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        text(first_header(self.headers, name))
    }

    /// The representations that the client takes.
    pub(crate) fn accept(&self) -> Option<&str> {
        text(self.checked.accept)
    }

    /// The language that the client wants most; English if it does not say, or not so that the library can read it.
    pub(crate) fn language(&self) -> &str {
        let wanted = self.header(&ACCEPT_LANGUAGE).and_then(|list| list.split([',', ';']).next()).unwrap_or_default();
        let (language, country) = wanted.split_once('-').unwrap_or((wanted, "XX"));
        let is_code = |code: &str, lengths: &[usize]| {
            lengths.contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        if is_code(language, &[2, 3]) && is_code(country, &[2]) { wanted } else { "en" }
    }

    /// True for a `HEAD`, which is a `GET` whose body stays behind.
    pub(crate) fn is_head(&self) -> bool {
        self.method == "HEAD"
    }

    /// The method that is meant.
    pub(crate) fn method(&self) -> Result<Method, Error> {
        let (tunnelled, overridden) = (text(self.checked.tunnel), text(self.checked.tunnel_override));
        if let (Some(one), Some(other)) = (tunnelled, overridden)
            && !one.eq_ignore_ascii_case(other)
        {
            return Err(Error::AmbiguousTunnelling);
        }
        match self.method {
            "GET" | "HEAD" => Ok(Method::Get),
            "POST" => tunnelled.or(overridden).map_or(Ok(Method::Post), tunnelled_method),
            "PUT" => Ok(Method::Put),
            "MERGE" | "PATCH" => Ok(Method::Merge),
            "DELETE" => Ok(Method::Delete),
            "OPTIONS" => Err(Error::NotImplemented),
            _ => Err(Error::UnknownMethod),
        }
    }

    /// Refuses a `DataServiceVersion` above 2.0, or one that is none. What follows a semicolon is the client's name.
    pub(crate) fn check_version(&self) -> Result<(), Error> {
        let Some(sent) = text(self.checked.version) else { return Ok(()) };
        let version = sent.split(';').next().unwrap_or_default().trim();
        match version {
            "1.0" | "2.0" => Ok(()),
            _ if is_version(version) => Err(Error::VersionTooHigh { version: sent.to_owned() }),
            _ => Err(Error::VersionUnreadable { version: sent.to_owned() }),
        }
    }
}

/// The method that a request means: of a `POST` another one, if a header names it.
pub fn method(request: &Request) -> &str {
    if request.method != ::http::Method::POST {
        return request.method.as_str();
    }
    let name = request.header(&TUNNEL).or_else(|| request.header(&TUNNEL_OVERRIDE)).unwrap_or_default();
    let known = ["GET", "HEAD", "PUT", "MERGE", "PATCH", "DELETE"];
    known.into_iter().find(|method| method.eq_ignore_ascii_case(name)).unwrap_or("POST")
}

fn text(value: Option<&HeaderValue>) -> Option<&str> {
    value?.to_str().ok()
}

fn tunnelled_method(name: &str) -> Result<Method, Error> {
    match name.to_ascii_uppercase().as_str() {
        "GET" | "HEAD" => Ok(Method::Get),
        "PUT" => Ok(Method::Put),
        "MERGE" | "PATCH" => Ok(Method::Merge),
        "DELETE" => Ok(Method::Delete),
        "POST" => Ok(Method::Post),
        _ => Err(Error::UnknownTunnelledMethod),
    }
}

fn is_version(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| number(major) && number(minor))
}

/// The pairs of a query, read as forms are (WHATWG URL section 5): clients in the field send a plus sign for a blank, and what
/// cannot be decoded is passed over.
fn query(text: &str) -> Vec<(String, String)> {
    if text.is_empty() { Vec::new() } else { form_urlencoded::parse(text.as_bytes()).into_owned().collect() }
}

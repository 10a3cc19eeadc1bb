//! What is to be done with a request, after the protocol's checks ([MS-ODATA] section 3.2.5), which come in Olingo's order.

use std::borrow::Cow;

use ::http::header::CONTENT_TYPE;

use super::body::{self, BodyFormat};
use super::dialect::EscapedSlash;
use super::edm::Set;
use super::error::Error;
use super::format::negotiation::{self, Offer};
use super::options::{self, Options, Query};
use super::request::{Incoming, Method};
use super::resource::{self, Kind};
use super::session::Session;
use super::uri::{self, Address, Resource};
use crate::contract::Refusal;
use crate::http::target::has;

/// A request that has passed the protocol's checks.
pub(super) struct Plan {
    pub(super) method: Method,
    pub(super) kind: Kind,
    pub(super) resource: Resource,
    pub(super) query: Query,
    /// Custom query options.
    pub(super) options: Options,
    pub(super) chosen: &'static Offer,
    pub(super) body: BodyFormat,
}

impl Plan {
    /// Checks a request.
    pub(super) fn of<S>(session: &Session<'_, S>, incoming: &Incoming<'_>) -> Result<Self, Refusal> {
        let accept = incoming.accept();
        if accept == Some("") {
            return Err(Error::EmptyAccept.into());
        }
        let method = incoming.method()?;
        check_path(incoming, session.dialect.escaped_slash)?;
        let resource = resource(session, incoming, method)?;
        let kind = resource::kind_of(&resource);
        let address = address(&resource);
        let set = address.map(Address::set);
        let query = options::read(&incoming.query, kind, set, session.schema, session.dialect.repeated_options)?;
        resource::check_method(kind, method, address, &query.given)?;
        if let Some(refusal) = set.and_then(|set| (session.dialect.method_kept_out)(incoming.method, set)) {
            return Err(refusal);
        }
        let body = body_format(kind, method, set, incoming)?;
        let chosen = negotiation::choose(kind, method == Method::Post, query.format.as_deref(), accept)?;
        if let (Some(set), Method::Get) = (set, method) {
            options::check_policy(&query, kind, set, session.dialect)?;
        }
        Ok(Self { method, kind, resource, query, options: options::custom(&incoming.query), chosen, body })
    }
}

/// What `java.net.URI` takes nowhere in a path (RFC 2396 section 2.4.3); a space never arrives.
const fn is_unwise(byte: u8) -> bool {
    matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
}

fn check_path(incoming: &Incoming<'_>, escaped_slash: EscapedSlash) -> Result<(), Refusal> {
    if has(incoming.tail, is_unwise) {
        return Err(Error::UrlUnreadable.into());
    }
    if !has(incoming.tail, |byte| byte == b'%') {
        return Ok(());
    }
    if uri::has_broken_escape(incoming.tail) {
        return Err(Error::UriSyntax.into());
    }
    let escapes = |path: &str| ["%2F", "%2f", "%5C", "%5c"].iter().any(|escape| path.contains(escape));
    match escaped_slash {
        EscapedSlash::Refused if escapes(incoming.tail) => Err(Error::EscapedSlash.into()),
        _ => Ok(()),
    }
}

/// What the path leads to. Whoever may not use a set, and sets that are not there, come before other faults of the path.
fn resource<S>(session: &Session<'_, S>, incoming: &Incoming<'_>, method: Method) -> Result<Resource, Refusal> {
    let parsed = uri::parse(incoming.tail, session.schema);
    let (first, set) = if let Ok(resource) = &parsed {
        let set = address(resource).map(|address| address.start);
        (Cow::Borrowed(set.map_or("", |set| set.name)), set)
    } else {
        let name = uri::first_name(incoming.tail);
        let set = session.schema.set(&name);
        (Cow::Owned(name), set)
    };
    if let Some(set) = set {
        authorise(session, set, incoming.tail, method)?;
    }
    incoming.check_version()?;
    match (session.dialect.left_out)(&first) {
        Some(refusal) => Err(refusal),
        None => Ok(parsed?),
    }
}

/// Asks the set that the path starts at, before the rest of the request is looked at.
fn authorise<S>(session: &Session<'_, S>, set: &'static Set, tail: &str, method: Method) -> Result<(), Refusal> {
    let verb = method.verb(has(tail, |byte| byte == b'(') || tail.contains("%28"));
    session.implementation(set)?.authorise(session.dialect, session.exchange.caller, verb)
}

fn body_format(
    kind: Kind,
    method: Method,
    set: Option<&'static Set>,
    incoming: &Incoming<'_>,
) -> Result<BodyFormat, Error> {
    if matches!(method, Method::Get | Method::Delete) {
        return Ok(BodyFormat::Json);
    }
    let media = set.is_some_and(|set| set.entity_type.media);
    body::media_type(kind, media, incoming.header(&CONTENT_TYPE), incoming.body)
}

fn address(resource: &Resource) -> Option<&Address> {
    match resource {
        Resource::Data(address) => Some(address),
        _ => None,
    }
}

//! One request through the protocol ([MS-ODATA] section 3.2.5): check, parse, dispatch to the entity set, render in
//! the negotiated format. The checks come in Olingo's order.

use std::borrow::Cow;

use ::http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use bytes::Bytes;

use super::body::{self, BodyFormat};
use super::edm::{Schema, Set};
use super::error::{self, refuse};
use super::format::{error_document, negotiation};
use super::options::{self, Query};
use super::request::{Incoming, Method};
use super::resource::{self, Kind};
use super::uri::{self, Address, Resource};
use super::{Context, Dialect, EntitySet, Verb, batch, read, write};
use crate::contract::{Exchange, Refusal};
use crate::http::Response;
use crate::odata::dialect::EscapedSlash;
use crate::store::{Draft, Holds, Store, Turn};

/// An OData service over a part `S` of the state.
pub struct Service<S: 'static> {
    /// Path of its root, without a slash at the end.
    pub root: &'static str,
    /// Its model.
    pub schema: &'static Schema,
    /// One implementation for each set of the model.
    pub sets: &'static [&'static dyn EntitySet<S>],
    /// Its dialect, as the switches in the state say.
    pub dialect: fn(&S) -> Dialect,
}

impl<S: 'static> Service<S> {
    /// Answers a request below the root.
    pub fn answer<W: Holds<S>>(&self, store: &Store<W>, exchange: &Exchange<'_>) -> Response {
        let whole = store.view();
        let dialect = (self.dialect)(whole.part());
        let root = [exchange.request.origin.as_str(), self.root].concat();
        let incoming = Incoming::below(self.root, exchange.request);
        let session = Session { service: self, exchange, dialect: &dialect, root: &root };
        let mut response = session.answer(&incoming, &mut Access::Store { store, whole: &whole });
        if incoming.is_head() {
            response.body = Bytes::new();
        }
        response
    }

    /// Answers with a refusal, in the format that the request asks for.
    pub fn refuse(&self, state: &S, exchange: &Exchange<'_>, refusal: &Refusal) -> Response {
        let dialect = (self.dialect)(state);
        let root = [exchange.request.origin.as_str(), self.root].concat();
        let incoming = Incoming::below(self.root, exchange.request);
        let session = Session { service: self, exchange, dialect: &dialect, root: &root };
        let mut response = session.refusal(&incoming, refusal);
        if incoming.is_head() {
            response.body = Bytes::new();
        }
        response
    }

    /// The implementation of a set.
    pub(super) fn implementation(&self, set: &Set) -> Result<&'static dyn EntitySet<S>, Refusal> {
        let found = self.sets.iter().find(|implementation| implementation.set().name == set.name);
        found.copied().ok_or_else(|| refuse(&error::UNKNOWN_SET, set.name))
    }
}

/// The state that a request works on: a view and the store to edit, or the draft of a change set.
pub(super) enum Access<'a, W> {
    Store { store: &'a Store<W>, whole: &'a W },
    Draft { whole: &'a mut W, contended: bool },
}

impl<W> Access<'_, W> {
    fn part<S>(&self) -> &S
    where
        W: Holds<S>,
    {
        match self {
            Self::Store { whole, .. } => whole.part(),
            Self::Draft { whole, .. } => whole.part(),
        }
    }

    /// Runs a change in one edit, or as part of the edit that is under way.
    pub(super) fn edit<T>(&mut self, change: impl FnOnce(&mut W) -> Result<T, Refusal>) -> Result<T, Refusal>
    where
        W: Clone,
    {
        match self {
            Self::Store { store, .. } => store.edit(change),
            Self::Draft { whole, .. } => change(whole),
        }
    }
}

/// What the requests of one exchange share: there are many in a batch.
pub(super) struct Session<'a, S: 'static> {
    pub(super) service: &'a Service<S>,
    pub(super) exchange: &'a Exchange<'a>,
    pub(super) dialect: &'a Dialect,
    /// Without a slash at its end.
    pub(super) root: &'a str,
}

/// A request that has passed the protocol's checks.
pub(super) struct Plan {
    pub(super) method: Method,
    pub(super) kind: Kind,
    pub(super) resource: Resource,
    pub(super) query: Query,
    pub(super) chosen: negotiation::Chosen,
    pub(super) body: BodyFormat,
}

impl<S: 'static> Session<'_, S> {
    /// Answers one request, refusals included.
    pub(super) fn answer<W: Holds<S>>(&self, incoming: &Incoming<'_>, access: &mut Access<'_, W>) -> Response {
        self.run(incoming, access).unwrap_or_else(|refusal| self.refusal(incoming, &refusal))
    }

    /// The error document for a refused request.
    pub(super) fn refusal(&self, incoming: &Incoming<'_>, refusal: &Refusal) -> Response {
        let format = negotiation::error_format(options::format(&incoming.query), incoming.header(ACCEPT));
        let response = error_document(refusal, format, self.dialect);
        if refusal.outcome.status != error::METHOD_NOT_ALLOWED.status {
            return response;
        }
        match uri::parse(incoming.tail, self.service.schema) {
            Ok(resource) => response.with(ALLOW, resource::kind_of(&resource).allow()),
            Err(_) => response,
        }
    }

    /// Answers one request, or refuses it.
    pub(super) fn run<W: Holds<S>>(
        &self,
        incoming: &Incoming<'_>,
        access: &mut Access<'_, W>,
    ) -> Result<Response, Refusal> {
        let custom = options::custom(&incoming.query);
        let cx = Context {
            caller: self.exchange.caller,
            now: self.exchange.now,
            root: self.root,
            options: &custom,
            dialect: self.dialect,
            contended: false,
            prepared: None,
        };
        let plan = self.plan(incoming, &cx)?;
        match (plan.method, plan.kind) {
            (_, Kind::Batch) => match access {
                Access::Store { store, .. } => batch::respond(self, incoming, store),
                Access::Draft { .. } => Err(batch::nested()),
            },
            (Method::Get, _) => read::respond(self, &plan, &cx, access.part()),
            _ => self.write(&plan, incoming, &cx, access),
        }
    }

    /// One write, in its caller's turn where the set has turns.
    fn write<W: Holds<S>>(
        &self,
        plan: &Plan,
        incoming: &Incoming<'_>,
        cx: &Context<'_>,
        access: &mut Access<'_, W>,
    ) -> Result<Response, Refusal> {
        let change = write::prepare(self, plan, incoming)?;
        let (_turn, prepared, contended) = match access {
            Access::Store { store, whole } => {
                let turn = self.turn(store, incoming.tail);
                let contended = turn.as_ref().is_some_and(Turn::is_contended);
                let cx = Context { contended, ..*cx };
                let prepared = change.ahead(self, &cx, *whole)?;
                (turn, prepared, contended)
            }
            Access::Draft { contended, .. } => (None, None, *contended),
        };
        let cx = Context { contended, prepared: prepared.as_deref(), ..*cx };
        let answer = access.edit(|whole| change.apply(self, &cx, &mut Draft::of(whole, cx.now)))?;
        Ok(write::respond(self, plan, incoming, answer))
    }

    /// The caller's turn to write to the set that a path starts at.
    pub(super) fn turn<'s, W: Clone>(&self, store: &'s Store<W>, tail: &str) -> Option<Turn<'s>> {
        let set = uri::first_set(tail, self.service.schema)?;
        (self.dialect.in_turns)(set).then(|| store.turn(&self.exchange.caller.name))
    }

    fn plan(&self, incoming: &Incoming<'_>, cx: &Context<'_>) -> Result<Plan, Refusal> {
        let accept = incoming.header(ACCEPT);
        if accept == Some("") {
            return Err(Refusal::from(&error::EMPTY_ACCEPT));
        }
        let method = incoming.method()?;
        self.check_path(incoming)?;
        let parsed = uri::parse(incoming.tail, self.service.schema);
        // Whoever may not use a set, and sets that are not there, come before other faults of the path.
        let first = match &parsed {
            Ok(resource) => Cow::Borrowed(address(resource).map_or("", |address| address.start.name)),
            Err(_) => Cow::Owned(uri::first_name(incoming.tail)),
        };
        self.authorise(&first, incoming.tail, method, cx)?;
        incoming.check_version()?;
        if let Some(refusal) = (self.dialect.left_out)(&first) {
            return Err(refusal);
        }
        let resource = parsed?;
        let kind = resource::kind_of(&resource);
        let address = address(&resource);
        let set = address.map(Address::set);
        let query = options::read(&incoming.query, kind, set, self.service.schema, self.dialect.repeated_options)?;
        resource::check_method(kind, method, address, &query.given)?;
        let body = match method {
            Method::Get | Method::Delete => BodyFormat::Json,
            _ => {
                let media = set.is_some_and(|set| set.entity_type.media);
                body::media_type(kind, media, incoming.header(CONTENT_TYPE), incoming.body)?
            }
        };
        let creates = method == Method::Post;
        let chosen = negotiation::choose(kind, creates, query.format.as_deref(), accept)?;
        if let (Some(set), Method::Get) = (set, method) {
            options::check_policy(&query, kind, set, self.dialect)?;
        }
        Ok(Plan { method, kind, resource, query, chosen, body })
    }

    fn check_path(&self, incoming: &Incoming<'_>) -> Result<(), Refusal> {
        if uri::has_broken_escape(incoming.tail) {
            return Err(Refusal::from(&error::URI_SYNTAX));
        }
        let escapes = |path: &str| ["%2F", "%2f", "%5C", "%5c"].iter().any(|escape| path.contains(escape));
        match self.dialect.escaped_slash {
            EscapedSlash::Refused if escapes(incoming.tail) => Err(Refusal::from(&error::ESCAPED_SLASH)),
            _ => Ok(()),
        }
    }

    /// Asks the set that the path starts at, before the rest of the request is looked at.
    fn authorise(&self, first: &str, tail: &str, method: Method, cx: &Context<'_>) -> Result<(), Refusal> {
        let Some(set) = self.service.schema.set(first) else { return Ok(()) };
        let verb = match method {
            Method::Get if tail.contains('(') || tail.contains("%28") => Verb::Read,
            Method::Get => Verb::List,
            Method::Post => Verb::Create,
            Method::Put | Method::Merge => Verb::Update,
            Method::Delete => Verb::Delete,
        };
        self.service.implementation(set)?.authorise(cx, verb)
    }
}

fn address(resource: &Resource) -> Option<&Address> {
    match resource {
        Resource::Data(address) => Some(address),
        _ => None,
    }
}

//! What the requests of one exchange share, of which there are many in a batch: the service, who asks, and the state
//! that they work on.

use ::http::header::ALLOW;

use super::dialect::Dialect;
use super::edm::{Schema, Set};
use super::error::{Error, METHOD_NOT_ALLOWED, OUTCOMES};
use super::format::{Style, error_document, negotiation};
use super::options::{self, Options};
use super::request::Incoming;
use super::root::Root;
use super::set::{Context, EntitySet};
use super::{resource, uri};
use crate::contract::{Exchange, Refusal};
use crate::http::Response;
use crate::store::{Holds, Store, Turn};

/// One exchange with a service.
pub(super) struct Session<'a, S: 'static> {
    /// Path of the service's root, without a slash at its end.
    pub(super) path: &'static str,
    pub(super) schema: &'static Schema,
    pub(super) sets: &'static [&'static dyn EntitySet<S>],
    pub(super) exchange: &'a Exchange<'a>,
    pub(super) dialect: &'a Dialect,
    pub(super) root: &'a Root<'a>,
}

/// The state that a request works on: a view and the store to edit, or the draft of a change set.
pub(super) enum Access<'a, W> {
    Store { store: &'a Store<W>, whole: &'a W },
    Draft { whole: &'a mut W, contended: bool },
}

impl<W> Access<'_, W> {
    pub(super) fn part<S>(&self) -> &S
    where
        W: Holds<S>,
    {
        match self {
            Self::Store { whole, .. } => whole.part(),
            Self::Draft { whole, .. } => whole.part(),
        }
    }
}

impl<S: 'static> Session<'_, S> {
    /// The implementation of a set.
    pub(super) fn implementation(&self, set: &Set) -> Result<&'static dyn EntitySet<S>, Refusal> {
        let found = self.sets.iter().find(|implementation| std::ptr::eq(implementation.set(), set));
        found.copied().ok_or_else(|| Refusal::from(Error::UnknownSet { name: set.name.to_owned() }))
    }

    /// What a set is told of a request.
    pub(super) fn context<'c>(&'c self, options: &'c Options, contended: bool) -> Context<'c> {
        Context {
            caller: self.exchange.caller,
            now: self.exchange.now,
            root: self.root,
            options,
            dialect: self.dialect,
            contended,
        }
    }

    /// The caller's turn to write to the set that a path starts at.
    pub(super) fn turn<'s, W: Clone>(&self, store: &'s Store<W>, tail: &str) -> Option<Turn<'s>> {
        let set = uri::first_set(tail, self.schema)?;
        (self.dialect.in_turns)(set).then(|| store.turn(&self.exchange.caller.name))
    }

    /// The error document for a refused request.
    pub(super) fn refusal(&self, incoming: &Incoming<'_>, refusal: &Refusal) -> Response {
        let format = negotiation::error_format(options::format(&incoming.query), incoming.accept());
        // A service has its own texts in English, whatever a client speaks.
        let is_own = !OUTCOMES.contains(&refusal.outcome);
        let language = if is_own { "en" } else { incoming.language() };
        let response = error_document(refusal, &Style { format, dialect: self.dialect, language });
        if refusal.outcome.status != METHOD_NOT_ALLOWED.status {
            return response;
        }
        match uri::parse(incoming.tail, self.schema) {
            Ok(resource) => response.with(ALLOW, resource::kind_of(&resource).allow()),
            Err(_) => response,
        }
    }
}

//! One request through the protocol ([MS-ODATA] section 3.2.5): check, dispatch to the entity set, render in the
//! negotiated format.

use bytes::Bytes;

use super::dialect::Dialect;
use super::edm::Schema;
use super::plan::Plan;
use super::request::{Incoming, Method};
use super::resource::Kind;
use super::root::Root;
use super::session::{Access, Session};
use super::set::EntitySet;
use super::{batch, read, write};
use crate::contract::{Exchange, Refusal};
use crate::http::Response;
use crate::store::{Holds, Store};

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
        self.respond(whole.part(), exchange, |session, incoming| {
            let answer = run(session, incoming, &mut Access::Store { store, whole: &whole });
            answer.unwrap_or_else(|refusal| session.refusal(incoming, &refusal))
        })
    }

    /// Answers with a refusal, in the format that the request asks for.
    pub fn refuse(&self, state: &S, exchange: &Exchange<'_>, refusal: &Refusal) -> Response {
        self.respond(state, exchange, |session, incoming| session.refusal(incoming, refusal))
    }

    fn respond(
        &self,
        state: &S,
        exchange: &Exchange<'_>,
        answer: impl FnOnce(&Session<'_, S>, &Incoming<'_>) -> Response,
    ) -> Response {
        let dialect = (self.dialect)(state);
        let root = Root::new(&exchange.request.origin, self.root);
        let incoming = Incoming::below(self.root, exchange.request);
        let session =
            Session { path: self.root, schema: self.schema, sets: self.sets, exchange, dialect: &dialect, root: &root };
        let mut response = answer(&session, &incoming);
        if incoming.is_head() {
            response.body = Bytes::new();
        }
        response
    }
}

/// Answers one request, or refuses it.
fn run<S: 'static, W: Holds<S>>(
    session: &Session<'_, S>,
    incoming: &Incoming<'_>,
    access: &mut Access<'_, W>,
) -> Result<Response, Refusal> {
    let plan = Plan::of(session, incoming)?;
    match (plan.method, plan.kind) {
        (_, Kind::Batch) => match access {
            Access::Store { store, .. } => batch::respond(session, incoming, store, run),
            Access::Draft { .. } => Err(batch::nested()),
        },
        (Method::Get, _) => read::respond(session, &plan, access.part()),
        _ => write::respond(session, &plan, incoming, access),
    }
}

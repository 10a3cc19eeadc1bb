//! One request through the protocol: parse, dispatch to the entity set, render in the negotiated format.

use super::edm::Schema;
use super::{Dialect, EntitySet};
use crate::contract::Exchange;
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
    pub fn answer<W: Holds<S>>(&self, _store: &Store<W>, _exchange: &Exchange<'_>) -> Response {
        todo!()
    }
}

//! SAP API Management (classic API portal): certificate stores and what refers to them.

mod state;

use crate::contract::{Exchange, Operation, Outcome};
use crate::http::Response;
use crate::store::{Holds, Store};

pub use state::State;

/// The emulated operations.
pub const OPERATIONS: &[Operation] = &[];

/// Every row of the catalogue.
pub const OUTCOMES: &[&Outcome] = &[];

/// Answers a request below one of this API's roots.
pub fn answer<W: Holds<State>>(_store: &Store<W>, _exchange: &Exchange<'_>) -> Response {
    todo!()
}

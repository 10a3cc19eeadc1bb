//! The protocol as a whole: small services, and what they answer.

#![cfg(test)]

mod bookshelf;
mod olingo;
mod portal;
mod properties;
mod protocol;

use std::collections::BTreeMap;

use super::Service;
use crate::contract::{Caller, Exchange, Meaning};
use crate::effects::{Nobody, Timestamp};
use crate::http::{Request, Response};
use crate::store::{Holds, Store};

/// What a service answers anybody on 15 January 2026.
fn answer<S: 'static, W: Holds<S>>(service: &Service<S>, store: &Store<W>, request: &Request) -> Response {
    let exchange = Exchange {
        request,
        meaning: &Meaning::nothing(),
        world: "default",
        caller: &Caller::anonymous(),
        now: Timestamp(1_768_464_000_000),
        failing: &BTreeMap::new(),
        outside: &Nobody,
        inside: None,
    };
    service.answer(store, &exchange)
}

//! Requests that travel inside another one: each is recognised, struck by faults and recorded as if it travelled alone.

use std::cell::RefCell;

use super::{exchange, fault};
use crate::contract::{Caller, Inside, Part};
use crate::effects::Timestamp;
use crate::http::{Request, Response};
use crate::state::Api;
use crate::worlds::{self, World};

/// What the requests inside one exchange share with it, and what became of them so far.
pub struct Requests<'a> {
    pub world: &'a World,
    pub api: &'static Api,
    pub caller: &'a Caller,
    pub now: Timestamp,
    pub answered: RefCell<Vec<worlds::Exchange>>,
}

impl Inside for Requests<'_> {
    fn arrive(&self, request: Request) -> Part {
        let view = self.world.store.view();
        let meaning = self.api.recognise(&view, &request);
        // A request inside another has no connection of its own that could be slow or break.
        let struck = fault::strike_if(self.world, &view, self.api, &request, &meaning, |fault| fault.respond.is_some());
        let alone = exchange(self.world, &request, &meaning, self.caller, self.now);
        let struck = struck.and_then(|struck| struck.respond(self.api, &view, &alone));
        Part { request, meaning, struck }
    }

    fn leave(&self, part: Part, response: Option<&Response>) {
        self.answered.borrow_mut().push(worlds::Exchange {
            world: self.world.name.clone(),
            at: self.now,
            micros: None,
            operation: part.meaning.row(),
            asked: part.request.into(),
            answered: response.map(Into::into),
        });
    }
}

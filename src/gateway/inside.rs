//! Requests that travel inside another one: each is recognised, and struck by faults, as if it travelled alone.

use super::{exchange, fault};
use crate::contract::{Caller, Inside, Part};
use crate::effects::Timestamp;
use crate::http::{Request, Response};
use crate::state::Api;
use crate::worlds::World;

/// What the requests inside one exchange share with it.
pub struct Requests<'a> {
    pub world: &'a World,
    pub api: &'static Api,
    pub caller: &'a Caller,
    pub now: Timestamp,
}

impl Inside for Requests<'_> {
    fn arrive(&self, request: Request) -> Part {
        let view = self.world.store.view();
        let meaning = self.api.recognise(&view, &request);
        // A request inside another has no connection of its own that could be slow or break.
        let struck = fault::strike_if(self.world, &view, self.api, &request, &meaning, |fault| fault.respond.is_some());
        let struck = struck
            .and_then(|struck| struck.respond(self.api, &view, &exchange(&request, &meaning, self.caller, self.now)));
        Part { request, meaning, struck }
    }

    fn leave(&self, _part: Part, _response: Option<&Response>) {}
}

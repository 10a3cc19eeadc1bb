//! What an API is given of one request besides the state.

use std::collections::BTreeMap;

use super::{Caller, Meaning};
use crate::effects::{Outside, Timestamp};
use crate::http::{Request, Response};

/// One request on its way through an API: recognised once, and all that was found out about it.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    /// The request.
    pub request: &'a Request,
    /// The operation that it means, with the values in its path.
    pub meaning: &'a Meaning,
    /// The name of the world that it is for.
    pub world: &'a str,
    /// Who sent it. For an API that authenticates by itself: [`Caller::anonymous`].
    pub caller: &'a Caller,
    /// The world's time on arrival.
    pub now: Timestamp,
    /// Targets of a deployment that a fault makes fail, each with the message that the answer has for it.
    pub failing: &'a BTreeMap<String, String>,
    /// Who fetches what other servers have.
    pub outside: &'a dyn Outside,
    /// Who recognises and records the requests that travel inside this one; none inside one that is itself inside another.
    pub inside: Option<&'a dyn Inside>,
}

/// The way of a request that travels inside another: it is recognised as the outer one is, and may be struck by a fault.
pub trait Inside {
    /// Takes a request in.
    fn arrive(&self, request: Request) -> Part;

    /// Records its answer; none where it is undone, since another one of its change set was refused.
    fn leave(&self, part: Part, response: Option<&Response>);
}

/// A request inside another one.
#[derive(Debug)]
pub struct Part {
    /// The request, as if it travelled alone.
    pub request: Request,
    /// What it means.
    pub meaning: Meaning,
    /// What a fault answers in place of the system.
    pub struck: Option<Response>,
}

//! The emulated surface: one request through a list of steps that can be read top to bottom.

mod authentication;
mod csrf;
mod diagnosis;
mod fault;
mod inside;

use std::collections::BTreeMap;

use ::http::StatusCode;
use ::http::header::DATE;

use crate::contract::{Caller, Exchange, Meaning, Operation};
use crate::control;
use crate::effects::{Clock, Mode, Nobody, Timestamp, wall_clock};
use crate::http::{Request, Response};
use crate::state::{APIS, Api, State};
use crate::worlds::{World, Worlds};
use inside::Requests;

pub use diagnosis::{HEADER as DIAGNOSIS_HEADER, attach as with_diagnosis};

/// Most bytes of a body that is read at all; APIs have their own, documented limits below it.
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// How much of a request's body there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Whole,
    /// Nothing: it is longer than [`BODY_LIMIT`] and was not read.
    TooLong,
}

/// What became of a request.
#[derive(Debug)]
pub struct Answered {
    /// The operation that it meant, if any.
    pub operation: Option<&'static Operation>,
    /// The answer.
    pub response: Response,
}

impl From<Response> for Answered {
    fn from(response: Response) -> Self {
        Self { operation: None, response }
    }
}

/// Answers a request: the whole of certmimic, but for sockets.
pub fn answer(worlds: &Worlds, request: &Request) -> Response {
    handle(worlds, request, Body::Whole).response
}

/// The same, of a request whose body may not have been read; and what it meant.
pub fn handle(worlds: &Worlds, request: &Request, body: Body) -> Answered {
    let body = if request.body.len() > BODY_LIMIT { Body::TooLong } else { body };
    if request.path.starts_with(control::ROOT) {
        return match body {
            Body::Whole => control::answer(worlds, request).into(),
            Body::TooLong => control::too_large(BODY_LIMIT).into(),
        };
    }
    let world = worlds.default_world();
    let view = world.store.view();
    let now = arrival(world, view.clock);
    let answered = match api_of(&request.path) {
        None => nowhere(world, request, body).into(),
        Some(api) => below(api, world, &view, request, body, now),
    };
    Answered { response: dated(view.clock, diagnosis::attach(answered.response), now), ..answered }
}

/// The answer of an API below whose root a request was sent.
fn below(api: &'static Api, world: &World, view: &State, request: &Request, body: Body, now: Timestamp) -> Answered {
    let meaning = api.recognise(view, request);
    let response = match body {
        Body::Whole => emulated(api, world, view, request, &meaning, now),
        Body::TooLong => {
            let caller = Caller::anonymous();
            let exchange = exchange(request, &meaning, &caller, now);
            (api.refuse)(view, &exchange, &(api.body_too_large)(BODY_LIMIT))
        }
    };
    Answered { operation: meaning.row(), response }
}

/// From authentication to the API's answer. A fault strikes callers that were let in: what it does is done to the system, not
/// to what stands in front of it.
fn emulated(
    api: &'static Api,
    world: &World,
    view: &State,
    request: &Request,
    meaning: &Meaning,
    now: Timestamp,
) -> Response {
    let caller = match authentication::caller(api, view, request, now) {
        Ok(caller) => caller,
        Err(rejected) => return rejected,
    };
    let policy = (api.csrf)(view);
    if let Err(refused) = csrf::check(policy, view, request, &caller) {
        return refused;
    }
    let struck = fault::strike(world, view, api, request, meaning);
    let requests = Requests { world, api, caller: &caller, now };
    let exchange = exchange(request, meaning, &caller, now);
    let mut exchange = Exchange { inside: Some(&requests), outside: &*world.outside, ..exchange };
    if let Some(struck) = &struck {
        exchange.failing = struck.failing();
    }
    let instead = struck.as_ref().and_then(|struck| struck.answer(api, view, &exchange));
    let response = instead
        .unwrap_or_else(|| diagnosis::explain_unknown(api, request, meaning, (api.answer)(&world.store, &exchange)));
    let response = csrf::offer(world, request, policy, response);
    match struck {
        Some(struck) => struck.deliver(response),
        None => response,
    }
}

/// An exchange that no fault does anything to, that others travel inside of unnoticed, and that fetches nothing.
const fn exchange<'a>(request: &'a Request, meaning: &'a Meaning, caller: &'a Caller, now: Timestamp) -> Exchange<'a> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    Exchange { request, meaning, caller, now, failing: &NONE, outside: &Nobody, inside: None }
}

/// The answer where no API is. A host hands out tokens at its root, too, and a client that fetches one there takes any
/// other status for a failure (assumed; the client is contiva/sap-integration-suite-client, `sap-client.ts`).
fn nowhere(world: &World, request: &Request, body: Body) -> Response {
    let response = match body {
        Body::TooLong => return Response::empty(StatusCode::PAYLOAD_TOO_LARGE).because(diagnosis::too_large(request)),
        Body::Whole if request.path == "/" && csrf::fetches(request) => Response::empty(StatusCode::OK),
        Body::Whole => diagnosis::nowhere(request),
    };
    csrf::offer(world, request, None, response)
}

/// The world's time for one request; a stepping clock moves on.
fn arrival(world: &World, clock: Clock) -> Timestamp {
    let wall = wall_clock();
    if !clock.steps() {
        return clock.now(wall);
    }
    world.store.change(|state| {
        let now = state.clock.now(wall);
        state.clock.step();
        now
    })
}

/// The API that answers below a path.
pub fn api_of(path: &str) -> Option<&'static Api> {
    let below =
        |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ';']));
    APIS.iter().find(|api| api.roots.iter().any(|root| below(root)))
}

/// With the world's time in the `Date` header where it is not the server's.
fn dated(clock: Clock, response: Response, now: Timestamp) -> Response {
    if clock.mode == (Mode::Running { offset: 0 }) {
        return response;
    }
    response.with(DATE, now.http_date())
}

//! The emulated surface: one request through a list of steps that can be read top to bottom.

mod authentication;
mod csrf;
mod diagnosis;
mod fault;
mod inside;
mod lint;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::http::StatusCode;
use ::http::header::DATE;

use crate::contract::{Caller, Exchange, Meaning, Operation};
use crate::control::{self, Following};
use crate::effects::{Clock, Mode, Nobody, Timestamp, wall_clock};
use crate::http::{Request, Response};
use crate::state::{Api, State};
use crate::worlds::{self, World, Worlds};
use inside::Requests;

pub use csrf::fetches as fetches_token;
pub use diagnosis::{HEADER as DIAGNOSIS_HEADER, OWN as OWN_DIAGNOSES};
pub use lint::{HEADER as LINT_HEADER, RULES as LINT_RULES, Rule as LintRule};
pub use world::{
    HEADER as WORLD_HEADER, PREFIX as WORLD_PREFIX, is_prefix as is_world, without_prefix as without_world,
};

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
    /// Where it is to be recorded; control calls are not.
    journal: Option<Recording>,
}

/// What a record says beside the request and its answer.
#[derive(Debug)]
struct Recording {
    world: Arc<World>,
    at: Timestamp,
    inside: Vec<worlds::Exchange>,
}

impl From<Response> for Answered {
    fn from(response: Response) -> Self {
        Self { operation: None, response, journal: None }
    }
}

impl Answered {
    /// Writes the exchange into its world's journal. `micros` is how long the answer took.
    pub fn record(self, request: Request, micros: u64) -> Response {
        let Self { operation, response, journal } = self;
        if let Some(Recording { world, at, inside }) = journal {
            let exchange = worlds::Exchange {
                world: world.name.clone(),
                at,
                micros: Some(micros),
                operation,
                asked: request.into(),
                answered: Some((&response).into()),
            };
            world.journal.record(exchange, inside);
        }
        response
    }
}

/// Answers a request and records it: the whole of certmimic, but for sockets.
pub fn answer(worlds: &Worlds, request: &Request) -> Response {
    let mut request = request.clone();
    let answered = handle(worlds, &mut request, Body::Whole);
    answered.record(request, 0)
}

/// A response with its diagnosis in its headers.
pub fn with_diagnosis(mut response: Response) -> Response {
    diagnosis::attach(&mut response);
    response
}

/// True if a request is for the control API, in whatever world.
pub fn is_control(path: &str) -> bool {
    world::without_prefix(path).starts_with(control::ROOT)
}

/// What a request follows, if its answer does not end; or the answer to one that cannot.
pub fn follow(worlds: &Worlds, request: &Request) -> Option<Result<Following, Response>> {
    // Most calls do not: no world is made for the look.
    if !control::may_follow(world::without_prefix(&request.path)) {
        return None;
    }
    let mut request = request.clone();
    match world::choose(worlds, &mut request, wall_clock()) {
        Ok(world) => control::follow(&world, &request),
        Err(error) => Some(Err(control::no_world(&error))),
    }
}

/// Answers a request whose body may not have been read. A world's prefix is taken out of its path.
pub fn handle(worlds: &Worlds, request: &mut Request, body: Body) -> Answered {
    let body = if request.body.len() > BODY_LIMIT { Body::TooLong } else { body };
    let wall = wall_clock();
    let world = match world::choose(worlds, request, wall) {
        Ok(world) => world,
        Err(error) => return with_diagnosis(control::no_world(&error)).into(),
    };
    if request.path.starts_with(control::ROOT) {
        return match body {
            Body::Whole => control::answer(worlds, &world, request, wall).into(),
            Body::TooLong => control::too_large(BODY_LIMIT).into(),
        };
    }
    let view = world.store.view();
    let now = arrival(&world, view.clock, wall);
    let (operation, mut response, inside) = match Api::of_path(&request.path) {
        None => (None, nowhere(&world, request, body), Vec::new()),
        Some(api) => below(api, &world, &view, request, body, now),
    };
    diagnosis::attach(&mut response);
    date(&mut response, view.clock, now);
    Answered { operation, response, journal: Some(Recording { world, at: now, inside }) }
}

/// The answer of an API below whose root a request was sent; what the request meant, and the exchanges inside it.
fn below(
    api: &'static Api,
    world: &World,
    view: &State,
    request: &Request,
    body: Body,
    now: Timestamp,
) -> (Option<&'static Operation>, Response, Vec<worlds::Exchange>) {
    let meaning = api.recognise(view, request);
    let (response, inside) = match body {
        Body::Whole => emulated(api, world, view, request, &meaning, now),
        Body::TooLong => {
            let caller = Caller::anonymous();
            let exchange = exchange(world, request, &meaning, &caller, now);
            ((api.refuse)(view, &exchange, &(api.body_too_large)(BODY_LIMIT)), Vec::new())
        }
    };
    (meaning.row(), response, inside)
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
) -> (Response, Vec<worlds::Exchange>) {
    let caller = match authentication::caller(api, world, view, request, now) {
        Ok(caller) => caller,
        Err(rejected) => return (rejected, Vec::new()),
    };
    let policy = (api.csrf)(view);
    if let Err(refused) = csrf::check(policy, world, view, request, &caller) {
        return (refused, Vec::new());
    }
    let found = lint::findings(&lint::Subject { api, state: view, request, meaning, caller: &caller, policy });
    if let Some(mut refused) = lint::refuse(view, &found, control::linted) {
        lint::note(&mut refused, &found);
        return (refused, Vec::new());
    }
    let struck = fault::strike(world, view, api, request, meaning);
    let requests = Requests { world, api, caller: &caller, now, answered: Vec::new().into() };
    let exchange = exchange(world, request, meaning, &caller, now);
    let mut exchange = Exchange { inside: Some(&requests), outside: &*world.outside, ..exchange };
    if let Some(struck) = &struck {
        exchange.failing = struck.failing();
    }
    let instead = struck.as_ref().and_then(|struck| struck.answer(api, view, &exchange));
    let mut response = instead.unwrap_or_else(|| {
        let mut response = (api.answer)(&world.store, &exchange);
        diagnosis::explain_unknown(api, request, meaning, &mut response);
        response
    });
    csrf::offer(world, request, policy, &mut response);
    if let Some(struck) = struck {
        struck.deliver(&mut response);
    }
    lint::note(&mut response, &found);
    (response, requests.answered.into_inner())
}

/// An exchange that no fault does anything to, that others travel inside of unnoticed, and that fetches nothing.
fn exchange<'a>(
    world: &'a World,
    request: &'a Request,
    meaning: &'a Meaning,
    caller: &'a Caller,
    now: Timestamp,
) -> Exchange<'a> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    let world = world.name.as_str();
    Exchange { request, meaning, world, caller, now, failing: &NONE, outside: &Nobody, inside: None }
}

/// The answer where no API is. A host hands out tokens at its root, too, and a client that fetches one there takes any
/// other status for a failure (assumed; the client is contiva/sap-integration-suite-client, `sap-client.ts`).
fn nowhere(world: &World, request: &Request, body: Body) -> Response {
    let mut response = match body {
        Body::TooLong => return Response::empty(StatusCode::PAYLOAD_TOO_LARGE).because(diagnosis::too_large(request)),
        Body::Whole if request.path == "/" && csrf::fetches(request) => Response::empty(StatusCode::OK),
        Body::Whole => diagnosis::nowhere(request),
    };
    csrf::offer(world, request, None, &mut response);
    response
}

/// The world's time for one request; a stepping clock moves on.
fn arrival(world: &World, clock: Clock, wall: Timestamp) -> Timestamp {
    if !clock.steps() {
        return clock.now(wall);
    }
    world.store.change(|state| {
        let now = state.clock.now(wall);
        state.clock.step();
        now
    })
}

/// Puts the world's time into the `Date` header where it is not the server's.
fn date(response: &mut Response, clock: Clock, now: Timestamp) {
    if clock.mode != (Mode::Running { offset: 0 }) {
        response.add(DATE, now.http_date());
    }
}

//! The emulated surface: one request through a list of steps that can be read top to bottom.

mod authentication;
mod csrf;
mod diagnosis;
mod fault;

use ::http::header::DATE;
use ::http::{Method, StatusCode};

use crate::contract::{Caller, Calm, Exchange, Injection, Operation, recognise};
use crate::control;
use crate::effects::{Clock, Mode, Timestamp, wall_clock};
use crate::http::{Request, Response};
use crate::odata;
use crate::state::{APIS, Api, Authentication, State};
use crate::worlds::{World, Worlds};

pub use diagnosis::{HEADER as DIAGNOSIS_HEADER, attach as with_diagnosis};

/// Most bytes of a body that is read at all; APIs have their own, documented limits below it.
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Answers a request: the whole of certmimic, but for sockets.
pub fn answer(worlds: &Worlds, request: &Request) -> Response {
    if request.path.starts_with(control::ROOT) {
        return control::answer(worlds, request);
    }
    let world = worlds.default_world();
    let view = world.store.view();
    let now = arrival(world, view.clock);
    let too_large = request.body.len() > BODY_LIMIT;
    let response = if too_large { unread(&view, request, now) } else { emulated(world, &view, request, now) };
    let response = diagnosis::attach(response);
    dated(view.clock, response, now)
}

/// Answers a request whose body is over [`BODY_LIMIT`] and was not read.
pub fn too_large(worlds: &Worlds, request: &Request) -> Response {
    if request.path.starts_with(control::ROOT) {
        return control::too_large(BODY_LIMIT);
    }
    let world = worlds.default_world();
    let view = world.store.view();
    let now = arrival(world, view.clock);
    let response = diagnosis::attach(unread(&view, request, now));
    dated(view.clock, response, now)
}

/// The refusal of a body that is too large, as the API below whose root it was sent tells it.
fn unread(view: &State, request: &Request, now: Timestamp) -> Response {
    let Some(api) = api_of(&request.path) else {
        return Response::empty(StatusCode::PAYLOAD_TOO_LARGE).because(diagnosis::too_large(request));
    };
    let limit = BODY_LIMIT.to_string();
    let values = [("limit", limit.as_str())];
    let injection =
        Injection { outcome: api.body_too_large, values: &values, retry_after: None, validation_errors: &[] };
    let exchange = Exchange { request, caller: &Caller::anonymous(), now, interference: &Calm };
    (api.refuse)(view, &exchange, &injection)
}

/// The operation that a request means, for logs and the journal.
pub fn operation(request: &Request) -> Option<&'static Operation> {
    let api = api_of(&request.path)?;
    let method = match request.method {
        Method::HEAD => "GET",
        Method::POST if api.authentication == Authentication::TokenService => odata::tunnelled(request),
        _ => request.method.as_str(),
    };
    recognise(api.operations, method, &request.path, &request.query)
}

/// From authentication to the API's answer. A fault strikes callers that were let in: what it does is the system's doing,
/// not the doorkeeper's.
fn emulated(world: &World, view: &State, request: &Request, now: Timestamp) -> Response {
    let Some(api) = api_of(&request.path) else {
        return csrf::offer(world, request, None, outside(request));
    };
    let caller = match authentication::caller(api, view, request, now) {
        Ok(caller) => caller,
        Err(rejected) => return rejected,
    };
    let policy = (api.csrf)(view);
    if let Err(refused) = csrf::check(policy, view, request, &caller) {
        return refused;
    }
    let struck = fault::strike(world, view, api, request);
    let meddling = fault::Meddling { world, api, caller: &caller, now, struck: struck.as_ref() };
    let exchange = Exchange { request, caller: &caller, now, interference: &meddling };
    let injected = struck.as_ref().and_then(|struck| struck.answer(api, view, &exchange));
    let response =
        injected.unwrap_or_else(|| diagnosis::explain_unknown(api, request, (api.answer)(&world.store, &exchange)));
    let response = csrf::offer(world, request, policy, response);
    match struck {
        Some(struck) => struck.deliver(response),
        None => response,
    }
}

/// The answer where no API is. A host hands out tokens at its root, too, and a client that fetches one there takes any
/// other status for a failure (assumed; the client is contiva/sap-integration-suite-client, `sap-client.ts`).
fn outside(request: &Request) -> Response {
    if request.path == "/" && csrf::fetches(request) {
        return Response::empty(StatusCode::OK);
    }
    diagnosis::nowhere(request)
}

/// The world's time for one request; a stepping clock moves on.
fn arrival(world: &World, clock: Clock) -> Timestamp {
    let wall = wall_clock();
    if !clock.steps() {
        return clock.now(wall);
    }
    let stepped: Result<Timestamp, std::convert::Infallible> = world.store.edit(|state| {
        let now = state.clock.now(wall);
        state.clock.step();
        Ok(now)
    });
    stepped.unwrap_or_else(|never| match never {})
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

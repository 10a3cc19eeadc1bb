//! The operator's surface, below `/_certmimic/`: JSON over HTTP, for test suites that steer the world they test in.
//!
//! `calls.rs` is its table of contents. Every call is about one world: that of its path prefix, header, host or client.

mod bodies;
mod call;
mod calls;
mod certificates;
mod clock;
mod context;
mod coverage;
mod error;
mod faults;
mod guard;
mod info;
pub mod junit;
mod masking;
mod openapi;
mod requests;
mod snapshots;
mod state;
mod surface;
mod verify;
mod worlds;

use std::sync::{Arc, LazyLock};

use ::http::HeaderName;

use crate::contract::{Found, Meaning, Paths, Protocol, Target};
use crate::effects::Timestamp;
use crate::http::{Diagnosis, Request, Response};
use crate::worlds::{Error as WorldError, World, Worlds};
use call::Call;
use calls::CALLS;
use context::{Context, Query};
use error::Error;

pub use coverage::{Coverage, Covered, OperationCoverage, coverage};
pub use faults::arm_in as arm;
pub use guard::{Guard, Reach};
pub use masking::shown;
pub use requests::Following;
pub use surface::document as surface;
pub use verify::{Expectation, Unverified, verify};

/// Where the surface begins.
pub const ROOT: &str = "/_certmimic";

/// Answers a request below [`ROOT`].
pub fn answer(worlds: &Worlds, world: &Arc<World>, request: &Request, wall: Timestamp) -> Response {
    called(worlds, world, request, wall).unwrap_or_else(|error| error.response())
}

fn called(worlds: &Worlds, world: &Arc<World>, request: &Request, wall: Timestamp) -> Result<Response, Error> {
    let Meaning { found, parameters } = meaning(request);
    let call = match found {
        Found::Row(call) | Found::MissingSlash(call) => call,
        Found::WrongMethod(allowed) => return Err(Error::WrongMethod { allowed }),
        Found::Nothing => return Err(Error::UnknownPath { calls: calls::listed() }),
    };
    let query = Query::of(&request.query, call.query.iter().map(|parameter| parameter.name))?;
    (call.answer)(&Context { worlds, world, request, path: parameters, query, wall })
}

fn meaning(request: &Request) -> Meaning<Call> {
    static PATHS: LazyLock<Paths<Call>> = LazyLock::new(|| Paths::of(CALLS, &[ROOT], Protocol::Rest));
    let target = Target { method: request.method.as_str(), path: &request.path, query: &request.query };
    PATHS.recognise(target)
}

/// False for a path that is certainly not that of [`follow`].
pub fn may_follow(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/stream")
}

/// What an event source has seen last (HTML standard, section 9.2).
static LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// For the one call whose answer does not end, what it follows; nothing for every other.
pub fn follow(world: &Arc<World>, request: &Request) -> Option<Result<Following, Response>> {
    let call = meaning(request).row().filter(|call| call.follows)?;
    let query = Query::of(&request.query, call.query.iter().map(|parameter| parameter.name));
    let last_event = request.header(&LAST_EVENT_ID);
    let following = query.and_then(|query| Following::of(world, &query, last_event));
    Some(following.map_err(|error| error.response()))
}

/// The answer to a request whose world cannot be had.
pub fn no_world(error: &WorldError) -> Response {
    Error::World(error.clone()).response()
}

/// The answer to a request that lint refuses: certmimic's own, since no system says so in its place.
pub fn linted(found: &Diagnosis) -> Response {
    Error::Linted { sentence: found.line.clone() }.response().because(found.clone())
}

/// Answers a request whose body is over the limit and was not read.
pub fn too_large(limit: usize) -> Response {
    Error::TooLarge { limit }.response()
}

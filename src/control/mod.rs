//! The operator's surface, below `/_certmimic/`: JSON over HTTP, for test suites that steer the world they test in.

mod clock;
mod error;
mod faults;
mod state;

use ::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::{Request, Response, target};
use crate::scenario::{Source, built_in, load};
use crate::worlds::{World, Worlds};
use error::Error;

/// Where the surface begins.
pub const ROOT: &str = "/_certmimic";

/// One call.
struct Call {
    method: Method,
    /// Below [`ROOT`].
    path: &'static str,
    does: &'static str,
    answer: fn(&World, &Request) -> Result<Response, Error>,
}

impl Call {
    /// True if a path is this call's, whose last segment may be a name.
    fn is_at(&self, path: &str) -> bool {
        match self.path.split_once("{id}") {
            None => self.path == path,
            Some((before, _)) => path.strip_prefix(before).is_some_and(|id| !id.is_empty() && !id.contains('/')),
        }
    }
}

const CALLS: &[Call] = &[
    Call { method: Method::GET, path: "/health", does: "tells that the server is ready", answer: health },
    Call {
        method: Method::POST,
        path: "/reset",
        does: "puts the world back to its scenario; with ?scenario=NAME to a built-in one",
        answer: reset,
    },
    Call {
        method: Method::GET,
        path: "/state",
        does: "exports the world as a scenario, in JSON, or in YAML if Accept asks for it",
        answer: state::export,
    },
    Call {
        method: Method::PUT,
        path: "/state",
        does: "replaces the world by a scenario in JSON or YAML",
        answer: state::replace,
    },
    Call { method: Method::GET, path: "/clock", does: "reads the world's clock", answer: clock::read },
    Call {
        method: Method::PUT,
        path: "/clock",
        does: "sets the clock: {\"now\": DATE or SPAN, \"mode\": \"running\", \"frozen\" or \"stepping\", \"step\": SPAN}",
        answer: clock::set,
    },
    Call {
        method: Method::POST,
        path: "/clock/advance",
        does: "moves the clock: {\"by\": \"90d\"}, or back: {\"by\": \"-90d\"}",
        answer: clock::advance,
    },
    Call {
        method: Method::GET,
        path: "/faults",
        does: "lists the armed faults and how often they struck",
        answer: faults::list,
    },
    Call {
        method: Method::POST,
        path: "/faults",
        does: "arms a fault, or a list of them, as scenarios write them",
        answer: faults::arm,
    },
    Call { method: Method::DELETE, path: "/faults", does: "disarms all faults", answer: faults::disarm_all },
    Call { method: Method::DELETE, path: "/faults/{id}", does: "disarms one fault", answer: faults::disarm },
];

/// Answers a request below [`ROOT`].
pub fn answer(worlds: &Worlds, request: &Request) -> Response {
    let result = call(request).and_then(|call| (call.answer)(worlds.default_world(), request));
    result.unwrap_or_else(|error| error.response())
}

/// Answers a request whose body is over the limit and was not read.
pub fn too_large(limit: usize) -> Response {
    Error::TooLarge { limit }.response()
}

fn call(request: &Request) -> Result<&'static Call, Error> {
    let path = request.path.strip_prefix(ROOT).unwrap_or_default().trim_end_matches('/');
    let method = if request.method == Method::HEAD { &Method::GET } else { &request.method };
    let here: Vec<&Call> = CALLS.iter().filter(|call| call.is_at(path)).collect();
    match here.iter().find(|call| call.method == *method) {
        Some(call) => Ok(call),
        None if here.is_empty() => Err(Error::UnknownPath),
        None => Err(Error::WrongMethod { allowed: here.iter().map(|call| call.method.as_str()).collect() }),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
fn health(world: &World, _request: &Request) -> Result<Response, Error> {
    let version = env!("CARGO_PKG_VERSION");
    Ok(json_response(&json!({"status": "ready", "version": version, "scenario": world.origin().name})))
}

fn reset(world: &World, request: &Request) -> Result<Response, Error> {
    let query = target::query(&request.query).unwrap_or_default();
    match query.iter().find(|(name, _)| name == "scenario") {
        None => world.reset(),
        Some((_, name)) => {
            let known = built_in(name).ok_or_else(|| Error::UnknownScenario { name: name.to_string() })?;
            let scenario = load(&[Source::BuiltIn(known.name.to_owned())]).map_err(Error::Refused)?;
            world.reset_to(scenario);
        }
    }
    Ok(json_response(&json!({"scenario": world.origin().name})))
}

fn json_response(value: &Value) -> Response {
    Response::new(StatusCode::OK, "application/json", format!("{value:#}\n"))
}

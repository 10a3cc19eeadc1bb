//! The operator's surface, below `/_certmimic/`: JSON over HTTP, for test suites that steer the world they test in.

mod clock;
mod error;
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
];

/// Answers a request below [`ROOT`].
pub fn answer(worlds: &Worlds, request: &Request) -> Response {
    let result = call(request).and_then(|call| (call.answer)(&worlds.default_world(), request));
    result.unwrap_or_else(|error| error.response())
}

fn call(request: &Request) -> Result<&'static Call, Error> {
    let path = request.path.strip_prefix(ROOT).unwrap_or_default().trim_end_matches('/');
    let method = if request.method == Method::HEAD { &Method::GET } else { &request.method };
    let here: Vec<&Call> = CALLS.iter().filter(|call| call.path == path).collect();
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

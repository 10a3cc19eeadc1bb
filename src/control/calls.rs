//! The calls of the control API: one table, which requests are matched against, the description is made of and errors list.

use serde_json::{Value, json};

use super::call::{Body, Call, Parameter, parameter};
use super::context::{Context, json_response};
use super::error::Error;
use super::{bodies, certificates, clock, coverage, faults, info, openapi, requests, snapshots, state, verify, worlds};
use crate::http::Response;

const JSON: &[&str] = &["application/json"];
const JSON_OR_YAML: &[&str] = &["application/json", "application/yaml"];

/// A call that has no query and no body, and answers in JSON with 200: what most are, but for what they say otherwise.
const PLAIN: Call = Call {
    method: "GET",
    path: "",
    does: "",
    query: &[],
    body: None,
    success: 200,
    answers: JSON,
    follows: false,
    answer: |_| Err(Error::BadQuery),
};

macro_rules! call {
    ($method:literal $path:literal, $does:literal, $answer:path $(, $field:ident: $value:expr)* $(,)?) => {
        Call { method: $method, path: concat!("/_certmimic", $path), does: $does, answer: $answer, $($field: $value,)* ..PLAIN }
    };
}

/// Filters of the journal.
const FILTERS: &[Parameter] = &[
    parameter("operation", "identifier of the operation; * stands for any characters"),
    parameter("system", "name or short name of a system: sap_api_management, ci, apinizer, …"),
    parameter("method", "HTTP method"),
    parameter("path", "path; * stands for any characters but slashes, ** for any"),
    parameter("status", "status, or its first digit: 404, 4xx"),
    parameter("outcome", "identifier of the outcome, or success"),
    parameter("refused", "only what was refused"),
    parameter("since", "number of a record: only later ones; or a date of the world's clock: from then on"),
    parameter("limit", "how many at most; of more, the newest"),
    parameter("brief", "JSON without headers and bodies"),
    parameter("format", "json or text, and of what is there already har or pact; whatever Accept says"),
    parameter("consumer", "name of who asked, for a Pact file"),
];

pub(super) static CALLS: &[Call] = &[
    call!("GET" "/health", "tells that the server is ready, and how many requests met a defect in certmimic", health),
    call!("GET" "/info", "tells the world's scenario and modes, and the addresses and credentials of its systems", info::answer),
    call!("POST" "/reset", "puts the world back to its scenario, with its clock, its faults and an empty journal", state::reset,
        query: &[parameter("scenario", "name of a built-in scenario that the world goes to, and back to from now on")]),
    call!("GET" "/state", "exports the world as a scenario", state::export, answers: JSON_OR_YAML),
    call!("PUT" "/state", "replaces the state of the world by a scenario; reset still goes back to its own", state::replace,
        body: Some(Body { media_types: JSON_OR_YAML, schema: bodies::scenario })),
    call!("GET" "/worlds", "lists the worlds", worlds::list),
    call!("POST" "/worlds", "makes a world: a fork of the scenario, of another world as it is now, or of a snapshot", worlds::fork,
        body: Some(Body { media_types: JSON, schema: bodies::fork }), success: 201),
    call!("DELETE" "/worlds", "drops all worlds but the default one", worlds::drop_all),
    call!("GET" "/worlds/{name}", "tells about a world", worlds::read),
    call!("DELETE" "/worlds/{name}", "drops a world", worlds::drop_one),
    call!("GET" "/snapshots", "lists the snapshots of the world", snapshots::list),
    call!("GET" "/snapshots/{name}", "exports a snapshot as a scenario", snapshots::export, answers: JSON_OR_YAML),
    call!("PUT" "/snapshots/{name}", "keeps the world as it is now under a name", snapshots::keep, success: 201),
    call!("DELETE" "/snapshots/{name}", "drops a snapshot", snapshots::forget),
    call!("POST" "/snapshots/{name}/restore", "puts the world back to a snapshot, with its clock and its faults; the journal stays",
        snapshots::restore),
    call!("GET" "/clock", "reads the world's clock", clock::read),
    call!("PUT" "/clock", "sets the world's clock", clock::set, body: Some(Body { media_types: JSON, schema: bodies::change })),
    call!("POST" "/clock/advance", "moves the world's clock: {\"by\": \"90d\"}, or back: {\"by\": \"-90d\"}", clock::advance,
        body: Some(Body { media_types: JSON, schema: bodies::advance })),
    call!("GET" "/faults", "lists the armed faults and how often they struck", faults::list),
    call!("POST" "/faults", "arms a fault, or a list of them, as scenarios write them", faults::arm,
        body: Some(Body { media_types: JSON_OR_YAML, schema: bodies::faults }), success: 201),
    call!("DELETE" "/faults", "disarms all faults", faults::disarm_all),
    call!("DELETE" "/faults/{id}", "disarms a fault", faults::disarm),
    call!("GET" "/requests", "the journal: what the world was asked and what it answered, oldest first", requests::list,
        query: FILTERS, answers: &["application/json", "text/plain", "application/har+json", "application/vnd.pact+json"]),
    call!("DELETE" "/requests", "empties the journal", requests::clear),
    call!("GET" "/requests/stream", "the journal as server-sent events, those to come included", requests::stream,
        query: FILTERS, answers: &["text/event-stream"], follows: true),
    call!("GET" "/requests/{number}", "one request and its answer", requests::read,
        query: &[parameter("format", "json, curl or har")], answers: &["application/json", "text/plain", "application/har+json"]),
    call!("POST" "/verify", "checks what the world was asked: how often, or in which order", verify::answer,
        body: Some(Body { media_types: JSON, schema: bodies::expectation })),
    call!("GET" "/coverage", "the documented answers that clients have met", coverage::answer,
        query: &[
            parameter("worlds", "all: over all worlds, those that are no more included"),
            parameter("system", "name or short name of a system"),
            parameter("format", "json, text, markdown, junit or html"),
        ],
        answers: &["application/json", "text/plain", "text/markdown", "application/xml", "text/html"]),
    call!("DELETE" "/coverage", "forgets which answers clients have met", coverage::forget,
        query: &[parameter("worlds", "all: in all worlds")]),
    call!("GET" "/certificates", "every certificate of the world, of all systems, by what ends first", certificates::list,
        query: &[
            parameter("expires-within", "only those that end within a span such as 30d, or have ended"),
            parameter("system", "name or short name of a system"),
            parameter("sha256", "only those with this fingerprint"),
            parameter("brief", "JSON without the PEM of each"),
            parameter("format", "json, csv or text"),
        ],
        answers: &["application/json", "text/csv", "text/plain"]),
    call!("GET" "/openapi.json", "describes this API (OpenAPI 3.1)", description),
    call!("GET" "/ca.pem", "the certificate authority that TLS uses", authority, answers: &["application/x-pem-file"]),
];

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
fn health(context: &Context<'_>) -> Result<Response, Error> {
    let world = context.world;
    let mut health = json!({
        "status": "ready",
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": world.origin().name,
        "world": world.name.as_str(),
        "defects": context.worlds.defects(),
    });
    if let Some((kept, health)) = context.worlds.kept().zip(health.as_object_mut()) {
        health.insert("state".to_owned(), json!({"file": kept.file(), "problem": kept.problem()}));
    }
    Ok(json_response(&health))
}

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
fn description(_context: &Context<'_>) -> Result<Response, Error> {
    Ok(json_response(&openapi::document(CALLS)))
}

/// The authority belongs to the listeners: where there is one, the server answers before this is asked.
fn authority(_context: &Context<'_>) -> Result<Response, Error> {
    Err(Error::NoAuthority)
}

/// The table, for whoever asks for a path that is not in it.
pub(super) fn listed() -> Value {
    CALLS.iter().map(|call| json!({"method": call.method, "path": call.path, "does": call.does})).collect()
}

//! `/openapi.json`: this API, described (OpenAPI 3.1). Made of the table that requests are matched against.

use serde_json::{Map, Value, json};

use super::call::{Body, Call};

/// The description of an API of these calls.
pub(super) fn document(calls: &[Call]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for call in calls {
        let path = paths.entry(call.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = path {
            methods.insert(call.method.to_lowercase(), operation(call));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "certmimic control API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Steers a world of certmimic: its state, clock, faults, journal. Which world is said by the first of the path prefix /w/{name}, the header Certmimic-World, the host {name}.localhost and the OAuth client; without any it is the default one.",
        },
        "paths": paths,
        "components": {"schemas": {"Problem": problem()}},
    })
}

fn operation(call: &Call) -> Value {
    let content: Map<String, Value> =
        call.answers.iter().map(|media_type| ((*media_type).to_owned(), json!({"schema": {}}))).collect();
    let mut operation = json!({
        "operationId": operation_id(call),
        "summary": call.does,
        "parameters": parameters(call),
        "responses": {
            call.success.to_string(): {"description": "done", "content": content},
            "default": {
                "description": "refused",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    });
    if let (Value::Object(members), Some(body)) = (&mut operation, &call.body) {
        members.insert("requestBody".to_owned(), request_body(body));
    }
    operation
}

/// `post_clock_advance`.
fn operation_id(call: &Call) -> String {
    let path = call.path.trim_start_matches("/_certmimic").replace(['{', '}'], "").replace(['/', '.', '-'], "_");
    call.method.to_lowercase() + &path
}

fn parameters(call: &Call) -> Vec<Value> {
    let in_path = call.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let in_path =
        in_path.map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    let in_query = call.query.iter().map(|parameter| {
        json!({"name": parameter.name, "in": "query", "description": parameter.about, "schema": {"type": "string"}})
    });
    let world = json!({
        "name": "Certmimic-World",
        "in": "header",
        "description": "the world that the call is about",
        "schema": {"type": "string"},
    });
    in_path.chain(in_query).chain([world]).collect()
}

fn request_body(body: &Body) -> Value {
    let schema = (body.schema)();
    let content: Map<String, Value> =
        body.media_types.iter().map(|media_type| ((*media_type).to_owned(), json!({"schema": schema}))).collect();
    json!({"required": true, "content": content})
}

/// Problem details (RFC 9457), with a stable code.
fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string", "description": "stable: for programs"},
            "detail": {"type": "string", "description": "one sentence: for people"},
        },
    })
}

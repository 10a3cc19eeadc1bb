//! The emulated systems, described (OpenAPI 3.1): made of the operation tables, the catalogues and the entity models that they
//! are emulated by.

mod answers;
mod model;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::contract::{Operation, Protocol};
use crate::state::Api;
use model::Model;

/// What OpenAPI has no word for: OData V2's own method, whose operations are those of `PATCH`.
const MERGE: &str = "MERGE";

/// All operations of the table that one here stands for: faults and verification name those.
const OPERATIONS: &str = "x-certmimic-operations";

/// The description of a system.
pub fn document(api: &Api) -> Value {
    let model = Model::of(api);
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for operation in api.operations.iter().filter(|operation| operation.method != MERGE) {
        let path = paths.entry(model.path(operation)).or_default();
        let described = described(api, &model, operation);
        match path.get_mut(&operation.method.to_lowercase()) {
            // Rows of one path that a query tells apart are one operation here.
            Some(first) => join(first, described),
            None => path.extend([(operation.method.to_lowercase(), described)]),
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": api.title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!("What certmimic emulates of {}. The texts of refusals are in the examples, their evidence in `certmimic operations`.", api.title),
        },
        "servers": [{"url": "http://127.0.0.1:8080"}],
        "security": [{"bearer": []}, {"basic": []}],
        "paths": paths,
        "components": {
            "schemas": model.schemas(),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
        },
    })
}

fn described(api: &Api, model: &Model, operation: &'static Operation) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        (OPERATIONS): [operation.id],
        "summary": operation.summary,
        "description": format!("Documented in: {}", operation.document),
        "parameters": parameters(model, operation),
        "responses": answers::of(api, model, operation),
    });
    if let (Value::Object(members), Some(body)) = (&mut described, model.body(operation)) {
        members.insert("requestBody".to_owned(), body);
    }
    described
}

fn parameters(model: &Model, operation: &'static Operation) -> Vec<Value> {
    let in_path = model.parameters(operation).into_iter().map(|(name, kind)| {
        let schema = kind.map_or_else(|| json!({"type": "string", "minLength": 1}), model::value);
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    });
    let when = operation
        .when
        .iter()
        .filter_map(|condition| condition.split_once('='))
        .map(|(name, value)| json!({"name": name, "in": "query", "schema": {"type": "string", "enum": [value]}}));
    in_path.chain(when).collect()
}

/// Adds what another row of the same path answers, and what tells it from the first.
fn join(first: &mut Value, other: Value) {
    let Value::Object(mut other) = other else { return };
    if let (Some(Value::Array(known)), Some(Value::Array(more))) = (first.get_mut(OPERATIONS), other.remove(OPERATIONS))
    {
        known.extend(more);
    }
    if let (Some(Value::String(summary)), Some(Value::String(also))) = (first.get_mut("summary"), other.get("summary"))
    {
        summary.push_str("; or ");
        summary.push_str(also);
    }
    if let (Some(Value::Array(known)), Some(Value::Array(more))) =
        (first.get_mut("parameters"), other.remove("parameters"))
    {
        let is_known = |new: &Value| known.iter().any(|parameter| parameter.get("name") == new.get("name"));
        let new: Vec<Value> = more.into_iter().filter(|parameter| !is_known(parameter)).collect();
        known.extend(new);
    }
    if let (Some(Value::Object(known)), Some(Value::Object(more))) =
        (first.get_mut("responses"), other.remove("responses"))
    {
        for (status, answer) in more {
            known.entry(status).or_insert(answer);
        }
    }
}

/// True of what is told in OData's words.
const fn is_odata(api: &Api) -> bool {
    matches!(api.protocol, Protocol::OData)
}

//! The emulated systems, described (OpenAPI 3.1): made of the operation tables, the catalogues and the entity models that they
//! are emulated by.

mod answers;
mod model;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::contract::{Operation, Protocol};
use crate::state::{Api, Authentication};
use model::Model;

/// What OpenAPI has no word for: OData V2's own method, whose operations are those of `PATCH`.
const MERGE: &str = "MERGE";

/// All operations of the table that one here stands for: faults and verification name those.
const OPERATIONS: &str = "x-certmimic-operations";

/// The description of a system.
pub fn document(api: &Api) -> Value {
    let model = Model::of(api);
    // Rows of one path that a query tells apart are one operation here.
    let mut rows: BTreeMap<(String, String), Vec<&'static Operation>> = BTreeMap::new();
    for operation in api.operations.iter().filter(|operation| operation.method != MERGE) {
        rows.entry((model.path(operation), operation.method.to_lowercase())).or_default().push(operation);
    }
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for ((path, method), rows) in rows {
        paths.entry(path).or_default().insert(method, described(api, &model, &rows));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": api.title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!("What certmimic emulates of {}. The texts of refusals stand with their statuses, their evidence in `certmimic operations`.", api.title),
        },
        "servers": [{"url": "http://127.0.0.1:8080"}],
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

fn described(api: &Api, model: &Model, rows: &[&'static Operation]) -> Value {
    let Some(first) = rows.first().copied() else { return json!({}) };
    let joined = |told: fn(&Operation) -> String, between: &str| {
        rows.iter().map(|row| told(row)).collect::<Vec<_>>().join(between)
    };
    let mut described = json!({
        "operationId": first.id,
        (OPERATIONS): rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        "summary": joined(|row| row.summary.to_owned(), "; or "),
        "description": format!("Known from: {}", joined(|row| row.evidence.to_string(), "; ")),
        "security": security(api, first),
        "parameters": parameters(model, first, rows),
        "responses": answers::of(api, model, rows),
    });
    if let (Value::Object(members), Some(body)) = (&mut described, model.body(first)) {
        members.insert("requestBody".to_owned(), body);
    }
    described
}

/// Whom an operation asks for what: who is refused without it.
fn security(api: &Api, operation: &Operation) -> Value {
    if api.authentication == Authentication::TokenService {
        json!([{"bearer": []}, {"basic": []}])
    } else if can_refuse(operation, "token_missing") {
        json!([{"bearer": []}])
    } else if can_refuse(operation, "no_client_credentials") {
        // The client may stand in the form, too.
        json!([{"basic": []}, {}])
    } else {
        json!([])
    }
}

/// True of an operation that has this refusal.
fn can_refuse(operation: &Operation, id: &str) -> bool {
    operation.refusals().any(|outcome| outcome.id == id)
}

/// Those of the path, and those of the query that tell rows apart.
fn parameters(model: &Model, first: &'static Operation, rows: &[&'static Operation]) -> Vec<Value> {
    let in_path = model.parameters(first).into_iter().map(|(name, kind)| {
        let schema = kind.map_or_else(|| json!({"type": "string", "minLength": 1}), model::value);
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    });
    let mut conditions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in rows.iter().flat_map(|row| row.when).filter_map(|condition| condition.split_once('=')) {
        conditions.entry(name).or_default().insert(value);
    }
    let when = conditions
        .into_iter()
        .map(|(name, values)| json!({"name": name, "in": "query", "schema": {"type": "string", "enum": values}}));
    in_path.chain(when).collect()
}

/// True of what is told in OData's words.
const fn is_odata(api: &Api) -> bool {
    matches!(api.protocol, Protocol::OData)
}

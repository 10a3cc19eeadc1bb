//! What operations answer: success in the form of their protocol, and each documented refusal with its text as an example.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::is_odata;
use super::model::{Model, Resource, reference};
use crate::contract::{Operation, Outcome};
use crate::state::Api;

/// By status; `default` stands for what any request may meet: the token service, the filter of CSRF tokens, the protocol.
pub(super) fn of(api: &Api, model: &Model, rows: &[&Operation]) -> Map<String, Value> {
    let mut refusals: BTreeMap<u16, Vec<&Outcome>> = BTreeMap::new();
    for outcome in rows.iter().flat_map(|row| row.refusals()) {
        let known = refusals.entry(outcome.status).or_default();
        if known.iter().all(|one| one.id != outcome.id) {
            known.push(outcome);
        }
    }
    let refused = refusals.iter().map(|(status, outcomes)| (status.to_string(), refused(api, outcomes)));
    // The first row comes last: what it answers counts.
    let successes = rows.iter().rev().flat_map(|row| row.success.iter().map(move |status| (*row, status)));
    let succeeded = successes.map(|(row, status)| {
        let content = if *status == 204 { json!({}) } else { success(api, model, row, *status) };
        (status.to_string(), json!({"description": "success", "content": content}))
    });
    let any =
        ("default".to_owned(), json!({"description": "refused before the operation is reached, or for its method"}));
    // A status of success that refusals have, too, is described as success.
    refused.chain(succeeded).chain([any]).collect()
}

/// The refusals of one status. Their texts are in examples where the envelope is that of a protocol.
fn refused(api: &Api, outcomes: &[&Outcome]) -> Value {
    let described = outcomes.iter().map(|outcome| match outcome.text {
        text if is_odata(api) || text.is_empty() => outcome.id.to_owned(),
        text => format!("{}: {text}", outcome.id),
    });
    let described = described.collect::<Vec<_>>().join("; ");
    let told = outcomes.iter().filter(|outcome| is_odata(api) && !outcome.text.is_empty());
    let examples: Map<String, Value> =
        told.map(|outcome| (outcome.id.to_owned(), json!({"value": error(outcome)}))).collect();
    let content = if examples.is_empty() {
        json!({})
    } else {
        // XML to whoever does not ask for JSON.
        json!({"application/json": {"examples": examples}, "application/xml": {"schema": {"type": "string"}}})
    };
    json!({"description": described, "content": content})
}

fn success(api: &Api, model: &Model, operation: &Operation, status: u16) -> Value {
    if !is_odata(api) {
        return json!({"*/*": {"schema": {}}});
    }
    let inside = match model.resource(operation) {
        // What is created is one of many.
        Resource::Many(entity_type) if operation.method == "POST" || status == 201 => reference(entity_type.name),
        Resource::Many(entity_type) => json!({"type": "object", "required": ["results"],
            "properties": {"results": {"type": "array", "items": reference(entity_type.name)}}}),
        Resource::One(entity_type) => reference(entity_type.name),
        Resource::Other => return json!({"*/*": {"schema": {}}}),
    };
    let schema = json!({"type": "object", "required": ["d"], "properties": {"d": inside}});
    json!({"application/json": {"schema": schema}, "application/atom+xml": {"schema": {"type": "string"}}})
}

/// OData's error document ([MS-ODATA] section 2.2.6.4), its blanks as they stand in the catalogue.
fn error(outcome: &Outcome) -> Value {
    json!({"error": {"code": outcome.code, "message": {"lang": "en", "value": outcome.text}}})
}

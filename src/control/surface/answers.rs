//! What operations answer: success in the form of their protocol, and each documented refusal with its text as an example.

use serde_json::{Map, Value, json};

use super::is_odata;
use super::model::{Model, Resource, reference};
use crate::contract::{Operation, Outcome};
use crate::state::Api;

/// By status; `default` stands for what any request may meet: the token service, the filter of CSRF tokens, the protocol.
pub(super) fn of(api: &Api, model: &Model, operation: &Operation) -> Map<String, Value> {
    let mut answers = Map::new();
    for status in operation.success {
        let has_body = *status != 204;
        let content = if has_body { success(api, model, operation, *status) } else { json!({}) };
        answers.insert(status.to_string(), json!({"description": "success", "content": content}));
    }
    for outcome in operation.refusals() {
        let answer =
            answers.entry(outcome.status.to_string()).or_insert_with(|| json!({"description": "", "content": {}}));
        describe(answer, outcome);
        if let (true, false) = (is_odata(api), outcome.text.is_empty()) {
            answer["content"]["application/json"]["examples"][outcome.id] = json!({"value": error(outcome)});
            // To whoever does not ask for JSON.
            answer["content"]["application/xml"] = json!({"schema": {"type": "string"}});
        }
    }
    answers.insert(
        "default".to_owned(),
        json!({"description": "refused before the operation is reached, or for its method"}),
    );
    answers
}

fn describe(answer: &mut Value, outcome: &Outcome) {
    let said = answer["description"].as_str().unwrap_or_default();
    let separator = if said.is_empty() { "" } else { ", " };
    answer["description"] = format!("{said}{separator}{}", outcome.id).into();
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

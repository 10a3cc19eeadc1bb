//! Records as a Pact file (specification 4): what a consumer asks of the systems, for a provider to be held against.
//!
//! Of an answer, the status, the media type and the types of what JSON holds are promised; values, such as dates and
//! identifiers, are those of this world. The state of an interaction is the scenario, and how many requests of the file came
//! before: whoever plays all of them in order needs no other.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::shown::outcome;
use crate::control::masking::{self, Body};
use crate::worlds::{Answered, Asked, Exchange, Headers, Record};

/// Who asked, if nobody says.
const CONSUMER: &str = "consumer";

/// Headers of a request that a consumer means; the others are those of its connection, or secrets of its session.
const MEANT: [&str; 8] = [
    "accept",
    "accept-language",
    "content-type",
    "dataserviceversion",
    "if-match",
    "if-none-match",
    "maxdataserviceversion",
    "x-http-method",
];

/// Why an interaction is pending: a provider that fails it has not failed.
const NOT_REPLAYABLE: &str = "secrets of this request are masked: put test data in their place";
const BY_FAULT: &str = "a fault answered, in place of the system";

/// The file, of the records between a consumer and the systems in one scenario. A request inside a batch is in its parent's body.
pub(super) fn document(records: &[Arc<Record>], consumer: Option<&str>, scenario: &str) -> Value {
    let alone = records.iter().filter(|record| record.parent.is_none());
    let mut interactions = Vec::new();
    let mut descriptions = BTreeMap::new();
    for (before, record) in alone.enumerate() {
        let Some(answered) = &record.exchange.answered else { continue };
        let description = unique(&mut descriptions, described(&record.exchange));
        interactions.push(interaction(&description, &record.exchange.asked, answered, scenario, before));
    }
    json!({
        "consumer": {"name": consumer.unwrap_or(CONSUMER)},
        "provider": {"name": "certmimic"},
        "interactions": interactions,
        "metadata": {
            "pactSpecification": {"version": "4.0"},
            "certmimic": {"version": env!("CARGO_PKG_VERSION")},
        },
    })
}

fn described(exchange: &Exchange) -> String {
    match exchange.operation {
        Some(operation) => format!("{}: {}", operation.id, outcome(exchange)),
        None => format!("{} {}: {}", exchange.asked.method, exchange.asked.path, outcome(exchange)),
    }
}

/// Interactions are told apart by their descriptions: the second of one is numbered. None ends in a number by itself.
fn unique(taken: &mut BTreeMap<String, usize>, description: String) -> String {
    let count = taken.entry(description.clone()).or_default();
    *count += 1;
    if *count == 1 { description } else { format!("{description} ({count})") }
}

fn interaction(description: &str, asked: &Asked, answered: &Answered, scenario: &str, before: usize) -> Value {
    let (request, is_whole) = request(asked);
    let reasons = [(!is_whole, NOT_REPLAYABLE), (answered.by_fault, BY_FAULT)];
    let pending: Vec<&str> = reasons.into_iter().filter_map(|(is_so, why)| is_so.then_some(why)).collect();
    let mut interaction = json!({
        "type": "Synchronous/HTTP",
        "description": description,
        "providerStates": [{"name": scenario, "params": {"requests_before": before}}],
        "pending": !pending.is_empty(),
        "request": request,
        "response": response(answered),
    });
    if let (Value::Object(members), false) = (&mut interaction, pending.is_empty()) {
        members.insert("comments".to_owned(), json!({"text": pending}));
    }
    interaction
}

/// The request, and whether nothing of it is masked.
fn request(asked: &Asked) -> (Value, bool) {
    let query = masking::query(&asked.query);
    let mut is_whole = query == asked.query;
    let mut request = Map::new();
    request.insert("method".to_owned(), asked.method.as_str().into());
    request.insert("path".to_owned(), asked.path.as_str().into());
    if !query.is_empty() {
        request.insert("query".to_owned(), parameters(&query));
    }
    request.insert("headers".to_owned(), headers(&asked.headers));
    if !asked.body.is_empty() {
        let media_type = asked.headers.get("content-type").unwrap_or_default();
        let shown = masking::body(media_type, &asked.body);
        is_whole &=
            matches!(&shown, Body::Text(text) if text.as_bytes() == &*asked.body) || matches!(&shown, Body::Bytes(_));
        request.extend(body(shown, media_type).map(|body| ("body".to_owned(), body)));
    }
    (request.into(), is_whole)
}

/// What is there of each name, in the order sent.
fn parameters(query: &str) -> Value {
    let mut parameters = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let values = parameters.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(value.into());
        }
    }
    parameters.into()
}

fn response(answered: &Answered) -> Value {
    // Without its parameters: the boundary of a batch is that of this one answer.
    let media_type = essence(answered.headers.get("content-type").unwrap_or_default());
    let mut response = Map::new();
    response.insert("status".to_owned(), answered.status.as_u16().into());
    let headers = if media_type.is_empty() { json!({}) } else { json!({"content-type": [media_type]}) };
    response.insert("headers".to_owned(), headers);
    // Only of JSON are the types of what it holds compared; other bodies are told by their media type.
    if is_json(media_type) && !answered.body.is_empty() {
        response
            .extend(body(masking::body(media_type, &answered.body), media_type).map(|body| ("body".to_owned(), body)));
        let by_type = json!({"body": {"$": {"combine": "AND", "matchers": [{"match": "type"}]}}});
        response.insert("matchingRules".to_owned(), by_type);
    }
    response.into()
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// A body as Pact tells it: JSON as itself, other text as text, bytes in base64. `None` if it is withheld.
fn body(shown: Body<'_>, media_type: &str) -> Option<Value> {
    let (content, encoded): (Value, Value) = match shown {
        Body::Text(text) if is_json(media_type) => {
            (serde_json::from_str(&text).unwrap_or_else(|_| text.into()), false.into())
        }
        Body::Text(text) => (text.into(), false.into()),
        Body::Bytes(bytes) => (STANDARD.encode(bytes).into(), "base64".into()),
        Body::Withheld => return None,
    };
    Some(json!({"content": content, "contentType": media_type, "encoded": encoded}))
}

fn headers(headers: &Headers) -> Value {
    let mut shown = Map::new();
    for (name, value) in headers.iter().filter(|(name, _)| MEANT.contains(name)) {
        let values = shown.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(masking::header(name, value).into());
        }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_told_apart() {
        let mut taken = BTreeMap::new();
        let names: Vec<String> = ["a", "b", "a", "a"].map(|name| unique(&mut taken, name.to_owned())).into();
        assert_eq!(names, ["a", "b", "a (2)", "a (3)"]);
    }

    #[test]
    fn values_of_one_name_stand_together() {
        assert_eq!(parameters("a=1&b&a=2%20"), json!({"a": ["1", "2 "], "b": [""]}));
    }
}

//! A record in JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::control::masking::{self, Body};
use crate::worlds::{Answer, Answered, Asked, Exchange, Headers, Record};

/// All that is known of an exchange.
pub(super) fn whole(record: &Record) -> Value {
    let Record { number, parent, exchange } = record;
    let asked = &exchange.asked;
    let mut request = Map::new();
    request.insert("method".to_owned(), asked.method.as_str().into());
    request.insert("url".to_owned(), url(asked).into());
    request.insert("path".to_owned(), asked.path.as_str().into());
    request.insert("query".to_owned(), masking::query(&asked.query).into());
    request.insert("headers".to_owned(), headers(&asked.headers));
    request.extend(body(&asked.headers, &asked.body));
    json!({
        "number": number,
        "parent": parent,
        "world": exchange.world.as_str(),
        "time": exchange.at.iso_millis(),
        "micros": exchange.micros,
        "operation": exchange.operation.map(|operation| operation.id),
        "outcome": outcome(exchange),
        "by_fault": exchange.answered.as_ref().is_some_and(|answer| answer.by_fault),
        "status": exchange.answered.as_ref().map(|answer| answer.status.as_u16()),
        "lint": lint(exchange),
        "diagnosis": exchange.answered.as_ref().and_then(diagnosis),
        "request": request,
        "response": exchange.answered.as_ref().map(response),
    })
}

/// All that is known, or what fits a line of a list.
pub(super) fn of(record: &Record, brief: bool) -> Value {
    if !brief {
        return whole(record);
    }
    let exchange = &record.exchange;
    let mut shown = summary(record);
    if let Value::Object(members) = &mut shown {
        members.insert("parent".to_owned(), record.parent.into());
        members.insert("time".to_owned(), exchange.at.iso_millis().into());
        members.insert("micros".to_owned(), exchange.micros.into());
        members.insert("query".to_owned(), masking::query(&exchange.asked.query).into());
        members.insert("by_fault".to_owned(), exchange.answered.as_ref().is_some_and(|answer| answer.by_fault).into());
        members.insert("lint".to_owned(), lint(exchange).into());
        members.insert("diagnosis".to_owned(), exchange.answered.as_ref().and_then(diagnosis).into());
    }
    shown
}

/// What tells one exchange from another, in a few members.
pub(in crate::control) fn summary(record: &Record) -> Value {
    let exchange = &record.exchange;
    json!({
        "number": record.number,
        "method": exchange.asked.method.as_str(),
        "path": exchange.asked.path,
        "operation": exchange.operation.map(|operation| operation.id),
        "status": exchange.answered.as_ref().map(|answer| answer.status.as_u16()),
        "outcome": outcome(exchange),
    })
}

/// How it ended, in one word: `success`, the identifier of a refusal, or `undone` with the rest of its change set.
pub(in crate::control) fn outcome(exchange: &Exchange) -> &'static str {
    match exchange.outcome() {
        None => "undone",
        Some(Answer::Success(_)) => "success",
        Some(Answer::Refusal(id)) => id,
    }
}

/// Codes of what a real tenant would have refused or misread.
fn lint(exchange: &Exchange) -> &[&'static str] {
    exchange.answered.as_ref().map(|answer| answer.lint.as_slice()).unwrap_or_default()
}

/// The URL, its query masked.
pub(super) fn url(asked: &Asked) -> String {
    let query = masking::query(&asked.query);
    let mark = if query.is_empty() { "" } else { "?" };
    [&asked.origin, asked.path.as_str(), mark, &query].concat()
}

fn response(answered: &Answered) -> Value {
    let mut response = Map::new();
    response.insert("status".to_owned(), answered.status.as_u16().into());
    response.insert("headers".to_owned(), headers(&answered.headers));
    response.extend(body(&answered.headers, &answered.body));
    response.into()
}

/// The code, and the line with its evidence.
fn diagnosis(answered: &Answered) -> Option<Value> {
    let diagnosis = answered.diagnosis.as_ref()?;
    Some(json!({"code": diagnosis.code, "line": diagnosis.line}))
}

/// Names and values, in the order sent; a list, since a name may come twice.
fn headers(headers: &Headers) -> Value {
    headers.iter().map(|(name, value)| json!([name, masking::header(name, value)])).collect()
}

/// The members that tell a body.
fn body(headers: &Headers, bytes: &[u8]) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("bytes".to_owned(), bytes.len().into());
    match masking::body(headers.get("content-type").unwrap_or_default(), bytes) {
        Body::Text(text) => members.insert("body".to_owned(), text.into()),
        Body::Bytes(bytes) => members.insert("base64".to_owned(), STANDARD.encode(bytes).into()),
        Body::Withheld => members.insert(
            "withheld".to_owned(),
            "a private key, a keystore, an archive, or bytes that could be anything".into(),
        ),
    };
    members
}

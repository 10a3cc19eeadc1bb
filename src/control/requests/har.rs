//! Records as a HAR file (HTTP Archive 1.2), which browsers and proxies open.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::shown::{outcome, url};
use crate::control::masking::{self, Body};
use crate::worlds::{Answered, Exchange, Headers, Record};

/// The file. A request inside a batch, which was no exchange of its own, is in its parent's bodies.
pub(super) fn document(records: &[Arc<Record>]) -> Value {
    let alone = records.iter().filter(|record| record.parent.is_none());
    let entries: Vec<Value> = alone.filter_map(|record| entry(record)).collect();
    json!({
        "log": {
            "version": "1.2",
            "creator": {"name": "certmimic", "version": env!("CARGO_PKG_VERSION")},
            "entries": entries,
        }
    })
}

fn entry(record: &Record) -> Option<Value> {
    let exchange = &record.exchange;
    let answered = exchange.answered.as_ref()?;
    #[expect(clippy::cast_precision_loss, reason = "no answer takes 2^53 microseconds")]
    let time = exchange.micros.unwrap_or_default() as f64 / 1000.0;
    Some(json!({
        "startedDateTime": exchange.at.iso_millis(),
        "time": time,
        "request": request(exchange),
        "response": response(answered),
        "cache": {},
        "timings": {"send": 0, "wait": time, "receive": 0},
        "comment": exchange.operation.map_or(outcome(exchange).to_owned(), |operation| {
            format!("{}: {}", operation.id, outcome(exchange))
        }),
    }))
}

fn request(exchange: &Exchange) -> Value {
    let asked = &exchange.asked;
    let query = masking::query(&asked.query);
    let parameters: Vec<Value> =
        form_urlencoded::parse(query.as_bytes()).map(|(name, value)| json!({"name": name, "value": value})).collect();
    let mut request = json!({
        "method": asked.method.as_str(),
        "url": url(asked),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&asked.headers),
        "queryString": parameters,
        "headersSize": -1,
        "bodySize": asked.body.len(),
    });
    if let (Value::Object(members), false) = (&mut request, asked.body.is_empty()) {
        let media_type = asked.headers.get("content-type").unwrap_or_default();
        let (text, encoding) = text(media_type, &asked.body);
        let mut posted = Map::from_iter([("mimeType".to_owned(), media_type.into()), ("text".to_owned(), text.into())]);
        // HAR has no member for it in requests; one that begins with an underscore may be added.
        posted.extend(encoding.map(|encoding| ("_encoding".to_owned(), encoding.into())));
        members.insert("postData".to_owned(), posted.into());
    }
    request
}

fn response(answered: &Answered) -> Value {
    let media_type = answered.headers.get("content-type").unwrap_or_default();
    let (text, encoding) = text(media_type, &answered.body);
    let mut content = json!({"size": answered.body.len(), "mimeType": media_type, "text": text});
    if let (Value::Object(members), Some(encoding)) = (&mut content, encoding) {
        members.insert("encoding".to_owned(), encoding.into());
    }
    json!({
        "status": answered.status.as_u16(),
        "statusText": answered.status.canonical_reason().unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&answered.headers),
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": answered.body.len(),
    })
}

fn headers(headers: &Headers) -> Value {
    headers.iter().map(|(name, value)| json!({"name": name, "value": masking::header(name, value)})).collect()
}

/// A body as text, and how it is encoded if it is none.
fn text(content_type: &str, bytes: &[u8]) -> (String, Option<&'static str>) {
    match masking::body(content_type, bytes) {
        Body::Text(text) => (text, None),
        Body::Bytes(bytes) => (STANDARD.encode(bytes), Some("base64")),
        Body::Withheld => (masking::MASK.to_owned(), None),
    }
}

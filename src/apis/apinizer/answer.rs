//! The shapes of answers: envelopes by generation (sections 2.3 and 2.4), and files.

use std::borrow::Cow;

use ::http::StatusCode;
use ::http::header::{ALLOW, CONTENT_DISPOSITION, RETRY_AFTER};
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Dialect};
use super::deployment::Deployment;
use super::error::second_generation::in_second_generation;
use super::error::{Error, NO_HANDLER, RATE_LIMIT_EXCEEDED};
use crate::contract::Refusal;
use crate::http::Response;
use crate::rest::archive::file_name;

const JSON: &str = "application/json;charset=UTF-8";

/// Which member says that a call succeeded, where the page of the operation differs from its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// As the generation does: `success` in the first, `status` in the second.
    Usual,
    /// `status` in both.
    Status,
    /// `success` in both.
    Success,
}

/// A list of objects.
pub fn list<I: Serialize>(behaviour: &Behaviour, page: Page, items: &[I]) -> Response {
    let success = succeeded(behaviour, page);
    ok(&List { success, items, count: items.len() })
}

#[derive(Serialize)]
struct List<'a, I> {
    #[serde(flatten)]
    success: Map<String, Value>,
    #[serde(rename = "resultList")]
    items: &'a [I],
    #[serde(rename = "resultCount")]
    count: usize,
}

/// An answer that was written before.
pub fn kept(body: Bytes) -> Response {
    Response::new(StatusCode::OK, JSON, body)
}

/// JSON as text, to be sent as it is.
pub fn raw<'r>(json: &impl Serialize) -> Cow<'r, RawValue> {
    // Of what is written here, there is nothing that JSON does not have.
    Cow::Owned(to_raw_value(json).unwrap_or_default())
}

/// What a write came to. `saved` names the object where a failed deployment has to be told besides its success.
pub fn deployed(behaviour: &Behaviour, saved: Option<&str>, deployment: &Deployment) -> Response {
    let mut body = succeeded(behaviour, Page::Usual);
    if let (Dialect::G2, Some(kind), false) = (behaviour.dialect, saved, deployment.succeeded()) {
        body.insert("resultMessage".to_owned(), saved_but_not_deployed(kind, deployment).into());
    }
    body.insert("deploymentResult".to_owned(), deployment.json(behaviour));
    ok(&Value::Object(body))
}

/// The sentence of the second generation about an object that is stored and not deployed everywhere.
pub fn saved_but_not_deployed(kind: &str, deployment: &Deployment) -> String {
    let failures = deployment.failures();
    format!("{kind} was saved successfully but deployment to environments failed. Details: {failures}")
}

/// The beginning of an envelope of success.
pub fn succeeded(behaviour: &Behaviour, page: Page) -> Map<String, Value> {
    let by_status = match page {
        Page::Usual => behaviour.dialect == Dialect::G2,
        Page::Status => true,
        Page::Success => false,
    };
    let mut body = Map::new();
    if !by_status || behaviour.superset_envelope {
        body.insert("success".to_owned(), true.into());
    }
    if by_status || behaviour.superset_envelope {
        body.insert("status".to_owned(), "SUCCESS".into());
    }
    body
}

/// A refusal in the envelope of a generation.
pub fn refused(dialect: Dialect, error: Error) -> Response {
    let allow = match &error {
        Error::MethodNotAllowed { allowed, .. } => Some(allowed.clone()),
        _ => None,
    };
    let response = told(dialect, &error.into());
    match allow {
        Some(allowed) => response.with(ALLOW, allowed),
        None => response,
    }
}

/// A refusal as the token endpoint tells it in both generations.
pub fn refused_token(error: Error) -> Response {
    told(Dialect::G1, &error.into())
}

/// A row of the catalogue in the envelope of a generation.
pub fn told(dialect: Dialect, refusal: &Refusal) -> Response {
    let row = refusal.outcome;
    let response = match dialect {
        // Of a wrong path, the second generation says nothing but its status.
        Dialect::G2 if row.id == NO_HANDLER.id => Response::empty(StatusCode::NOT_FOUND),
        Dialect::G2 => {
            let (status, text) = in_second_generation(refusal);
            with_status(status, &json!({ "status": "FAILURE", "resultMessage": text }))
        }
        Dialect::G1 => with_status(row.status, &first_generation(refusal)),
    };
    let response = match retry_after(refusal) {
        Some(seconds) => response.with(RETRY_AFTER, seconds.to_string()),
        None => response,
    };
    response.because(refusal.diagnosis())
}

/// The envelope with the members that only the page on errors in general has (section 2.4).
fn first_generation(refusal: &Refusal) -> Value {
    let mut body = Map::new();
    body.insert("error".to_owned(), refusal.outcome.code.into());
    body.insert("error_description".to_owned(), refusal.text.clone().into());
    if let Some(seconds) = retry_after(refusal) {
        body.insert("retry_after".to_owned(), seconds.into());
    }
    let members = refusal.details.iter().flat_map(|details| &details.members);
    body.extend(members.map(|(name, value)| ((*name).to_owned(), value.clone())));
    Value::Object(body)
}

/// Seconds that the example on the page waits, unless told otherwise.
fn retry_after(refusal: &Refusal) -> Option<u32> {
    let usual = (refusal.outcome.id == RATE_LIMIT_EXCEEDED.id).then_some(60);
    refusal.retry_after().or(usual)
}

/// What `filename*` encodes: all but characters that RFC 8187 section 3.2.1 takes as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file to download. A name that is not ASCII comes a second time, encoded (RFC 6266 section 4.3).
pub fn file(media_type: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let name = file_name(name);
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let encoded = if name.is_ascii() {
        String::new()
    } else {
        format!("; filename*=UTF-8''{}", utf8_percent_encode(&name, ENCODED))
    };
    Response::new(StatusCode::OK, media_type, bytes)
        .with(CONTENT_DISPOSITION, format!("attachment; filename=\"{ascii}\"{encoded}"))
}

/// Plain text.
pub fn text(content: String) -> Response {
    Response::new(StatusCode::OK, "text/plain", content)
}

/// A JSON answer with status 200.
pub fn ok(body: &impl Serialize) -> Response {
    with_status(200, body)
}

fn with_status(status: u16, body: &impl Serialize) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::new(status, JSON, serde_json::to_vec(body).unwrap_or_default())
}

//! Error documents (OData V2 JSON format section 8, Atom format section 8).

use ::http::StatusCode;
use ::http::header::CONTENT_TYPE;

use super::super::dialect::{Dialect, ErrorCode};
use super::super::request::VERSION;
use super::atom::{METADATA, escape};
use super::negotiation::Format;
use super::write_json_string;
use crate::contract::Refusal;
use crate::http::Response;

/// How an error document is written.
pub(crate) struct Style<'a> {
    pub(crate) format: Format,
    pub(crate) dialect: &'a Dialect,
    /// What the message says its language is. There are texts in English only.
    pub(crate) language: &'a str,
}

/// The answer to a refused request.
pub(crate) fn error_document(refusal: &Refusal, style: &Style<'_>) -> Response {
    let status = StatusCode::from_u16(refusal.outcome.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let response = match (&refusal.body, style.format) {
        (Some(body), _) => Response::new(status, "application/json", body.clone()),
        (None, _) if has_no_body(refusal) => return Response::empty(status).because(refusal.diagnosis()),
        (None, Format::Json) => Response::new(status, "application/json", json(refusal, status, style)),
        (None, Format::Xml) => Response::new(status, "application/xml", xml(refusal, status, style)),
    };
    debug_assert!(response.headers.contains_key(CONTENT_TYPE));
    response.with(VERSION, "1.0").because(refusal.diagnosis())
}

/// A row without code and text is answered by something in front of the service.
fn has_no_body(refusal: &Refusal) -> bool {
    refusal.outcome.code.is_empty() && refusal.text.is_empty()
}

fn code<'c>(refusal: &'c Refusal, status: StatusCode, dialect: &Dialect) -> Option<&'c str> {
    match (refusal.outcome.code, dialect.error_code) {
        ("", ErrorCode::Null) => None,
        ("", ErrorCode::ReasonPhrase) => Some(reason_phrase(status)),
        (code, _) => Some(code),
    }
}

/// The names that Java servers have for statuses.
fn reason_phrase(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or_default()
}

fn json(refusal: &Refusal, status: StatusCode, style: &Style<'_>) -> String {
    let mut out = String::with_capacity(128 + refusal.text.len());
    out.push_str("{\"error\":{\"code\":");
    match code(refusal, status, style.dialect) {
        None => out.push_str("null"),
        Some(code) => write_json_string(&mut out, code),
    }
    for part in [",\"message\":{\"lang\":\"", style.language, "\",\"value\":"] {
        out.push_str(part);
    }
    if refusal.text.is_empty() {
        out.push_str("null");
    } else {
        write_json_string(&mut out, &refusal.text);
    }
    out.push_str("}}}");
    out
}

fn xml(refusal: &Refusal, status: StatusCode, style: &Style<'_>) -> String {
    let mut out = String::from(style.dialect.error_prolog);
    for part in ["<error xmlns=\"", METADATA, "\"><code>"] {
        out.push_str(part);
    }
    escape(&mut out, code(refusal, status, style.dialect).unwrap_or_default());
    for part in ["</code><message xml:lang=\"", style.language, "\">"] {
        out.push_str(part);
    }
    escape(&mut out, &refusal.text);
    out.push_str("</message></error>");
    out
}

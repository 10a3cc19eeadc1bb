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

/// The answer to a refused request, in its format and the service's dialect.
pub(crate) fn error_document(refusal: &Refusal, format: Format, dialect: &Dialect) -> Response {
    let status = StatusCode::from_u16(refusal.outcome.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let response = match (&refusal.body, format) {
        (Some(body), _) => Response::new(status, "application/json", body.clone()),
        (None, _) if has_no_body(refusal) => return Response::empty(status).because(refusal.diagnosis()),
        (None, Format::Json) => Response::new(status, "application/json", json(refusal, status, dialect)),
        (None, Format::Xml) => Response::new(status, "application/xml", xml(refusal, status, dialect)),
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

fn json(refusal: &Refusal, status: StatusCode, dialect: &Dialect) -> String {
    let mut out = String::with_capacity(128 + refusal.text.len());
    out.push_str("{\"error\":{\"code\":");
    match code(refusal, status, dialect) {
        None => out.push_str("null"),
        Some(code) => write_json_string(&mut out, code),
    }
    out.push_str(",\"message\":{\"lang\":\"en\",\"value\":");
    if refusal.text.is_empty() {
        out.push_str("null");
    } else {
        write_json_string(&mut out, &refusal.text);
    }
    out.push_str("}}}");
    out
}

fn xml(refusal: &Refusal, status: StatusCode, dialect: &Dialect) -> String {
    let mut out = String::from(dialect.error_prolog);
    for part in ["<error xmlns=\"", METADATA, "\"><code>"] {
        out.push_str(part);
    }
    escape(&mut out, code(refusal, status, dialect).unwrap_or_default());
    out.push_str("</code><message xml:lang=\"en\">");
    escape(&mut out, &refusal.text);
    out.push_str("</message></error>");
    out
}

//! Batch responses (OData V2 batch processing, section 2.2), in Olingo's layout.

use std::borrow::Cow;

use ::http::StatusCode;
use ::http::header::ALLOW;

use super::answered::{Answered, Labelled};
use crate::store::sort_by_key;

const LINE_END: &[u8] = b"\r\n";

/// Headers that stand before others, in this order.
const FIRST: [&str; 2] = ["dataserviceversion", "location"];

/// The content type and body for the answers; the first boundary is the batch's, one more for each change set.
pub(super) fn batch(answers: &[Answered], boundaries: &[String]) -> (String, Vec<u8>) {
    let mut names = boundaries.iter();
    let boundary = format!("batch_{}", names.next().map_or("", String::as_str));
    let mut out = Vec::with_capacity(1024);
    for answer in answers {
        push(&mut out, &["--", &boundary, "\r\n"]);
        match answer {
            Answered::One(one) => part(&mut out, one),
            Answered::ChangeSet(responses) => {
                let inner = format!("changeset_{}", names.next().map_or("", String::as_str));
                push(&mut out, &["Content-Type: multipart/mixed; boundary=", &inner, "\r\n\r\n"]);
                for response in responses {
                    push(&mut out, &["--", &inner, "\r\n"]);
                    part(&mut out, response);
                }
                push(&mut out, &["--", &inner, "--\r\n"]);
            }
        }
    }
    push(&mut out, &["--", &boundary, "--"]);
    (format!("multipart/mixed; boundary={boundary}"), out)
}

fn push(out: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}

fn part(out: &mut Vec<u8>, labelled: &Labelled) {
    let response = &labelled.response;
    push(out, &["Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"]);
    content_id(out, labelled.outer_id.as_deref());
    let reason = response.status.canonical_reason().unwrap_or("Unknown");
    push(out, &["\r\nHTTP/1.1 ", response.status.as_str(), " ", reason, "\r\n"]);
    // Which methods there are, only HTTP itself is told.
    let mut headers: Vec<_> = response.headers.iter().filter(|(name, _)| *name != ALLOW).collect();
    sort_by_key(&mut headers, |(name, _)| {
        FIRST.iter().position(|first| *first == name.as_str()).unwrap_or(FIRST.len())
    });
    for (name, value) in headers {
        push(out, &[&canonical(name.as_str()), ": "]);
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(LINE_END);
    }
    content_id(out, labelled.inner_id.as_deref());
    if let Some(diagnosis) = &response.diagnosis {
        let line: String = diagnosis.line.chars().map(|c| if matches!(c, ' '..='~') { c } else { ' ' }).collect();
        push(out, &["Certmimic-Diagnosis: ", diagnosis.code, "; ", &line, "\r\n"]);
    }
    if response.status != StatusCode::NO_CONTENT {
        push(out, &["Content-Length: ", &response.body.len().to_string(), "\r\n"]);
    }
    out.extend_from_slice(LINE_END);
    out.extend_from_slice(&response.body);
    out.extend_from_slice(LINE_END);
}

fn content_id(out: &mut Vec<u8>, id: Option<&str>) {
    if let Some(id) = id {
        push(out, &["Content-Id: ", id, "\r\n"]);
    }
}

/// Names within a body are not HTTP's business any more: some clients compare their case.
fn canonical(name: &str) -> Cow<'static, str> {
    match name {
        "content-type" => Cow::Borrowed("Content-Type"),
        "dataserviceversion" => Cow::Borrowed("DataServiceVersion"),
        "location" => Cow::Borrowed("Location"),
        other => Cow::Owned(other.to_owned()),
    }
}

//! The curl line that repeats a request. What is masked stands there as a variable of the shell.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::shown::url;
use crate::control::masking::{self, Body};
use crate::worlds::Asked;

/// Headers that curl makes itself.
const OWN: [&str; 5] = ["host", "content-length", "connection", "transfer-encoding", "expect"];

/// The line, for a POSIX shell.
pub(super) fn line(asked: &Asked) -> String {
    let mut line = format!("curl -sS -X {} {}", asked.method, quoted(&url(asked)));
    for (name, value) in asked.headers.iter().filter(|(name, _)| !OWN.contains(name)) {
        line.push_str(" -H ");
        line.push_str(&header(name, value));
    }
    let content_type = asked.headers.get("content-type").unwrap_or_default();
    match masking::body(content_type, &asked.body) {
        Body::Text(text) if text.is_empty() => line,
        Body::Text(_) if content_type.starts_with("multipart/form-data") => {
            format!("{line} --data-binary @form.bin  # the {} bytes of the form as they were sent", asked.body.len())
        }
        Body::Text(text) => format!("{line} --data-raw {}", quoted(&text)),
        Body::Bytes(bytes) => {
            format!("printf %s {} | base64 -d | {line} --data-binary @-", quoted(&STANDARD.encode(bytes)))
        }
        Body::Withheld => format!("{line} --data-binary @body.bin  # the {} bytes that were sent", asked.body.len()),
    }
}

fn header(name: &str, value: &str) -> String {
    match name {
        "authorization" => {
            let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
            let variable = if scheme.eq_ignore_ascii_case("basic") { "$BASIC" } else { "$TOKEN" };
            format!("\"{name}: {scheme} {variable}\"")
        }
        "x-csrf-token" if masking::header(name, value) != value => format!("\"{name}: $CSRF\""),
        "cookie" => format!("\"{name}: $COOKIE\""),
        _ => quoted(&format!("{name}: {}", masking::header(name, value))),
    }
}

/// In single quotes, where nothing means anything but the quote itself.
pub(in crate::control) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

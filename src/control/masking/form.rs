//! Secrets in forms and queries.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Body, MASK, body, is_secret, text};
use crate::http::{multipart, target};

/// `name=value` pairs with their secrets masked; what is none stays as it was sent.
pub(super) fn pairs(pairs: &str) -> String {
    let masked = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| target::decode(&text.replace('+', " ")).map(Cow::into_owned);
        let value_is_secret = decoded(value).is_ok_and(|value| text::masked(&value) != value);
        if !value.is_empty() && (decoded(name).is_ok_and(|name| is_secret(&name)) || value_is_secret) {
            format!("{name}={MASK}")
        } else {
            pair.to_owned()
        }
    };
    pairs.split('&').map(masked).collect::<Vec<_>>().join("&")
}

/// A form of several parts, each masked by its name or by what it is; files are told by their length.
pub(super) fn multipart(content_type: &str, bytes: &[u8]) -> Option<String> {
    let form =
        multipart::Form::parse(content_type, &bytes::Bytes::copy_from_slice(bytes), multipart::Limits::default());
    let mut shown = String::new();
    for part in form.ok()?.parts {
        let content = match body(part.content_type.as_deref().unwrap_or_default(), &part.bytes) {
            _ if is_secret(&part.name) && !part.bytes.is_empty() => MASK.to_owned(),
            // A secret key looks like nothing in particular.
            Body::Text(_) | Body::Bytes(_) if part.name == "keyFile" => format!("{MASK} ({} bytes)", part.bytes.len()),
            Body::Text(text) => text,
            Body::Bytes(bytes) => format!("({} bytes)", bytes.len()),
            Body::Withheld => format!("{MASK} ({} bytes)", part.bytes.len()),
        };
        let file = part.file_name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        let name = &part.name;
        // Writing to a string cannot fail.
        let _infallible = write!(shown, "Content-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n");
    }
    Some(shown)
}

//! What a request names: segments and keys of its path, and members of its body. A name is always the whole of one.

use std::collections::BTreeMap;

use http::Method;
use serde_json::Value;

use crate::http::{multipart, target};
use crate::tenant::Asking;

/// True if a write is about a thing of that name: a segment of its path is the name, or a text of a segment's key is, which of
/// what is deleted has to be the last one. Only what is made anew is named in a body.
pub(super) fn is_named(asking: &Asking, name: &str) -> bool {
    let path = asking.target.split('?').next().unwrap_or_default().trim_end_matches('/');
    let mut segments = path.rsplit('/').map(target::decode_leniently);
    let is_it = |segment: &str| segment == name || names_in(segment).any(|key| is_name(&key, name));
    if asking.method == Method::DELETE {
        return segments.next().is_some_and(|last| is_it(&last));
    }
    segments.any(|segment| is_it(&segment))
        || (asking.method == Method::POST && members(asking).values().any(|member| member == name))
}

/// A name as it is, or in hexadecimal digits.
fn is_name(key: &str, name: &str) -> bool {
    key == name || hex::decode(key).is_ok_and(|bytes| bytes == name.as_bytes())
}

fn names_in(segment: &str) -> impl Iterator<Item = String> {
    let keys = segment.split_once('(').map(|(_, rest)| predicate(rest)).unwrap_or_default();
    keys.into_iter().map(|(_, value)| value)
}

fn media_type(asking: &Asking) -> &str {
    let of_type = asking.headers.iter().find(|(name, _)| *name == http::header::CONTENT_TYPE);
    of_type.and_then(|(_, value)| value.to_str().ok()).unwrap_or_default()
}

/// The texts of a body: members of JSON, or fields of a form.
pub(super) fn members(asking: &Asking) -> BTreeMap<String, String> {
    let body = &asking.body;
    if let Ok(form) = multipart::Form::parse(media_type(asking), body, multipart::Limits::default()) {
        let text = |part: &multipart::Part| Some((part.name.clone(), form.text(part).ok()?.into_owned()));
        return form.parts.iter().filter_map(text).collect();
    }
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else { return BTreeMap::new() };
    let text = |(name, value): (String, Value)| Some((name, value.as_str()?.to_owned()));
    members.into_iter().filter_map(text).collect()
}

/// The texts of a key predicate, by their names; one without a name has an empty one. Other literals name nothing.
pub(super) fn predicate(mut rest: &str) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    while let Some((name, text)) = rest.split_once('\'') {
        let mut value = String::new();
        let mut text = text;
        loop {
            let Some((before, after)) = text.split_once('\'') else { return Vec::new() };
            value.push_str(before);
            let Some(more) = after.strip_prefix('\'') else {
                text = after;
                break;
            };
            value.push('\'');
            text = more;
        }
        parts.push((name.trim_matches([',', '=', ' ']).to_owned(), value));
        rest = text;
        if rest.starts_with(')') {
            return parts;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;

    fn asking(method: Method, target: &str, body: &'static str) -> Asking {
        let mut asking = Asking { method, body: body.into(), ..Asking::json(target) };
        if body.starts_with("--b") {
            asking.headers.push((CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=b")));
        }
        asking
    }

    #[test]
    fn a_name_is_a_whole_segment_a_whole_key_or_a_whole_member() {
        let form = "--b\r\nContent-Disposition: form-data; name=\"certificateName\"\r\n\r\nour-a\r\n--b--\r\n";
        let named = [
            (Method::DELETE, "/s/Set('our-a')", ""),
            (Method::DELETE, "/s/Set(of='b',name='our-a')", ""),
            (Method::DELETE, "/s/Set('6F75722D61')", ""),
            (Method::DELETE, "/s/keys/our%2Da/", ""),
            (Method::PUT, "/s/Set('our-a')/$value?x=y", ""),
            (Method::POST, "/s/Set", r#"{"name":"our-a"}"#),
            (Method::POST, "/s/certificates/", form),
        ];
        let unnamed = [
            (Method::DELETE, "/s/Set('our-ab')", ""),
            (Method::DELETE, "/s/Set('your-our-a')", ""),
            (Method::DELETE, "/s/Set('6F75722D6162')", ""),
            (Method::DELETE, "/s/Set('b')?x=our-a", ""),
            (Method::DELETE, "/s/Set('our-a')/Others('b')", ""),
            (Method::DELETE, "/s/projects/our-a/keys/b/", ""),
            (Method::DELETE, "/s/keys/our-a%2F..%2Fb/", ""),
            (Method::DELETE, "/s/Set('b')", r#"{"name":"our-a"}"#),
            (Method::PUT, "/s/Set('b')", r#"{"name":"our-a"}"#),
            (Method::POST, "/s/Set", r#"{"name":"b","description":"of our-a"}"#),
            (Method::POST, "/s/Set?name=our-a", "{}"),
        ];
        let all = named.into_iter().map(|row| (row, true)).chain(unnamed.into_iter().map(|row| (row, false)));
        for ((method, target, body), expected) in all {
            assert_eq!(is_named(&asking(method.clone(), target, body), "our-a"), expected, "{method} {target} {body}");
        }
    }
}

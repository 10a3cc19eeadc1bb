//! A request as faults see it.

use ::http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Pattern;
use crate::http::target::{self, Pairs, Undecodable};
use crate::http::{Request, multipart};

/// A request and the operation that it means.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The request.
    pub request: &'a Request,
    /// The identifier of the operation; empty if it means none.
    pub operation: &'a str,
}

impl Subject<'_> {
    /// True if its path fits, as sent or decoded.
    pub(super) fn has_path(&self, pattern: &Pattern) -> bool {
        let path = &self.request.path;
        pattern.matches_path(path) || pattern.matches_path(&percent_decode_str(path).decode_utf8_lossy())
    }

    /// True if the request names an alias, as it is or in hexadecimal: in a segment or a key of its path, or as a value of
    /// its query or body.
    pub(super) fn names(&self, alias: &str) -> bool {
        let hexadecimal = hex::encode(alias);
        let is_meant = |text: &str| text == alias || text.eq_ignore_ascii_case(&hexadecimal);
        let query = target::query(&self.request.query);
        self.path_names(is_meant) || one_is_meant(query, is_meant) || self.body_names(is_meant)
    }

    fn path_names(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.request.path.split('/').any(|segment| {
            let segment = percent_decode_str(segment).decode_utf8_lossy();
            // What stands between quotes in a key predicate, where a quote inside is doubled.
            let key = segment.split_once('(').map_or("", |(_, key)| key).replace("''", "\0");
            is_meant(&segment) || key.split('\'').any(|part| is_meant(&part.replace('\0', "'")))
        })
    }

    fn body_names(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let body = &self.request.body;
        if let Ok(Value::Object(members)) = serde_json::from_slice(body) {
            return members.values().filter_map(Value::as_str).any(is_meant);
        }
        let media_type = self.request.header(&CONTENT_TYPE).unwrap_or_default();
        if media_type.starts_with("application/x-www-form-urlencoded") {
            return one_is_meant(target::form(body), is_meant);
        }
        let form = multipart::Form::parse(media_type, body, multipart::Limits::default());
        form.is_ok_and(|form| form.parts.iter().any(|part| str::from_utf8(&part.bytes).is_ok_and(&is_meant)))
    }
}

fn one_is_meant(pairs: Result<Pairs<'_>, Undecodable>, is_meant: impl Fn(&str) -> bool) -> bool {
    pairs.is_ok_and(|pairs| pairs.iter().any(|(_, value)| is_meant(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(target: &str, media_type: &str, body: &str, alias: &str) -> bool {
        let mut headers = ::http::HeaderMap::new();
        headers.insert(CONTENT_TYPE, media_type.parse().unwrap());
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let request = Request {
            method: ::http::Method::POST,
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.to_owned().into(),
            origin: "".into(),
            client_certificate: None,
        };
        Subject { request: &request, operation: "" }.names(alias)
    }

    #[test]
    fn an_alias_is_found_in_the_path() {
        assert!(names("/api/v1/KeystoreEntries('6D79')", "", "", "my"));
        assert!(names("/api/v1/KeystoreEntries%28Hexalias=%276d79%27%29/Certificate/$value", "", "", "my"));
        assert!(names("/x/Certificates(name='it''s',storeId='a')", "", "", "it's"));
        assert!(names("/apiops/projects/p/keys/my%20key/", "", "", "my key"));
        assert!(!names("/apiops/projects/p/keys/mykey/", "", "", "key"));
    }

    #[test]
    fn an_alias_is_found_in_the_query() {
        assert!(names("/api/v1/KeystoreEntries('61')?renameAlias=my%20key", "", "", "my key"));
        assert!(!names("/api/v1/KeystoreEntries('61')?my=1", "", "", "my"));
    }

    #[test]
    fn an_alias_is_found_in_the_body() {
        assert!(names("/x", "application/x-www-form-urlencoded;charset=utf-8", "a=1&client_id=my", "my"));
        assert!(names("/x", "application/json", r#"{"Hexalias": "", "Alias": "my"}"#, "my"));
        assert!(!names("/x", "application/json", r#"{"Alias": "mine"}"#, "my"));
        let form = "--b\r\nContent-Disposition: form-data; name=\"alias\"\r\n\r\nmy\r\n--b--\r\n";
        assert!(names("/x", "multipart/form-data; boundary=b", form, "my"));
        assert!(!names("/x", "multipart/form-data; boundary=b", form, "b"));
    }
}

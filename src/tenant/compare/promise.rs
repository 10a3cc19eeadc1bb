//! What a Pact file promises of an answer, and what of it a tenant's answer does not keep.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::difference::{Difference, in_a_line, kind, told};
use super::forms;
use super::rules::{Matcher, Rules, matcher};
use super::seen::Seen;
use crate::tenant::answer::Answer;

/// An answer as a file promises it.
#[derive(Debug, Deserialize)]
pub(super) struct Response {
    /// The status.
    pub status: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Option<Body>,
    #[serde(default, rename = "matchingRules")]
    rules: Map<String, Value>,
}

/// A body as a file has it.
#[derive(Debug, Deserialize)]
pub(super) struct Body {
    content: Value,
    #[serde(default)]
    encoded: Value,
}

/// A promise that an answer can be held to.
#[derive(Debug)]
pub(super) struct Promise {
    headers: Vec<(String, Option<String>)>,
    seen: Seen,
    rules: Rules,
}

impl Response {
    /// The promise.
    ///
    /// # Errors
    /// It cannot be held to; why not.
    pub(super) fn promise(&self) -> Result<Promise, String> {
        let unknown = |rule: String| format!("it has a matching rule that is not known here: {rule}");
        if let Some(part) = self.rules.keys().find(|part| !["body", "header"].contains(&part.as_str())) {
            return Err(unknown(format!("one of the {part}")));
        }
        let rules = Rules::of_body(self.rules.get("body")).map_err(unknown)?;
        let mut headers = Vec::new();
        for (name, values) in &self.headers {
            let rules = self.rules.get("header").and_then(Value::as_object);
            let rule = rules.into_iter().flatten().find(|(of, _)| of.eq_ignore_ascii_case(name));
            let matcher = rule.map_or(Ok(Matcher::Equality), |(_, rule)| matcher(rule)).map_err(unknown)?;
            let value = match matcher {
                Matcher::Equality => Some(texts(values).collect::<Vec<_>>().join(", ")),
                // All headers are texts.
                _ => None,
            };
            headers.push((name.to_ascii_lowercase(), value));
        }
        let media_type = headers.iter().find(|(name, _)| *name == CONTENT_TYPE.as_str());
        let media_type = media_type.and_then(|(_, value)| value.as_deref()).map_or_else(String::new, essence);
        let body = self.body.as_ref().map(Body::bytes).transpose()?;
        Ok(Promise { seen: Seen::told(self.status, media_type, body.as_deref()), headers, rules })
    }
}

impl Body {
    /// As it is sent.
    ///
    /// # Errors
    /// It is encoded in a way that is not known here.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, String> {
        match (&self.content, &self.encoded) {
            (Value::String(text), Value::String(encoding)) if encoding.eq_ignore_ascii_case("base64") => {
                STANDARD.decode(text).map_err(|_| "its body is called Base64, and is none".to_owned())
            }
            (content, Value::String(encoding)) if encoding.eq_ignore_ascii_case("json") => {
                Ok(content.to_string().into_bytes())
            }
            (_, Value::String(encoding)) => Err(format!("its body is encoded as {encoding}, which is not known here")),
            (Value::String(text), _) => Ok(text.clone().into_bytes()),
            (other, _) => Ok(other.to_string().into_bytes()),
        }
    }
}

impl Promise {
    /// What of it an answer does not keep.
    pub(super) fn broken_by(&self, answer: &Answer) -> Vec<Difference> {
        let came = Seen::of(answer);
        let mut held = Held { rules: &self.rules, found: Vec::new() };
        if self.seen.status != came.status {
            held.add("status", &self.seen.status.to_string(), &came.status.to_string());
        }
        for (name, value) in &self.headers {
            let is_type = *name == CONTENT_TYPE.as_str();
            let theirs = if is_type { came.media_type.clone() } else { forms::of_text(answer.header(name.as_str())) };
            let ours = value.as_deref().map(|value| if is_type { essence(value) } else { forms::of_text(value) });
            // What a header holds may be secret.
            let shown = if theirs.is_empty() || is_type { theirs.clone() } else { "another value".to_owned() };
            if ours.as_ref().map_or(theirs.is_empty(), |ours| *ours != theirs) {
                let promised = ours.unwrap_or_else(|| "one".to_owned());
                held.add(&format!("header {name}"), &promised, if shown.is_empty() { "none" } else { &shown });
            }
        }
        if !self.seen.body.is_null() {
            held.value(&mut Vec::new(), &self.seen.body, &came.body);
        }
        held.found
    }
}

struct Held<'h> {
    rules: &'h Rules,
    found: Vec<Difference>,
}

impl Held<'_> {
    fn add(&mut self, at: &str, expected: &str, came: &str) {
        if self.found.len() < super::difference::MOST {
            let at = if at.is_empty() { "body".to_owned() } else { in_a_line(at) };
            self.found.push(Difference { at, expected: in_a_line(expected), came: in_a_line(came) });
        }
    }

    fn value(&mut self, place: &mut Vec<String>, promised: &Value, came: &Value) {
        let matcher = self.rules.at(place);
        let at: String = place.iter().flat_map(|step| ["/", step]).collect();
        let as_told = match matcher {
            Matcher::Equality | Matcher::Type { .. } => None,
            Matcher::Number => Some((came.is_number(), "a number")),
            Matcher::Integer => Some((came.is_i64() || came.is_u64(), "a number without a fraction")),
            Matcher::Decimal => Some((came.is_f64(), "a number with a fraction")),
            Matcher::Boolean => Some((came.is_boolean(), "true or false")),
            Matcher::Null => Some((came.is_null(), "null")),
        };
        if let Some((is_so, expected)) = as_told {
            if !is_so {
                self.add(&at, expected, &told(came));
            }
            return;
        }
        match (promised, came) {
            (Value::Object(promised), Value::Object(came)) => {
                for (name, value) in promised {
                    place.push(name.clone());
                    match came.get(name) {
                        Some(other) => self.value(place, value, other),
                        None => self.add(&format!("{at}/{name}"), &told(value), "nothing of that name"),
                    }
                    place.pop();
                }
            }
            (Value::Array(promised), Value::Array(came)) => self.items(place, promised, came, matcher),
            (promised, came) => {
                let is_kept = match matcher {
                    Matcher::Type { .. } => kind(promised) == kind(came),
                    _ => promised == came,
                };
                if !is_kept {
                    self.add(&at, &told(promised), &told(came));
                }
            }
        }
    }

    /// Of a list by type, each item is held to the promised one in its place, or else to the first.
    fn items(&mut self, place: &mut Vec<String>, promised: &[Value], came: &[Value], matcher: Matcher) {
        let at: String = place.iter().flat_map(|step| ["/", step]).collect();
        let count = came.len();
        let (fewest, most) = match matcher {
            Matcher::Type { min, max } => (min.unwrap_or_else(|| usize::from(!promised.is_empty())), max),
            _ => (promised.len(), Some(promised.len())),
        };
        if count < fewest || most.is_some_and(|most| count > most) {
            let expected = match most {
                Some(most) if most == fewest => format!("{fewest} items"),
                Some(most) => format!("{fewest} to {most} items"),
                None => format!("{fewest} or more items"),
            };
            self.add(&at, &expected, &format!("{count} items"));
        }
        let first = promised.first();
        for (index, came) in came.iter().enumerate() {
            let Some(promised) = promised.get(index).or(if matcher == Matcher::Equality { None } else { first }) else {
                break;
            };
            place.push(index.to_string());
            self.value(place, promised, came);
            place.pop();
        }
    }
}

fn essence(media_type: impl AsRef<str>) -> String {
    media_type.as_ref().split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// One text, or those of a list.
pub(super) fn texts(values: &Value) -> impl Iterator<Item = &str> {
    let list = values.as_array().into_iter().flatten();
    list.chain(std::iter::once(values)).filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What of a promise an answer of the status 200 breaks.
    fn broken(promised: Value, media_type: &str, came: &str) -> Vec<String> {
        let response: Response = serde_json::from_value(promised).unwrap();
        let answer = http::Response::builder().header("content-type", media_type).header("location", "/a");
        let response_of_tenant = answer.body(bytes::Bytes::copy_from_slice(came.as_bytes())).unwrap();
        let answer = Answer { asked: String::new(), response: response_of_tenant };
        match response.promise() {
            Ok(promise) => {
                let told = promise.broken_by(&answer);
                told.into_iter().map(|one| format!("{}: {} | {}", one.at, one.expected, one.came)).collect()
            }
            Err(why) => vec![why],
        }
    }

    fn by_type(path: &str) -> Value {
        json!({"body": {path: {"combine": "AND", "matchers": [{"match": "type"}]}}})
    }

    #[test]
    fn a_rule_by_type_leaves_the_values_of_other_paths_as_they_are_promised() {
        let body = json!({"content": {"a": "x", "b": "y"}, "contentType": "application/json", "encoded": false});
        let promised = |rules: Value| json!({"status": 200, "body": body, "matchingRules": rules});
        let came = r#"{"a":"other","b":"other","more":1}"#;
        assert_eq!(broken(promised(by_type("$.a")), "application/json", came), ["/b: \"y\" | \"other\""]);
        assert!(broken(promised(by_type("$")), "application/json", came).is_empty());
        assert_eq!(broken(promised(by_type("$")), "application/json", r#"{"a":1,"b":"y"}"#), ["/a: \"x\" | 1"]);
    }

    #[test]
    fn lists_are_as_long_as_promised_and_by_type_not_empty() {
        let promised = |rules: Value| json!({"status": 200, "body": {"content": [{"a": "x"}]}, "matchingRules": rules});
        assert_eq!(broken(promised(by_type("$")), "application/json", "[]"), ["body: 1 or more items | 0 items"]);
        assert_eq!(
            broken(promised(by_type("$")), "application/json", r#"[{"a":"y"},{"b":1}]"#),
            ["/1/a: \"x\" | nothing of that name"]
        );
        assert_eq!(
            broken(promised(json!({})), "application/json", r#"[{"a":"x"},{"a":"y"}]"#),
            ["body: 1 items | 2 items"]
        );
    }

    #[test]
    fn headers_are_promised_too_and_a_type_only_if_the_file_says_one() {
        assert!(
            broken(json!({"status": 200, "body": {"content": {"a": 1}}}), "application/json", r#"{"a":1}"#).is_empty()
        );
        let promised =
            json!({"status": 200, "headers": {"Content-Type": ["application/xml"], "Location": "/b", "X-A": "1"}});
        let told = broken(promised, "application/json;charset=utf-8", "{}");
        let expected = [
            "header content-type: application/xml | application/json",
            "header location: /b | another value",
            "header x-a: 1 | none",
        ];
        assert_eq!(told, expected);
        let by_rule = json!({"status": 200, "headers": {"Location": "/b"}, "matchingRules": {"header": {"Location": {"matchers": [{"match": "type"}]}}}});
        assert!(broken(by_rule, "text/plain", "").is_empty());
    }

    #[test]
    fn bytes_are_decoded_and_what_is_not_known_is_told() {
        let encoded = json!({"status": 200, "headers": {"content-type": "text/plain"}, "body": {"content": "YQ==", "encoded": "base64"}});
        assert!(broken(encoded, "text/plain", "a").is_empty());
        let regex =
            json!({"status": 200, "matchingRules": {"body": {"$": {"matchers": [{"match": "regex", "regex": "a"}]}}}});
        assert_eq!(broken(regex, "text/plain", "b"), ["it has a matching rule that is not known here: regex"]);
    }
}

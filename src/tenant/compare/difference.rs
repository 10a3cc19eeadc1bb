//! What is different in two answers, and where.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fact::Alike;
use super::seen::Seen;

/// Most differences of one fact that are told.
pub(super) const MOST: usize = 20;

/// Longest text of a difference, in characters.
const LONGEST: usize = 300;

/// Members by which entities in a list are told apart, the best first.
const IDENTITIES: [&str; 8] = ["@href", "id", "name", "environmentName", "alias", "kid", "Alias", "Name"];

/// Elements of models that a tenant may have more of.
const MORE: [&str; 9] = [
    "Schema",
    "EntityType",
    "ComplexType",
    "EntityContainer",
    "EntitySet",
    "Association",
    "AssociationSet",
    "FunctionImport",
    "Documentation",
];

/// One place in which two answers differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: `status`, `media type`, or a place in the body.
    pub at: String,
    /// What certmimic answers.
    pub expected: String,
    /// What the tenant has answered.
    pub came: String,
}

/// What is different. A twin can know of only some things: of others in a list it has nothing to say.
pub(super) fn differences(
    expected: &Seen,
    came: &Seen,
    alike: Alike,
    is_held: &dyn Fn(&str) -> bool,
) -> Vec<Difference> {
    let mut found = Found { alike, is_held, is_page: false, differences: Vec::new() };
    if expected.status != came.status {
        found.add("status", &expected.status.to_string(), &came.status.to_string());
    }
    if expected.media_type != came.media_type && !(expected.media_type.is_empty() && expected.body.is_null()) {
        found.add("media type", &named(&expected.media_type), &named(&came.media_type));
    }
    if expected.token != came.token {
        found.add("x-csrf-token", expected.token.word(), came.token.word());
    }
    // Answers of different kinds have nothing in common that could be told.
    if (expected.status < 400) == (came.status < 400) {
        found.headers(expected, came);
        found.value("", &expected.body, &came.body);
    } else {
        found.add("body", &told(&expected.body), &told(&came.body));
    }
    found.differences
}

fn named(media_type: &str) -> String {
    if media_type.is_empty() { "none".to_owned() } else { media_type.to_owned() }
}

struct Found<'f> {
    alike: Alike,
    /// True of what the twin may have, by what tells it apart.
    is_held: &'f dyn Fn(&str) -> bool,
    /// In a list that the tenant answers in pages, of which this is the first.
    is_page: bool,
    differences: Vec<Difference>,
}

impl Found<'_> {
    fn add(&mut self, at: &str, expected: &str, came: &str) {
        if self.differences.len() < MOST {
            let at = if at.is_empty() { "body".to_owned() } else { in_a_line(at) };
            self.differences.push(Difference { at, expected: expected.to_owned(), came: came.to_owned() });
        }
    }

    /// What a tenant says beside what certmimic says is its own business.
    fn headers(&mut self, expected: &Seen, came: &Seen) {
        for (name, value) in &expected.headers {
            match came.headers.get(name) {
                None => self.add(name, &in_a_line(value), "none"),
                Some(other) if self.alike == Alike::Values && other != value => {
                    self.add(name, &in_a_line(value), &in_a_line(other));
                }
                Some(_) => {}
            }
        }
    }

    fn value(&mut self, at: &str, expected: &Value, came: &Value) {
        match (expected, came) {
            (Value::Object(expected), Value::Object(came)) => self.members(at, expected, came),
            (Value::Array(expected), Value::Array(came)) => self.items(at, expected, came),
            (Value::String(_), Value::String(_))
            | (Value::Number(_), Value::Number(_))
            | (Value::Bool(_), Value::Bool(_))
                if self.alike == Alike::Shape => {}
            _ if expected == came => {}
            _ => self.add(at, &told(expected), &told(came)),
        }
    }

    fn members(&mut self, at: &str, expected: &Map<String, Value>, came: &Map<String, Value>) {
        let is_inside = std::mem::replace(&mut self.is_page, came.contains_key("__next"));
        for (name, value) in expected {
            let place = format!("{at}/{name}");
            match came.get(name) {
                Some(other) => self.value(&place, value, other),
                None => self.add(&place, &told(value), "nothing of that name"),
            }
        }
        self.is_page = is_inside;
        let alike = self.alike;
        let is_more = |name: &str| !expected.contains_key(name) && !may_be_more(name, alike);
        for (name, value) in came.iter().filter(|(name, _)| is_more(name)) {
            self.add(&format!("{at}/{name}"), "nothing of that name", kind(value));
        }
    }

    fn items(&mut self, at: &str, expected: &[Value], came: &[Value]) {
        if self.alike == Alike::Shape {
            let places = expected.iter().zip(came).enumerate();
            return places.for_each(|(index, (expected, came))| self.value(&format!("{at}/{index}"), expected, came));
        }
        let (Some(ours), Some(theirs)) = (identities(expected), identities(came)) else {
            return self.in_order(at, expected, came);
        };
        let by_identity: BTreeMap<&str, &Value> = theirs.iter().copied().zip(came).collect();
        for (identity, value) in ours.iter().zip(expected) {
            let place = format!("{at}/{identity}");
            match by_identity.get(identity) {
                Some(other) => self.value(&place, value, other),
                None if self.is_page => {}
                None => self.add(&place, "it in the list", "none in the list"),
            }
        }
        let is_held = self.is_held;
        let ours: BTreeSet<&str> = ours.into_iter().collect();
        let more = theirs.iter().filter(|identity| !ours.contains(*identity) && is_held(identity));
        if self.alike == Alike::Values {
            for identity in more {
                self.add(&format!("{at}/{identity}"), "none in the list", "it in the list");
            }
        }
    }

    fn in_order(&mut self, at: &str, expected: &[Value], came: &[Value]) {
        if expected.len() != came.len() && self.alike == Alike::Values && !self.is_page {
            self.add(at, &format!("{} items", expected.len()), &format!("{} items", came.len()));
        }
        for (index, (expected, came)) in expected.iter().zip(came).enumerate() {
            self.value(&format!("{at}/{index}"), expected, came);
        }
    }
}

/// True if a tenant may have it though certmimic has not.
fn may_be_more(name: &str, alike: Alike) -> bool {
    let kind = name.split(' ').next().unwrap_or(name);
    // The next page of a list that certmimic answers in one.
    match alike {
        Alike::Values | Alike::Shape => name == "__next",
        Alike::AtLeast => name == "__next" || MORE.contains(&kind),
    }
}

/// What tells the items of a list apart: the order of entities is nobody's promise.
fn identities(items: &[Value]) -> Option<Vec<&str>> {
    let by = |find: &dyn Fn(&Value) -> Option<&str>| {
        let found: Vec<&str> = items.iter().map_while(find).collect();
        let different: BTreeSet<&&str> = found.iter().collect();
        (found.len() == items.len() && different.len() == items.len()).then_some(found)
    };
    by(&|item| item.pointer("/__metadata/uri")?.as_str())
        .or_else(|| by(&|item| item.as_str()))
        .or_else(|| IDENTITIES.iter().find_map(|name| by(&|item| item.get(*name)?.as_str())))
}

/// What kind of value it is. What nobody knows may be a secret.
pub(super) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A value in one short line.
pub(super) fn told(value: &Value) -> String {
    let text = match value {
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        other => other.to_string(),
    };
    in_a_line(&text)
}

/// A text of a tenant as a report repeats it: members, too, are called as it likes.
pub(super) fn in_a_line(text: &str) -> String {
    let mut line: String = text.chars().filter(|character| !character.is_control()).take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tenant::compare::seen::Token;

    fn seen(status: u16, body: Value) -> Seen {
        Seen { token: Token::None, body, ..Seen::told(status, "application/json".to_owned(), None) }
    }

    fn places(ours: Value, theirs: Value, alike: Alike) -> Vec<String> {
        let found = differences(&seen(200, ours), &seen(200, theirs), alike, &|_| true);
        found.into_iter().map(|one| format!("{}: {} | {}", one.at, one.expected, one.came)).collect()
    }

    #[test]
    fn places_are_told_with_what_is_expected_and_what_came() {
        let ours = json!({"d": {"a": 1, "b": "x", "c": null}});
        let theirs = json!({"d": {"a": 1, "b": "y", "e": []}});
        let told = ["/d/b: \"x\" | \"y\"", "/d/c: null | nothing of that name", "/d/e: nothing of that name | a list"];
        assert_eq!(places(ours, theirs, Alike::Values), told);
        let odd = places(json!({}), json!({"a\u{1b}[2J\n": 1}), Alike::Values);
        assert_eq!(odd, ["/a[2J: nothing of that name | a number"]);
        let (refused, done) = (seen(404, json!({"error": 1})), seen(200, json!({"d": 1})));
        let refused = differences(&refused, &done, Alike::Values, &|_| true);
        assert_eq!(refused.iter().map(|one| one.at.as_str()).collect::<Vec<_>>(), ["status", "body"]);
    }

    #[test]
    fn headers_that_certmimic_sends_are_those_of_the_tenant() {
        let with = |headers: &[(&'static str, &str)], status: u16| {
            let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            Seen { headers, ..seen(status, json!({})) }
        };
        let ours = with(&[("dataserviceversion", "2.0"), ("location", "/api/v1/X('a')")], 201);
        let told = |theirs: &Seen, alike: Alike| {
            let found = differences(&ours, theirs, alike, &|_| true);
            found.into_iter().map(|one| format!("{}: {} | {}", one.at, one.expected, one.came)).collect::<Vec<_>>()
        };
        let other = with(&[("dataserviceversion", "1.0"), ("content-disposition", "attachment")], 201);
        let both = ["dataserviceversion: 2.0 | 1.0", "location: /api/v1/X('a') | none"];
        assert_eq!(told(&other, Alike::Values), both);
        assert_eq!(told(&other, Alike::Shape), [both[1]]);
        assert_eq!(told(&ours, Alike::Values), [""; 0]);
        assert_eq!(told(&with(&[], 404), Alike::Values).len(), 2, "status and body");
    }

    #[test]
    fn entities_are_told_apart_by_what_they_are_whatever_their_order() {
        let list = |order: [&str; 2]| json!(order.map(|name| json!({"__metadata": {"uri": name}, "n": name})));
        assert!(places(list(["a", "b"]), list(["b", "a"]), Alike::Values).is_empty());
        let told = ["/a: it in the list | none in the list", "/c: none in the list | it in the list"];
        assert_eq!(places(list(["a", "b"]), list(["b", "c"]), Alike::Values), told);
    }

    #[test]
    fn of_a_page_and_of_what_the_twin_cannot_know_nothing_is_told() {
        let list = |names: &[&str]| json!(names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>());
        let page = json!({"d": {"results": list(&["a"]), "__next": "x"}});
        assert!(places(json!({"d": {"results": list(&["a", "b"])}}), page, Alike::Values).is_empty());
        let (ours, theirs) = (seen(200, list(&["a"])), seen(200, list(&["a", "b", "c"])));
        let told = differences(&ours, &theirs, Alike::Values, &|name| name == "c");
        assert_eq!(told.iter().map(|one| one.at.as_str()).collect::<Vec<_>>(), ["/c"]);
    }

    #[test]
    fn less_may_have_to_be_alike() {
        assert!(places(json!([{"a": "x"}]), json!([{"a": "y"}, {"a": "z"}]), Alike::Shape).is_empty());
        assert_eq!(places(json!([{"a": "x"}]), json!([{"a": null}]), Alike::Shape).len(), 1);
        let ours = json!({"EntityType A": {"Property x": {"@Type": "t"}}});
        let theirs = json!({"EntityType A": {"Property x": {"@Type": "u"}, "Property y": {}}, "EntityType B": {}});
        assert_eq!(places(ours, theirs, Alike::AtLeast).len(), 2);
    }
}

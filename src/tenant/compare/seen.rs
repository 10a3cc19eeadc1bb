//! An answer as it is compared: status, media type, and a body without what no two systems have in common.
//!
//! Secrets are masked before anything else is done, so that none of them can get into a difference.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::forms;
use crate::control::shown;
use crate::odata::body::xml::{self, Element};
use crate::pki::jwk::PRIVATE_MEMBERS;
use crate::tenant::answer::Answer;

/// The attributes that OData's models have; others are annotations, which certmimic has none of.
const OF_MODELS: [&str; 21] = [
    "Abstract",
    "Association",
    "BaseType",
    "EntitySet",
    "EntityType",
    "FromRole",
    "HasStream",
    "HttpMethod",
    "IsDefaultEntityContainer",
    "MaxLength",
    "Multiplicity",
    "Name",
    "Namespace",
    "Nullable",
    "Precision",
    "Relationship",
    "ReturnType",
    "Role",
    "Scale",
    "ToRole",
    "Type",
];

/// Members that say who has done something: who one is to the tenant is no fact.
const PEOPLE: [&str; 6] = ["changed_by", "created_by", "ActivatedBy", "CreatedBy", "DeactivatedBy", "LastModifiedBy"];

/// Members of public keys: of a JSON Web Key.
const OF_KEYS: [&str; 3] = ["n", "x", "y"];

/// Members that name a thing, and are compared as they are, whatever they look like.
const NAMES: [&str; 7] = ["alias", "name", "Alias", "Hexalias", "Name", "certificateStoreName", "storeName"];

/// Members that hold keys and secrets, or may, beside those of JSON Web Keys: of keys, of files, and of key value maps.
const KEPT_BACK: [&str; 4] = ["content", "file", "secret", "value"];

/// The name of the element that a model is in.
const MODEL: &str = "Edmx";

/// Headers that the documents name, beside those of media types and tokens.
const HEADERS: [&str; 3] = ["content-disposition", "dataserviceversion", "location"];

/// What came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    /// The status.
    pub status: u16,
    /// The media type without parameters.
    pub media_type: String,
    /// What it says of CSRF tokens.
    pub token: Token,
    /// What it says in other headers, as far as the documents name them.
    pub headers: BTreeMap<&'static str, String>,
    /// The body: JSON as it is, XML as objects, a text, or the form of bytes.
    pub body: Value,
}

/// What an answer says of CSRF tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Nothing.
    None,
    /// That one is needed.
    Required,
    /// Here is one.
    HandedOut,
}

impl Token {
    /// In words.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Required => "that one is required",
            Self::HandedOut => "a token",
        }
    }
}

impl Seen {
    /// Of an answer.
    pub(super) fn of(answer: &Answer) -> Self {
        let media_type = answer.media_type().to_ascii_lowercase();
        let body = of_body(&media_type, answer.response.body());
        let header = |name: &'static str| {
            // Some write it behind a version.
            let value = answer.header(name).trim_end_matches(';').trim();
            (!value.is_empty()).then(|| (name, forms::of_text(value)))
        };
        let headers = HEADERS.into_iter().filter_map(header).collect();
        Self { status: answer.status().as_u16(), media_type, token: Token::of(answer), headers, body }
    }

    /// Of what is told of one.
    pub(super) fn told(status: u16, media_type: String, body: Option<&[u8]>) -> Self {
        // A body that nobody gives a type is told as what it is.
        let shown_as = if media_type.is_empty() { "application/json" } else { &media_type };
        let body = body.map_or(Value::Null, |body| of_body(shown_as, body));
        Self { status, media_type, token: Token::None, headers: BTreeMap::new(), body }
    }
}

fn of_body(media_type: &str, bytes: &[u8]) -> Value {
    let Some(text) = shown(media_type, bytes) else { return forms::of_bytes(bytes).into() };
    if media_type.ends_with("xml")
        && let Ok(element) = xml::parse(text.as_bytes())
    {
        let is_model = element.name == MODEL;
        of_element(&element, is_model)
    } else {
        of_text(text)
    }
}

impl Token {
    fn of(answer: &Answer) -> Self {
        match answer.header("x-csrf-token") {
            "" => Self::None,
            word if word.eq_ignore_ascii_case("required") => Self::Required,
            _ => Self::HandedOut,
        }
    }
}

fn of_text(text: String) -> Value {
    let mut value = match serde_json::from_str(&text) {
        Ok(json) => json,
        Err(_) => Value::String(text),
    };
    simplify(&mut value);
    value
}

/// Every text in its form.
fn simplify(value: &mut Value) {
    match value {
        Value::String(text) => *text = forms::of_text(text),
        Value::Array(items) => items.iter_mut().for_each(simplify),
        Value::Object(members) => {
            // Texts for people are in a language, and are called as values of maps are.
            let is_text = members.contains_key("lang");
            for (name, value) in members {
                match value {
                    Value::String(text) if PEOPLE.contains(&name.as_str()) && !text.is_empty() => {
                        "<somebody>".clone_into(text);
                    }
                    // A key that nobody has given a number has that of the moment when it was made.
                    Value::String(text) if name == "kid" && is_number(text) => {
                        *text = format!("<{} digits>", text.len());
                    }
                    Value::String(text) if OF_KEYS.contains(&name.as_str()) && !text.is_empty() => {
                        *text = format!("<{} characters>", text.len());
                    }
                    Value::String(text) if is_kept_back(name) && !is_text && !text.is_empty() => {
                        "<kept back>".clone_into(text);
                    }
                    Value::String(_) if NAMES.contains(&name.as_str()) => {}
                    _ => simplify(value),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_kept_back(name: &str) -> bool {
    KEPT_BACK.contains(&name) || PRIVATE_MEMBERS.contains(&name)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An element as an object: attributes begin with `@`, children are called as they are, with their `Name` if they have one.
fn of_element(element: &Element, is_model: bool) -> Value {
    let mut members = Map::new();
    for (name, value) in &element.attributes {
        if !is_model || OF_MODELS.contains(&name.as_str()) {
            members.insert(format!("@{name}"), forms::of_text(value).into());
        }
    }
    for child in &element.children {
        let told = ["Name", "Namespace", "Role", "EntitySet"].iter().find_map(|name| child.attribute(name));
        let name = match told.filter(|_| is_model) {
            Some(told) => format!("{} {told}", child.name),
            None => child.name.clone(),
        };
        let value = of_element(child, is_model);
        match members.get_mut(&name) {
            None => {
                members.insert(name, value);
            }
            Some(Value::Array(items)) => items.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
    let text = element.text.trim();
    // When a feed was made is now, and zeros at the end of a second's fraction are not written.
    if element.name == "updated" && !text.is_empty() {
        return "<moment>".into();
    }
    if members.is_empty() {
        return forms::of_text(text).into();
    }
    if !text.is_empty() {
        members.insert("text".to_owned(), forms::of_text(text).into());
    }
    members.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_whatever_format_they_come() {
        for (media_type, text) in [
            ("application/json", r#"{"d":{"Password":"canary"}}"#),
            (
                "application/atom+xml",
                "<m:properties xmlns:m=\"m\" xmlns:d=\"d\"><d:Password>canary</d:Password></m:properties>",
            ),
            ("application/xml", "<entry><value>canary</value></entry>"),
            ("application/xml", "<broken><Password>canary</Password>"),
        ] {
            let seen = of_body(media_type, text.as_bytes()).to_string();
            assert!(!seen.contains("canary") && seen.contains("***"), "{media_type} {text}\n{seen}");
        }
    }
}

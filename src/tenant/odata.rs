//! Answers of OData services in JSON: entities one by one, whatever pages they came in.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::client::Client;
use super::{Failure, System};
use crate::effects::Timestamp;
use crate::odata::body::json_date;

/// Most pages of a list.
const MOST_PAGES: usize = 1_000;

/// What a key may hold as it is.
pub(super) const IN_KEYS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An entity, by the names of its properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity(pub Map<String, Value>);

impl Entity {
    /// A text; `None` if it is null or not there.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A text, empty if it is null or not there.
    pub fn said(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_owned()
    }

    /// A text that is not empty.
    pub fn present(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
    }

    /// A flag, false if it is null or not there.
    pub fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A number, which may be written as text.
    pub fn number(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    /// A point in time, of `/Date(…)/`.
    pub fn moment(&self, name: &str) -> Option<Timestamp> {
        json_date(self.text(name)?)
    }

    /// A complex value, empty if it is null or not there.
    pub fn part(&self, name: &str) -> Self {
        Self(self.0.get(name).and_then(Value::as_object).cloned().unwrap_or_default())
    }
}

/// A text as a key in an address, in its quotes.
pub fn key(text: &str) -> String {
    format!("'{}'", utf8_percent_encode(&text.replace('\'', "''"), IN_KEYS))
}

/// A name as a segment of a path.
pub fn segment(name: &str) -> String {
    utf8_percent_encode(name, IN_KEYS).to_string()
}

/// A service, as the paths of its entities are relative to it.
#[derive(Clone, Copy)]
pub struct Service<'c> {
    /// The client.
    pub client: &'c Client<'c>,
    /// The system.
    pub system: System,
    /// The service's own path.
    pub root: &'c str,
}

impl Service<'_> {
    /// All entities of a list, of all its pages.
    pub fn list(&self, path: &str) -> Result<Vec<Entity>, Failure> {
        let mut target = format!("{}/{path}", self.root);
        let (mut entities, mut seen) = (Vec::new(), BTreeSet::new());
        while seen.insert(target.clone()) {
            let answer = self.client.get(self.system, &target)?;
            if seen.len() > MOST_PAGES {
                return Err(answer.unexpected("a list of at most a thousand pages", &self.client.secrets));
            }
            let expected = || answer.unexpected("a list of OData", &self.client.secrets);
            let mut document = answer.json(&self.client.secrets)?;
            let data = document.get_mut("d").map(Value::take).ok_or_else(expected)?;
            let (rows, next) = match data {
                Value::Array(rows) => (rows, None),
                Value::Object(mut members) => match members.remove("results") {
                    Some(Value::Array(rows)) => {
                        (rows, members.get("__next").and_then(Value::as_str).map(ToOwned::to_owned))
                    }
                    _ => return Err(expected()),
                },
                _ => return Err(expected()),
            };
            for row in rows {
                let Value::Object(members) = row else { return Err(expected()) };
                entities.push(Entity(members));
            }
            let Some(next) = next else { break };
            target = self.client.follow(&next, self.root, &answer.asked)?;
        }
        Ok(entities)
    }

    /// One entity.
    pub fn one(&self, path: &str) -> Result<Entity, Failure> {
        let answer = self.client.get(self.system, &format!("{}/{path}", self.root))?;
        match answer.json(&self.client.secrets)?.get_mut("d").map(Value::take) {
            Some(Value::Object(members)) => Ok(Entity(members)),
            _ => Err(answer.unexpected("an entity of OData", &self.client.secrets)),
        }
    }

    /// A stream.
    pub fn bytes(&self, path: &str, expected: &'static str) -> Result<bytes::Bytes, Failure> {
        self.client.bytes(self.system, &format!("{}/{path}", self.root), expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_and_escaped() {
        assert_eq!(key("shop_ts-1.x"), "'shop_ts-1.x'");
        assert_eq!(key("o'brien /ü"), "'o%27%27brien%20%2F%C3%BC'");
    }
}

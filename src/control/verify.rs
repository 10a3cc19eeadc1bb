//! `POST /verify`: was the world asked what a test expects? If not, what came nearest, and what differs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::context::{Context, json_response};
use super::error::Error;
use super::requests::{self, lines, outcome, summary};
use crate::contract::nearest_word;
use crate::faults::Pattern;
use crate::http::{Response, target};
use crate::state::APIS;
use crate::store::sort_by_key;
use crate::worlds::{Record, World};

/// What a test expects: how often requests of a kind were made, or that some were made in an order.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Expectation {
    /// Operation, as `certmimic operations` lists them; `*` stands for any characters.
    pub operation: Option<String>,
    /// HTTP method.
    pub method: Option<String>,
    /// Path; `*` stands for any characters but slashes, `**` for any.
    pub path: Option<String>,
    /// Parameters of the query; `*` in a value stands for any characters.
    pub query: BTreeMap<String, String>,
    /// Headers; `*` in a value stands for any characters.
    pub headers: BTreeMap<String, String>,
    /// Part of the JSON body: members that must be there, in objects that may have more.
    pub json: Option<Value>,
    /// Status of the answer.
    pub status: Option<u16>,
    /// Identifier of the outcome, or `success`.
    pub outcome: Option<String>,
    /// How often it was asked, exactly.
    pub exactly: Option<usize>,
    /// How often at least; 1 if nothing is said of how often.
    pub at_least: Option<usize>,
    /// How often at most.
    pub at_most: Option<usize>,
    /// Not once.
    pub never: bool,
    /// Requests that were made one after the other, others between them or not.
    pub in_order: Vec<Expectation>,
}

/// What was asked instead.
#[derive(Debug, Clone)]
pub struct Unverified {
    /// What was expected, and what was found, in one sentence.
    pub sentence: String,
    /// The sentence, and the nearest misses below it, one difference a line: for the log of a test.
    pub text: String,
    /// The same in JSON.
    pub report: Value,
}

impl Unverified {
    fn because(sentence: String) -> Self {
        Self { text: sentence.clone(), sentence, report: Value::Null }
    }
}

impl std::fmt::Display for Unverified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Unverified {}

/// How many near misses are told.
const NEAREST: usize = 3;

pub(super) fn answer(context: &Context<'_>) -> Result<Response, Error> {
    let expected: Expectation = context.body()?;
    expected.check()?;
    match verify(context.world, &expected) {
        Ok(matched) => Ok(json_response(&json!({"verified": true, "matched": matched}))),
        Err(Unverified { sentence, report, .. }) => Err(Error::Unverified { sentence, report }),
    }
}

/// Checks what a world was asked; gives how many requests fit.
///
/// # Errors
/// It was asked something else, or too often, or in another order; or what is expected can never be.
pub fn verify(world: &World, expected: &Expectation) -> Result<usize, Unverified> {
    expected.check().map_err(|error| Unverified::because(error.detail()))?;
    let records = world.journal.page().records;
    if !expected.in_order.is_empty() {
        return in_order(&records, &expected.in_order);
    }
    let matched = records.iter().filter(|record| expected.differences(record).is_empty()).count();
    if expected.allows(matched) {
        return Ok(matched);
    }
    let sentence = format!("Expected {} {}; there were {matched}.", expected.counted(), expected.described());
    Err(unverified(sentence, matched, expected, &records))
}

fn in_order(records: &[Arc<Record>], steps: &[Expectation]) -> Result<usize, Unverified> {
    let mut rest = records;
    for (number, step) in steps.iter().enumerate() {
        let Some(at) = rest.iter().position(|record| step.differences(record).is_empty()) else {
            let place = match number {
                0 => "first".to_owned(),
                _ => format!("at place {} of the order, after those before it", number + 1),
            };
            let sentence = format!("Expected {place} {}; there was none.", step.described());
            return Err(unverified(sentence, number, step, rest));
        };
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    Ok(steps.len())
}

impl Expectation {
    /// Requests of an operation, as `certmimic operations` lists them; `*` stands for any characters.
    pub fn operation(operation: impl Into<String>) -> Self {
        Self { operation: Some(operation.into()), ..Self::default() }
    }

    /// Those that ended so: the identifier of an outcome, or `success`.
    #[must_use]
    pub fn outcome(self, outcome: impl Into<String>) -> Self {
        Self { outcome: Some(outcome.into()), ..self }
    }

    /// So many times.
    #[must_use]
    pub fn exactly(self, times: usize) -> Self {
        Self { exactly: Some(times), ..self }
    }

    /// Not once.
    #[must_use]
    pub fn never(self) -> Self {
        Self { never: true, ..self }
    }

    /// Refuses what can never fit, so that a misspelt word does not make `never` true.
    fn check(&self) -> Result<(), Error> {
        if let Some(operation) = &self.operation {
            requests::operations(operation)?;
        }
        if let Some(outcome) = &self.outcome {
            known_outcome(outcome)?;
        }
        let counts = [self.exactly.is_some(), self.at_least.is_some() || self.at_most.is_some(), self.never];
        if counts.iter().filter(|given| **given).count() > 1 {
            let sentence = "Only one of \"exactly\", \"at_least\" with \"at_most\", and \"never\" can be said.";
            return Err(Error::BadBody(sentence.to_owned()));
        }
        let counts_inside = |step: &Self| {
            step.exactly.is_some()
                || step.at_least.is_some()
                || step.at_most.is_some()
                || step.never
                || !step.in_order.is_empty()
        };
        if self.in_order.iter().any(counts_inside) {
            return Err(Error::BadBody("A step of \"in_order\" says nothing of how often.".to_owned()));
        }
        self.in_order.iter().try_for_each(Self::check)
    }

    fn allows(&self, matched: usize) -> bool {
        match (self.never, self.exactly) {
            (true, _) => matched == 0,
            (false, Some(exactly)) => matched == exactly,
            (false, None) => matched >= self.least() && self.at_most.is_none_or(|most| matched <= most),
        }
    }

    fn least(&self) -> usize {
        self.at_least.unwrap_or(usize::from(self.at_most.is_none()))
    }

    fn counted(&self) -> String {
        match (self.never, self.exactly, self.at_most) {
            (true, ..) => "no".to_owned(),
            (_, Some(exactly), _) => format!("exactly {exactly}"),
            (_, _, Some(most)) if self.at_least.is_some() => format!("{} to {most}", self.least()),
            (_, _, Some(most)) => format!("at most {most}"),
            _ => format!("at least {}", self.least()),
        }
    }

    /// The kind of request, as a sentence says it.
    fn described(&self) -> String {
        let words = [
            self.operation.as_ref().map(|operation| format!("operation {operation}")),
            self.method.as_ref().map(|method| format!("method {method}")),
            self.path.as_ref().map(|path| format!("path {path}")),
            (!self.query.is_empty()).then(|| format!("query {:?}", self.query)),
            (!self.headers.is_empty()).then(|| format!("headers {:?}", self.headers)),
            self.json.as_ref().map(|json| format!("json {json}")),
            self.status.map(|status| format!("status {status}")),
            self.outcome.as_ref().map(|outcome| format!("outcome {outcome}")),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        if words.is_empty() { "request".to_owned() } else { format!("request with {}", words.join(", ")) }
    }

    /// What a request has otherwise; nothing if it fits.
    fn differences(&self, record: &Record) -> Vec<Difference> {
        let exchange = &record.exchange;
        let asked = &exchange.asked;
        let mut found = Differences::default();
        let operation = exchange.operation.map_or("none", |operation| operation.id);
        found.word("operation", self.operation.as_deref(), operation);
        let method = self.method.as_deref().map(str::to_uppercase);
        found.same("method", method.as_deref(), asked.method.as_str());
        if let Some(path) = &self.path
            && !Pattern::from(path.as_str()).matches_path(&asked.path)
        {
            found.add("path", path, &asked.path);
        }
        let query = target::query(&asked.query).unwrap_or_default();
        for (name, expected) in &self.query {
            let actual = query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref());
            found.optional(&format!("query.{name}"), expected, actual);
        }
        for (name, expected) in &self.headers {
            found.optional(&format!("headers.{name}"), expected, asked.headers.get(name));
        }
        if let Some(json) = &self.json {
            match serde_json::from_slice(&asked.body) {
                Ok(body) => found.json("json", json, &body),
                Err(_) => found.add("json", &json.to_string(), "no JSON"),
            }
        }
        let status = exchange.answered.as_ref().map_or_else(String::new, |answer| answer.status.as_u16().to_string());
        found.same("status", self.status.map(|status| status.to_string()).as_deref(), &status);
        found.same("outcome", self.outcome.as_deref(), outcome(exchange));
        found.0
    }
}

/// One thing that a request has otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    field: String,
    expected: String,
    actual: String,
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn add(&mut self, field: &str, expected: &str, actual: &str) {
        self.0.push(Difference { field: field.to_owned(), expected: expected.to_owned(), actual: actual.to_owned() });
    }

    fn same(&mut self, field: &str, expected: Option<&str>, actual: &str) {
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            self.add(field, expected, actual);
        }
    }

    fn word(&mut self, field: &str, expected: Option<&str>, actual: &str) {
        if let Some(expected) = expected.filter(|expected| !Pattern::from(*expected).matches_word(actual)) {
            self.add(field, expected, actual);
        }
    }

    fn optional(&mut self, field: &str, expected: &str, actual: Option<&str>) {
        if actual.is_none_or(|actual| !Pattern::from(expected).matches_word(actual)) {
            self.add(field, expected, actual.unwrap_or("none"));
        }
    }

    /// Objects may have more members than are expected; everything else is equal.
    fn json(&mut self, field: &str, expected: &Value, actual: &Value) {
        let Value::Object(members) = expected else {
            if expected != actual {
                self.add(field, &expected.to_string(), &actual.to_string());
            }
            return;
        };
        for (name, expected) in members {
            let field = format!("{field}.{name}");
            match actual.get(name) {
                Some(actual) => self.json(&field, expected, actual),
                None => self.add(&field, &expected.to_string(), "none"),
            }
        }
    }
}

fn unverified(sentence: String, matched: usize, expected: &Expectation, records: &[Arc<Record>]) -> Unverified {
    let mut misses: Vec<(Vec<Difference>, &Arc<Record>)> =
        records.iter().map(|record| (expected.differences(record), record)).collect();
    // What fits is what is too many, and comes first, too.
    sort_by_key(&mut misses, |(differences, _)| differences.len());
    misses.truncate(NEAREST);
    let mut text = sentence.clone();
    for (differences, record) in &misses {
        // Writing to a string cannot fail.
        let _infallible = write!(text, "\n{}", lines(record).trim_end());
        for Difference { field, expected, actual } in differences {
            let _infallible = write!(text, "\n        {field}: expected {expected}, was {}", shown(field, actual));
        }
    }
    let nearest: Vec<Value> = misses
        .iter()
        .map(|(differences, record)| json!({"request": summary(record), "differences": differences.iter().map(told).collect::<Vec<_>>()}))
        .collect();
    let report = json!({"matched": matched, "asked": records.len(), "nearest": nearest, "text": text});
    Unverified { sentence, text, report }
}

fn told(difference: &Difference) -> Value {
    let Difference { field, expected, actual } = difference;
    json!({"field": field, "expected": expected, "actual": shown(field, actual)})
}

/// The value of a secret is not told.
fn shown(field: &str, actual: &str) -> String {
    let name = field.rsplit('.').next().unwrap_or(field);
    super::masking::header(name, actual).into_owned()
}

fn known_outcome(outcome: &str) -> Result<(), Error> {
    let known = || APIS.iter().flat_map(crate::state::Api::rows).map(|row| row.outcome().id);
    if outcome == "success" || outcome == "undone" || known().any(|id| id == outcome) {
        return Ok(());
    }
    let nearest = nearest_word(outcome, known()).unwrap_or_default();
    Err(Error::BadValue {
        name: "outcome",
        value: outcome.to_owned(),
        expected: format!(
            "success, undone, or an outcome as `certmimic operations` lists them; the nearest is {nearest}"
        ),
    })
}

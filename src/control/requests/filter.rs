//! Which records are asked for.

use crate::contract::{Operation, nearest_word};
use crate::control::context::Query;
use crate::control::error::Error;
use crate::effects::Timestamp;
use crate::faults::Pattern;
use crate::state::{APIS, Api};
use crate::worlds::{Answer, Exchange, Page, Record};

/// Which records are asked for: those that fit everything that is said here.
#[derive(Debug, Default)]
pub struct Filter {
    operation: Option<Pattern>,
    system: Option<&'static Api>,
    method: Option<String>,
    path: Option<Pattern>,
    status: Option<Status>,
    outcome: Option<String>,
    refused: bool,
    since: Option<Since>,
    limit: Option<usize>,
    brief: bool,
}

/// `404`, or `4xx`.
#[derive(Debug, Clone, Copy)]
enum Status {
    One(u16),
    Class(u16),
}

#[derive(Debug, Clone, Copy)]
enum Since {
    Number(u64),
    Time(Timestamp),
}

impl Filter {
    pub(in crate::control) fn of(query: &Query<'_>) -> Result<Self, Error> {
        Ok(Self {
            operation: query.get("operation").map(operations).transpose()?,
            system: query.get("system").map(system).transpose()?,
            method: query.get("method").map(str::to_uppercase),
            path: query.get("path").map(Pattern::from),
            status: query.get("status").map(status).transpose()?,
            outcome: query.get("outcome").map(str::to_owned),
            refused: query.flag("refused")?,
            since: query.get("since").map(since).transpose()?,
            limit: query.read("limit", "a number")?,
            brief: query.flag("brief")?,
        })
    }

    /// The number of the record that all have to come after.
    pub fn since_number(&self) -> u64 {
        match self.since {
            Some(Since::Number(number)) => number,
            _ => 0,
        }
    }

    /// True if headers and bodies are to be left out.
    pub(super) const fn is_brief(&self) -> bool {
        self.brief
    }

    /// The records that fit; of more than are asked for, the newest.
    pub fn apply(&self, mut page: Page) -> Page {
        page.records.retain(|record| self.fits(record));
        if let Some(limit) = self.limit {
            page.records.drain(..page.records.len().saturating_sub(limit));
        }
        page
    }

    /// True if a record is asked for, however many there may be.
    pub(super) fn fits(&self, record: &Record) -> bool {
        let exchange = &record.exchange;
        let operation = exchange.operation.map_or("", |operation| operation.id);
        self.operation.as_ref().is_none_or(|pattern| pattern.matches_word(operation))
            && self.system.is_none_or(|api| is_of(api, exchange))
            && self.method.as_ref().is_none_or(|method| exchange.asked.method.as_str() == method)
            && self.path.as_ref().is_none_or(|pattern| pattern.matches_path(&exchange.asked.path))
            && self.status.is_none_or(|status| has(status, exchange))
            && self.outcome.as_ref().is_none_or(|outcome| ended_so(outcome, exchange))
            && (!self.refused || matches!(exchange.outcome(), Some(Answer::Refusal(_))))
            && match self.since {
                Some(Since::Time(time)) => exchange.at >= time,
                _ => true,
            }
    }
}

fn is_of(api: &Api, exchange: &Exchange) -> bool {
    Api::of_path(&exchange.asked.path).is_some_and(|known| known.name == api.name)
}

fn has(status: Status, exchange: &Exchange) -> bool {
    let actual = exchange.answered.as_ref().map_or(0, |answer| answer.status.as_u16());
    match status {
        Status::One(status) => actual == status,
        Status::Class(class) => actual / 100 == class,
    }
}

/// `success` stands for every answer that is no refusal.
pub(in crate::control) fn ended_so(outcome: &str, exchange: &Exchange) -> bool {
    match exchange.outcome() {
        Some(Answer::Refusal(id)) => id == outcome,
        Some(Answer::Success(_)) => outcome == "success",
        None => false,
    }
}

/// A pattern that no operation fits is a misspelt one.
pub(in crate::control) fn operations(text: &str) -> Result<Pattern, Error> {
    let pattern = Pattern::from(text);
    let known = || APIS.iter().flat_map(|api| api.operations);
    if known().any(|operation: &Operation| pattern.matches_word(operation.id)) {
        return Ok(pattern);
    }
    let nearest = nearest_word(text, known().map(|operation| operation.id)).unwrap_or_default();
    Err(Error::BadValue {
        name: "operation",
        value: text.to_owned(),
        expected: format!("an operation, as `certmimic operations` lists them; the nearest is {nearest}"),
    })
}

pub(in crate::control) fn system(name: &str) -> Result<&'static Api, Error> {
    Api::named(name).ok_or_else(|| Error::BadValue {
        name: "system",
        value: name.to_owned(),
        expected: APIS.iter().map(|api| format!("{} ({})", api.name, api.short)).collect::<Vec<_>>().join(", "),
    })
}

fn status(text: &str) -> Result<Status, Error> {
    let read = match text.strip_suffix("xx") {
        Some(class) => class.parse().ok().filter(|class| (1..=5).contains(class)).map(Status::Class),
        None => text.parse().ok().map(Status::One),
    };
    read.ok_or_else(|| Error::BadValue {
        name: "status",
        value: text.to_owned(),
        expected: "a status such as 404 or 4xx".to_owned(),
    })
}

fn since(text: &str) -> Result<Since, Error> {
    let number = text.parse().ok().map(Since::Number);
    let read = number.or_else(|| Timestamp::parse_iso(text).map(Since::Time));
    read.ok_or_else(|| Error::BadValue {
        name: "since",
        value: text.to_owned(),
        expected: "the number of a record, or a date such as 2026-01-15T08:00:00Z".to_owned(),
    })
}

//! `/coverage`: the documented answers of each operation, and which of them clients have met.

mod html;
mod junit;
mod markdown;
mod text;

use serde_json::{Map, Value, json};

use super::context::{Context, Format, json_response, text_response};
use super::error::Error;
use super::requests::system;
use crate::contract::{Operation, Outcome, Reach};
use crate::http::Response;
use crate::state::{APIS, Api};
use crate::worlds::{Answer, Met, Times};

const FORMATS: &[Format] = &[
    Format { name: "json", media_type: "application/json" },
    Format { name: "text", media_type: "text/plain" },
    Format { name: "markdown", media_type: "text/markdown" },
    Format { name: "junit", media_type: "application/xml" },
    Format { name: "html", media_type: "text/html" },
];

/// What clients have met of what is documented.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// System by system.
    pub systems: Vec<SystemCoverage>,
}

/// The same of one system.
#[derive(Debug, Clone)]
pub struct SystemCoverage {
    /// Its name in scenarios.
    pub name: &'static str,
    /// Its name in prose.
    pub title: &'static str,
    /// Its operations, each with its own answers.
    pub operations: Vec<OperationCoverage>,
    /// Refusals that no operation is alone with: of the protocol, of what stands in front of the system.
    pub shared: Vec<Covered>,
}

/// The documented answers of one operation.
#[derive(Debug, Clone)]
pub struct OperationCoverage {
    /// The operation.
    pub operation: &'static Operation,
    /// Its answers: successes first.
    pub answers: Vec<Covered>,
}

/// A documented answer, and how often it was met.
#[derive(Debug, Clone, Copy)]
pub struct Covered {
    /// The answer.
    pub answer: Answer,
    /// The row of a refusal.
    pub row: Option<&'static Outcome>,
    /// How often it was met.
    pub times: Times,
}

/// How many answers there are, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All that are documented.
    pub answers: usize,
    /// Met because a client earned them.
    pub earned: usize,
    /// Met by faults only.
    pub by_fault: usize,
}

impl Tally {
    /// The share that was met, in percent; all of nothing is everything.
    pub fn percent(self) -> f64 {
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if self.answers == 0 { 100.0 } else { 100.0 * count(self.earned + self.by_fault) / count(self.answers) }
    }

    fn of<'c>(covered: impl Iterator<Item = &'c Covered>) -> Self {
        covered.fold(Self::default(), |tally, covered| Self {
            answers: tally.answers + 1,
            earned: tally.earned + usize::from(covered.times.earned > 0),
            by_fault: tally.by_fault + usize::from(covered.is_by_fault_only()),
        })
    }
}

/// The coverage of all systems, or of one.
pub fn coverage(met: &Met, only: Option<&'static Api>) -> Coverage {
    let wanted = APIS.iter().filter(|api| only.is_none_or(|only| only.name == api.name));
    Coverage { systems: wanted.map(|api| of_system(api, met)).collect() }
}

fn of_system(api: &'static Api, met: &Met) -> SystemCoverage {
    let operations: Vec<OperationCoverage> =
        api.operations.iter().map(|operation| of_operation(operation, met)).collect();
    let ids = || api.operations.iter().map(|operation| operation.id);
    let is_own =
        |row: &Outcome| api.operations.iter().any(|operation| operation.refusals().any(|own| own.id == row.id));
    let shared = api.rows().map(crate::state::Row::outcome).filter(|row| !is_own(row));
    let shared = shared.map(|row| {
        let answer = Answer::Refusal(row.id);
        Covered { answer, row: Some(row), times: met.times_at_any(ids(), answer) }
    });
    SystemCoverage { name: api.name, title: api.title, operations, shared: shared.collect() }
}

fn of_operation(operation: &'static Operation, met: &Met) -> OperationCoverage {
    let covered = |answer, row| Covered { answer, row, times: met.times(operation.id, answer) };
    let successes = operation.success.iter().map(|status| covered(Answer::Success(*status), None));
    let refusals = operation.refusals().map(|row| covered(Answer::Refusal(row.id), Some(row)));
    OperationCoverage { operation, answers: successes.chain(refusals).collect() }
}

impl Coverage {
    /// Every documented answer.
    pub fn tally(&self) -> Tally {
        Tally::of(self.systems.iter().flat_map(SystemCoverage::covered))
    }
}

impl SystemCoverage {
    fn covered(&self) -> impl Iterator<Item = &Covered> {
        self.operations.iter().flat_map(|operation| &operation.answers).chain(&self.shared)
    }

    /// Every documented answer of the system.
    pub fn tally(&self) -> Tally {
        Tally::of(self.covered())
    }
}

impl Covered {
    /// `200`, or the identifier of the refusal.
    pub fn id(&self) -> String {
        match self.answer {
            Answer::Success(status) => status.to_string(),
            Answer::Refusal(id) => id.to_owned(),
        }
    }

    const fn is_by_fault_only(&self) -> bool {
        self.times.earned == 0 && self.times.by_fault > 0
    }

    /// True if no client can reach it, whatever it sends.
    pub fn needs_a_fault(&self) -> bool {
        self.row.is_some_and(|row| row.reach == Reach::Fault)
    }

    /// What became of it, in words.
    fn state(&self) -> &'static str {
        match (self.times.earned > 0, self.times.by_fault > 0, self.needs_a_fault()) {
            (true, ..) => "met",
            (false, true, _) => "met by a fault",
            (false, false, true) => "not met, needs a fault",
            (false, false, false) => "not met",
        }
    }
}

pub(super) fn answer(context: &Context<'_>) -> Result<Response, Error> {
    let only = context.query.get("system").map(system).transpose()?;
    let met = if all_worlds(context)? { context.worlds.met(context.wall) } else { context.world.journal.met() };
    let coverage = coverage(&met, only);
    Ok(match context.format(FORMATS)? {
        "text" => text_response("text/plain; charset=utf-8", text::of(&coverage)),
        "markdown" => text_response("text/markdown; charset=utf-8", markdown::of(&coverage)),
        "junit" => text_response("application/xml", junit::of(&coverage)),
        "html" => text_response("text/html; charset=utf-8", html::of(&coverage)),
        _ => json_response(&told(&coverage)),
    })
}

pub(super) fn forget(context: &Context<'_>) -> Result<Response, Error> {
    if all_worlds(context)? {
        context.worlds.forget_met(context.wall);
    } else {
        context.world.journal.forget_met();
    }
    Ok(json_response(&json!({"met": 0})))
}

fn all_worlds(context: &Context<'_>) -> Result<bool, Error> {
    match context.query.get("worlds") {
        None => Ok(false),
        Some("all") => Ok(true),
        Some(other) => Err(Error::BadValue { name: "worlds", value: other.to_owned(), expected: "all".to_owned() }),
    }
}

fn told(coverage: &Coverage) -> Value {
    let systems: Vec<Value> = coverage.systems.iter().map(told_system).collect();
    let mut told = told_tally(coverage.tally());
    told.insert("systems".to_owned(), systems.into());
    told.into()
}

fn told_system(system: &SystemCoverage) -> Value {
    let operation = |covered: &OperationCoverage| {
        let mut told = Map::new();
        told.insert("id".to_owned(), covered.operation.id.into());
        told.insert("method".to_owned(), covered.operation.method.into());
        told.insert("path".to_owned(), covered.operation.target().into());
        told.insert("summary".to_owned(), covered.operation.summary.into());
        let answers = covered.answers.iter().map(|answer| told_answer(answer, Some(covered.operation.id)));
        told.insert("answers".to_owned(), answers.collect());
        Value::Object(told)
    };
    let mut told = Map::new();
    told.insert("name".to_owned(), system.name.into());
    told.insert("title".to_owned(), system.title.into());
    told.extend(told_tally(system.tally()));
    told.insert("operations".to_owned(), system.operations.iter().map(operation).collect());
    told.insert("shared".to_owned(), system.shared.iter().map(|answer| told_answer(answer, None)).collect());
    told.into()
}

fn told_tally(tally: Tally) -> Map<String, Value> {
    let mut told = Map::new();
    told.insert("answers".to_owned(), tally.answers.into());
    told.insert("met".to_owned(), (tally.earned + tally.by_fault).into());
    told.insert("met_by_fault_only".to_owned(), tally.by_fault.into());
    told.insert("percent".to_owned(), ((tally.percent() * 10.0).round() / 10.0).into());
    told
}

fn told_answer(covered: &Covered, operation: Option<&str>) -> Value {
    let mut told = Map::new();
    told.insert("outcome".to_owned(), covered.id().into());
    told.insert("state".to_owned(), covered.state().into());
    told.insert("earned".to_owned(), covered.times.earned.into());
    told.insert("by_fault".to_owned(), covered.times.by_fault.into());
    if let Some(row) = covered.row {
        told.insert("status".to_owned(), row.status.into());
        told.insert("code".to_owned(), row.code.into());
        told.insert("text".to_owned(), row.text.into());
        told.insert("blanks".to_owned(), row.blanks().collect());
        told.insert("evidence".to_owned(), row.evidence.to_string().into());
        told.insert("text_evidence".to_owned(), row.text_evidence.to_string().into());
        if covered.needs_a_fault() {
            told.insert("arm".to_owned(), fault(row, operation));
        }
    }
    told.into()
}

/// The fault that brings a refusal about: what `POST /faults` takes.
fn fault(row: &Outcome, operation: Option<&str>) -> Value {
    let values: Map<String, Value> = row.blanks().map(|blank| (blank.to_owned(), blank.into())).collect();
    let mut respond = json!({"outcome": row.id});
    if let (Value::Object(members), false) = (&mut respond, values.is_empty()) {
        members.insert("values".to_owned(), values.into());
    }
    match operation {
        Some(operation) => json!({"on": {"operation": operation}, "times": 1, "respond": respond}),
        None => json!({"times": 1, "respond": respond}),
    }
}

//! `certmimic operations`: what is emulated, from the tables that the emulation itself runs on.

mod age;
mod json;
mod markdown;
mod page;
mod text;

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::print;
use crate::contract::{Operation, Outcome, nearest_word};
use crate::state::APIS;
use age::Ages;
use page::Page;

/// List the emulated operations and their documented refusals, with evidence.
#[derive(Debug, Args)]
pub struct Operations {
    /// Only operations whose identifier, request or description has this text; else those that can be refused with an outcome
    /// that has it. Of a single one, everything is told.
    text: Option<String>,
    /// Only those of one system: its name or short name.
    #[arg(long, env = "CERTMIMIC_OPERATIONS_SYSTEM", value_name = "SYSTEM", value_parser = systems())]
    system: Option<String>,
    /// Only those that can be refused with this outcome.
    #[arg(long, env = "CERTMIMIC_OPERATIONS_OUTCOME", value_name = "OUTCOME")]
    outcome: Option<String>,
    /// Only refusals whose status and code, or whose text, are known so; and the operations that have such.
    #[arg(long, env = "CERTMIMIC_OPERATIONS_EVIDENCE", value_name = "KIND", value_enum)]
    evidence: Option<Kind>,
    /// Tell the refusals of each operation, too.
    #[arg(long, short, env = "CERTMIMIC_OPERATIONS_VERBOSE", value_parser = FalseyValueParser::new())]
    verbose: bool,
    /// Form of the list.
    #[arg(long, env = "CERTMIMIC_FORMAT", value_enum, default_value_t)]
    format: Format,
}

/// Where something is known from.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Observed,
    Specified,
    Documented,
    Library,
    Assumed,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Specified => "specified",
            Self::Documented => "documented",
            Self::Library => "library",
            Self::Assumed => "assumed",
        }
    }

    fn is_that_of(self, outcome: &Outcome) -> bool {
        [outcome.evidence, outcome.text_evidence].iter().any(|evidence| evidence.kind() == self.name())
    }
}

/// Form of the list.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// Lines.
    #[default]
    #[value(alias = "table")]
    Text,
    /// One JSON document.
    Json,
    /// Tables for documentation.
    Markdown,
}

fn systems() -> Vec<&'static str> {
    // Of some the two are the same.
    APIS.iter()
        .flat_map(|api| [api.short, api.name].into_iter().take(if api.short == api.name { 1 } else { 2 }))
        .collect()
}

impl Operations {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let pages = self.selected()?;
        let ages = Ages::read()?;
        let list = match self.format {
            Format::Text => text::of(&pages, self.extent(&pages), &ages),
            Format::Json => json::of(&pages, &ages),
            Format::Markdown => markdown::of(&pages, &ages),
        };
        print(&list)
    }

    /// What was asked for. That there is nothing of it is told with what comes nearest.
    fn selected(&self) -> Result<Vec<Page>, Failure> {
        let mut pages = Page::all();
        if let Some(system) = &self.system {
            pages.retain(|page| page.name == system || page.short == system);
        }
        if let Some(text) = &self.text {
            pages = with_text(pages, text)?;
        }
        if let Some(outcome) = &self.outcome {
            if !page::outcomes(&pages).any(|known| known.id == outcome) {
                return Err(not_here(outcome));
            }
            page::keep_refusals(&mut pages, |known| known.id == outcome);
        }
        if let Some(kind) = self.evidence {
            page::keep_refusals(&mut pages, |outcome| kind.is_that_of(outcome));
        }
        pages.retain(|page| !page.is_empty());
        if pages.is_empty() {
            return Err(Failure::other("no operation fits all of this; leave an option out"));
        }
        Ok(pages)
    }

    /// How much is told.
    fn extent(&self, pages: &[Page]) -> text::Extent {
        let operations: usize = pages.iter().map(|page| page.operations.len()).sum();
        if self.text.is_some() && operations == 1 {
            return text::Extent::Everything;
        }
        let mut refusals = page::outcomes(pages).map(|outcome| outcome.id);
        let first = refusals.next();
        let only_one = first.is_some() && refusals.all(|other| Some(other) == first);
        match () {
            () if only_one && (self.text.is_some() || self.outcome.is_some()) => text::Extent::Refusal,
            () if self.verbose || self.evidence.is_some() => text::Extent::Refusals,
            () => text::Extent::Operations,
        }
    }
}

/// Why a selection has no refusal of this name: it is one of others, or there is none.
fn not_here(outcome: &str) -> Failure {
    let all = Page::all();
    let elsewhere = all.iter().find(|page| page.outcomes.iter().any(|known| known.id == outcome));
    let meant = if let Some(page) = elsewhere {
        format!("it stands under \"{}\", so leave an option out", page.title)
    } else {
        let nearest = nearest_word(outcome, page::outcomes(&all).map(|known| known.id)).unwrap_or_default();
        format!("did you mean {nearest}?")
    };
    Failure::other(format!("no operation here is refused with \"{outcome}\"; {meant}"))
}

/// The operations that a text means: the one of this identifier; else those that have it; else those that can be refused with
/// the outcome of this identifier; else with one that has it.
fn with_text(mut pages: Vec<Page>, text: &str) -> Result<Vec<Page>, Failure> {
    let lower = text.to_lowercase();
    let has = |part: &str| part.to_lowercase().contains(&lower);
    let is = |operation: &Operation| operation.id == lower;
    let mentions = |operation: &Operation| {
        has(operation.id) || has(&format!("{} {}", operation.method, operation.target())) || has(operation.summary)
    };
    let any = |fits: &dyn Fn(&Operation) -> bool| page::operations(&pages).any(fits);
    if any(&is) {
        page::keep_operations(&mut pages, is);
    } else if any(&mentions) {
        page::keep_operations(&mut pages, mentions);
    } else if page::outcomes(&pages).any(|outcome| outcome.id == lower) {
        page::keep_refusals(&mut pages, |outcome| outcome.id == lower);
    } else if page::outcomes(&pages).any(|outcome| has(outcome.id)) {
        page::keep_refusals(&mut pages, |outcome| has(outcome.id));
    } else {
        let known = page::operations(&pages).map(|operation| operation.id);
        let known: Vec<&str> = known.chain(page::outcomes(&pages).map(|outcome| outcome.id)).collect();
        let nearest = nearest_word(text, known).unwrap_or_default();
        return Err(Failure::other(format!(
            "no operation has \"{text}\"; did you mean {nearest}? Without a text, certmimic operations lists all"
        )));
    }
    Ok(pages)
}

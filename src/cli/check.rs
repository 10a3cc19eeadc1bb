//! `certmimic check`.

use std::fs;

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::failure::Failure;
use super::print;
use crate::evidence;
use crate::scenario::{self, Flaw, Source};
use crate::seed::{Code, Complaint};

/// Check scenario files: where something is wrong, what, and what was expected.
#[derive(Debug, Args)]
pub struct Check {
    /// Scenario files, or names of built-in ones, each checked for itself.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Check what they compose, as serve composes several: only the result has to be whole.
    #[arg(long, env = "CERTMIMIC_COMPOSE", value_parser = FalseyValueParser::new())]
    compose: bool,
    /// They are files of observations: read them, and hold each against the row that it is of.
    #[arg(long, env = "CERTMIMIC_CHECK_EVIDENCE", value_parser = FalseyValueParser::new(), conflicts_with = "compose")]
    evidence: bool,
    /// Form of the answer.
    #[arg(long, env = "CERTMIMIC_CHECK_FORMAT", value_name = "FORM", value_enum, default_value_t)]
    format: Format,
}

/// Form of the answer.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// Sentences, with the lines that they are about.
    #[default]
    Text,
    /// One JSON array of what is wrong; empty if nothing is.
    Json,
}

impl Check {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let flaws = if self.evidence { self.observations()? } else { self.scenarios()? };
        match self.format {
            Format::Text if flaws.is_empty() => Ok(()),
            Format::Text => Err(Failure::flaws(&flaws)),
            Format::Json => {
                print(&format!("{:#}", flaws.iter().map(document).collect::<Value>()))?;
                if flaws.is_empty() { Ok(()) } else { Err(Failure::told(2)) }
            }
        }
    }

    /// What is wrong with scenarios; which are sound is printed.
    fn scenarios(&self) -> Result<Vec<Flaw>, Failure> {
        let mut flaws: Vec<Flaw> = Vec::new();
        for files in self.files.chunks(if self.compose { self.files.len() } else { 1 }) {
            let sources: Vec<Source> = files.iter().map(|file| Source::of_argument(file)).collect();
            match scenario::load(&sources) {
                Ok(_) => self.tell(&format!("{}: ok", files.join(" + ")))?,
                Err(found) => flaws.extend(found),
            }
        }
        Ok(flaws)
    }

    /// What is wrong with files of observations; of the others it is printed what they make of rows.
    fn observations(&self) -> Result<Vec<Flaw>, Failure> {
        let mut flaws: Vec<Flaw> = Vec::new();
        for file in &self.files {
            match text(file).map_err(|flaw| vec![flaw]).and_then(|text| evidence::check(file, &text)) {
                Ok(checked) => {
                    self.tell(&format!("{file}: ok"))?;
                    checked.overtaken.iter().try_for_each(|news| self.tell(&news.to_string()))?;
                }
                Err(found) => flaws.extend(found),
            }
        }
        Ok(flaws)
    }

    fn tell(&self, sentence: &str) -> Result<(), Failure> {
        match self.format {
            Format::Text => print(sentence),
            Format::Json => Ok(()),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the files that it is given")]
fn text(file: &str) -> Result<String, Flaw> {
    fs::read_to_string(file).map_err(|error| {
        let complaint =
            Complaint::new(Code::Unreadable, format!("it cannot be read: {error}; name a file of observations"));
        Flaw::of_file(file, complaint)
    })
}

/// What belongs to no line has none.
fn document(flaw: &Flaw) -> Value {
    let number = |number: usize| (flaw.line > 0).then_some(number);
    json!({
        "file": flaw.file,
        "line": number(flaw.line),
        "column": number(flaw.column),
        "code": flaw.code.as_str(),
        "message": flaw.message,
        "expected": flaw.expected,
    })
}

//! `certmimic check`.

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::failure::Failure;
use super::print;
use crate::scenario::{self, Flaw, Source};

/// Check scenario files: where something is wrong, what, and what was expected.
#[derive(Debug, Args)]
pub struct Check {
    /// Scenario files, or names of built-in ones, each checked for itself.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Check what they compose, as serve composes several: only the result has to be whole.
    #[arg(long, env = "CERTMIMIC_COMPOSE", value_parser = FalseyValueParser::new())]
    compose: bool,
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
        let sound = |files: &[String]| match self.format {
            Format::Text => print(&format!("{}: ok", files.join(" + "))),
            Format::Json => Ok(()),
        };
        let mut flaws: Vec<Flaw> = Vec::new();
        for files in self.files.chunks(if self.compose { self.files.len() } else { 1 }) {
            let sources: Vec<Source> = files.iter().map(|file| Source::of_argument(file)).collect();
            match scenario::load(&sources) {
                Ok(_) => sound(files)?,
                Err(found) => flaws.extend(found),
            }
        }
        match self.format {
            Format::Text if flaws.is_empty() => Ok(()),
            Format::Text => Err(Failure::flaws(&flaws)),
            Format::Json => {
                print(&format!("{:#}", flaws.iter().map(document).collect::<Value>()))?;
                if flaws.is_empty() { Ok(()) } else { Err(Failure::told(2)) }
            }
        }
    }
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

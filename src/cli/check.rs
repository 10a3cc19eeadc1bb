//! `certmimic check`.

use clap::Args;

use super::failure::Failure;
use super::print;
use crate::scenario::{self, Flaw, Source};

/// Check scenario files: where something is wrong, what, and what was expected.
#[derive(Debug, Args)]
pub struct Check {
    /// Scenario files, or names of built-in ones, each checked for itself.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
}

impl Check {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let mut flaws: Vec<Flaw> = Vec::new();
        for file in self.files {
            match scenario::load(&[Source::of_argument(&file)]) {
                Ok(_) => print(&format!("{file}: ok"))?,
                Err(found) => flaws.extend(found),
            }
        }
        if flaws.is_empty() { Ok(()) } else { Err(Failure::flaws(&flaws)) }
    }
}

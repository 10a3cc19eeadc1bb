//! `certmimic scenarios`.

use clap::Args;

use super::failure::Failure;
use super::print;
use crate::contract::expectation;
use crate::scenario::{BUILT_IN, BuiltIn, Source, built_in, load, names};

/// List the built-in scenarios, or print one as YAML, to start from.
#[derive(Debug, Args)]
pub struct Scenarios {
    /// The scenario to print.
    name: Option<String>,
}

impl Scenarios {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let Some(name) = self.name else { return print(&list()) };
        let unknown = || {
            let expected = expectation(&name, &names());
            Failure::usage(format!("there is no built-in scenario \"{name}\": {expected}"))
        };
        print(built_in(&name).ok_or_else(unknown)?.yaml.trim_end())
    }
}

fn list() -> String {
    let width = BUILT_IN.iter().map(|scenario| scenario.name.len()).max().unwrap_or_default();
    let line = |scenario: &BuiltIn| format!("{:width$}  {}", scenario.name, description(scenario));
    BUILT_IN.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn description(scenario: &BuiltIn) -> String {
    let loaded = load(&[Source::BuiltIn(scenario.name.to_owned())]);
    loaded.ok().and_then(|loaded| loaded.description).unwrap_or_default()
}

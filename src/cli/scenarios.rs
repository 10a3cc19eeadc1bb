//! `certmimic scenarios`.

use clap::Args;

use super::failure::Failure;
use super::print;
use crate::scenario::{BUILT_IN, BuiltIn};

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
        match BUILT_IN.iter().find(|scenario| scenario.name == name) {
            Some(scenario) => print(scenario.yaml.trim_end()),
            None => Err(Failure::usage(format!("there is no built-in scenario {name}; there are:\n{}", list()))),
        }
    }
}

fn list() -> String {
    let width = BUILT_IN.iter().map(|scenario| scenario.name.len()).max().unwrap_or_default();
    let lines: Vec<_> =
        BUILT_IN.iter().map(|scenario| format!("{:width$}  {}", scenario.name, description(scenario))).collect();
    lines.join("\n")
}

/// Its one line of description. The built-in texts are ours, so there is no need to load them for it.
fn description(scenario: &BuiltIn) -> &str {
    let line = scenario.yaml.lines().find_map(|line| line.strip_prefix("description:"));
    line.unwrap_or_default().trim().trim_matches('"')
}

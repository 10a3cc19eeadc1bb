//! `certmimic completions`.

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::failure::Failure;
use super::{CommandLine, print};

/// Print a completion script.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell that it is for.
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut CommandLine::command(), "certmimic", &mut script);
        print(String::from_utf8_lossy(&script).trim_end())
    }
}

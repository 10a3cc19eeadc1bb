//! `certmimic schema`.

use clap::Args;

use super::failure::Failure;
use super::print;
use crate::scenario;

/// Print the JSON Schema of scenario files, for completion in editors.
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        print(&format!("{:#}", scenario::schema()))
    }
}

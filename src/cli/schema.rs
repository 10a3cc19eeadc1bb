//! `certmimic schema`.

use super::failure::Failure;
use super::print;
use crate::scenario;

/// Runs the command.
pub fn run() -> Result<(), Failure> {
    print(&text())
}

/// The schema, a member a line.
pub fn text() -> String {
    format!("{:#}", scenario::schema())
}

//! `certmimic schema`.

use super::failure::Failure;
use super::print;
use crate::scenario;

/// Runs the command.
pub fn run() -> Result<(), Failure> {
    print(&format!("{:#}", scenario::schema()))
}

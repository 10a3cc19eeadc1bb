//! Scenarios: YAML to state and back.

mod compose;
mod decode;
mod fault;
mod tree;

use std::path::PathBuf;
use std::sync::Arc;

pub use fault::Fault;

use crate::state::State;

/// Where a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file; what it names is relative to it.
    File(PathBuf),
    /// A built-in scenario by its name.
    BuiltIn(String),
    /// Text that came some other way; what it names is relative to the working directory.
    Text {
        /// What to call it in faults.
        name: String,
        /// YAML or JSON.
        text: String,
    },
}

/// A scenario, loaded: a world to start from.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it describes.
    pub state: Arc<State>,
}

/// A scenario that is embedded in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub yaml: &'static str,
}

/// The built-in scenarios; the first is what is served when none is named.
pub const BUILT_IN: &[BuiltIn] = &[];

/// Loads scenarios composed in the order given: of what two say differently, the later one holds.
///
/// # Errors
/// Everything that is wrong, in the order of the text.
pub fn load(_sources: &[Source]) -> Result<Scenario, Vec<Fault>> {
    todo!()
}

/// The JSON Schema of scenario files.
pub fn schema() -> serde_json::Value {
    todo!()
}

impl Source {
    /// What an argument means: a built-in scenario if there is one of that name, else a file.
    pub fn of_argument(argument: &str) -> Self {
        if BUILT_IN.iter().any(|scenario| scenario.name == argument) {
            Self::BuiltIn(argument.to_owned())
        } else {
            Self::File(argument.into())
        }
    }
}

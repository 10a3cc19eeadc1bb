//! Scenarios: YAML to state and back.
//!
//! A text becomes a tree whose nodes know their positions, trees are composed, the composed tree is read as a
//! [`Document`], and the document is built into a state through the rules of each API. Export goes the other way.

mod build;
mod built_in;
mod compose;
mod decode;
mod export;
mod faults;
mod flaw;
mod load;
mod located;
mod schema;
mod source;
mod tree;
mod veil;
mod written;

use std::sync::Arc;

pub use built_in::{BUILT_IN, BuiltIn, built_in, names};
pub use export::{Form, export, value, write};
pub use faults::read_faults;
pub use flaw::Flaw;
pub use load::{check, load, read};
pub use schema::{Behaviours, Clock, ClockMode, Document, Resume, VERSION, schema};
pub use source::Source;
pub use written::Written;

use crate::state::State;

/// A scenario, loaded: a world to start from.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it describes.
    pub state: Arc<State>,
}

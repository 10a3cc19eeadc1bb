//! What an emulated system promises: its operations, their documented outcomes, and how a refusal is told.
//!
//! Floor 0: every API writes its tables in these words, and coverage, `certmimic operations`, faults, the journal and
//! the diagnosis header read them. Nothing here knows a particular system.

mod account;
mod address;
mod branch;
mod caller;
mod catalogue;
mod exchange;
mod holding;
mod operation;
mod outcome;
mod policy;
mod recognise;
mod spelling;
mod switch;
mod world_name;

pub use account::Account;
pub use address::{Address, Addressed, Protocol};
pub use caller::{Caller, Credentials};
pub(crate) use catalogue::{are_filled, catalogue, code, evidence, no_code};
pub use exchange::{Exchange, Inside, Part};
pub use holding::{Holding, HoldingKind};
pub(crate) use operation::operations;
pub use operation::{Operation, Path, numbered};
pub(crate) use outcome::fill;
pub use outcome::{Cited, Details, Document, Evidence, Outcome, Reach, Refusal, Sources};
pub use policy::{AuthMode, CsrfPolicy, LintMode};
pub use recognise::{Found, Meaning, Parameters, Paths, Target, nearest};
pub use spelling::{closest, expectation, nearest_word};
pub(crate) use switch::switch;
pub use world_name::{NotAName, WorldName};

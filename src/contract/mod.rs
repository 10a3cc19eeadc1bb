//! What an emulated system promises: its operations, their documented outcomes, and how a refusal is told.
//!
//! Floor 0: every API writes its tables in these words, and coverage, `certmimic operations`, faults, the journal and
//! the diagnosis header read them. Nothing here knows a particular system.

mod caller;
mod catalogue;
mod exchange;
mod injection;
mod interference;
mod operation;
mod outcome;
mod policy;

pub use caller::{Caller, Credentials};
#[allow(unused_imports, reason = "the next catalogues need it")]
pub(crate) use catalogue::{are_filled, catalogue, code, evidence, no_code};
pub use exchange::Exchange;
pub use injection::{Injection, Invalid};
pub use interference::{Calm, Interference};
pub(crate) use operation::edits;
pub use operation::{Operation, Path, nearest, recognise};
pub(crate) use outcome::fill;
pub use outcome::{Evidence, Outcome, Reach, Refusal, Sources};
pub use policy::{AuthMode, CSRF_TOKEN_REQUIRED, CsrfPolicy};

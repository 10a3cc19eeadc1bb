//! What an emulated system promises: its operations, their documented outcomes, and how a refusal is told.
//!
//! Floor 0: every API writes its tables in these words, and coverage, `certmimic operations`, faults, the journal and
//! the diagnosis header read them. Nothing here knows a particular system.

mod caller;
mod exchange;
mod injection;
mod interference;
mod operation;
mod outcome;
mod policy;

pub use caller::{Caller, Credentials};
pub use exchange::Exchange;
pub use injection::{Injection, Invalid};
pub use interference::{Calm, Interference};
pub(crate) use operation::edits;
pub use operation::{Operation, Path, nearest, recognise};
pub(crate) use outcome::fill;
pub use outcome::{Evidence, Outcome, Refusal};
pub use policy::{AuthMode, CSRF_TOKEN_REQUIRED, CsrfPolicy};

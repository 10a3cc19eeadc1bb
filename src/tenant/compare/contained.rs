//! What may be a defect of certmimic's own: whoever has made things at a tenant takes them back all the same.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::tenant::Failure;

/// What comes of something; of a panic, which the panic hook reports, a failure.
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Failure::Defect))
}

//! Things at a tenant, which are made and taken back.

use crate::tenant::System;

/// A thing of a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    /// The system.
    pub system: System,
    /// Its path.
    pub target: String,
    /// Its name.
    pub name: String,
}

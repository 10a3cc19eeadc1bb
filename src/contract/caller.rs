//! Who sends a request, as far as the emulated systems care.

use crate::store::Text;

/// How the caller showed who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// None were sent and none are asked for (`auth.mode: off`).
    Anonymous,
}

/// An authenticated caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// OAuth client id or user name: the value of `created_by`, `LastModifiedBy` and their like.
    pub name: Text,
    /// Roles by the names of the system that checks them; meaningless while `unrestricted`.
    pub roles: Vec<String>,
    /// True when roles are not checked: the caller is not one that the scenario lists.
    pub unrestricted: bool,
    /// How it authenticated.
    pub credentials: Credentials,
}

impl Caller {
    /// A caller that showed nothing, and of whom nothing is asked.
    pub fn anonymous() -> Self {
        Self { name: "anonymous".into(), roles: Vec::new(), unrestricted: true, credentials: Credentials::Anonymous }
    }

    /// True if the caller holds the role, or roles are not checked for it.
    pub fn has(&self, role: &str) -> bool {
        self.unrestricted || self.roles.iter().any(|held| held == role)
    }
}

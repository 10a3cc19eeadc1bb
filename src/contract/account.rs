//! Whom a system lets in: what a scenario lists, told to those who look for credentials.

use std::fmt;

/// A name and the secret that goes with it.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The client's id, the user's name.
    pub name: String,
    /// The client's secret, the user's password.
    pub secret: String,
    /// Roles as the system names them.
    pub roles: Vec<String>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("name", &self.name).field("roles", &self.roles).finish_non_exhaustive()
    }
}

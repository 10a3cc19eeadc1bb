//! Whom a system lets in: what a scenario lists, told to those who look for credentials.

/// A name and the secret that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The client's id, the user's name.
    pub name: String,
    /// The client's secret, the user's password.
    pub secret: String,
    /// Roles as the system names them.
    pub roles: Vec<String>,
}

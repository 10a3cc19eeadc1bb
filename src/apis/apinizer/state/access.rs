//! Users and tokens.

use std::fmt;

use crate::effects::Timestamp;
use crate::store::Text;

/// An account of the console, which is also a client of the token endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Its name.
    pub username: Text,
    /// Its password.
    pub password: Text,
    /// Its roles: `ROLE_ADMIN`, `ROLE_API_SECURITY`, `SECRETS_MANAGE`, …
    pub roles: Vec<String>,
    /// False if it may not sign in.
    pub enabled: bool,
}

/// A bearer token.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The text that is sent.
    pub value: Text,
    /// The user whose roles it has.
    pub username: Text,
    /// When it ends; `None` for one that never does.
    pub expires: Option<Timestamp>,
    /// True if it was taken back.
    pub revoked: bool,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("username", &self.username).field("roles", &self.roles).finish_non_exhaustive()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("username", &self.username)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

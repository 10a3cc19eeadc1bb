//! Policies that a scenario sets and the gateway applies.

use super::switch;

switch! {
    /// How strictly credentials are checked.
    AuthMode {
        /// Credentials must be there; those of somebody that the scenario does not list are accepted with every role.
        Any,
        /// Only credentials that the scenario lists, or that were issued for them and have not expired.
        Required,
        /// No credentials are needed, and none are looked at.
        Off,
    }
}

switch! {
    /// What becomes of a request that passes here and that a real tenant refuses or misreads.
    LintMode {
        /// It is not looked for.
        Off,
        /// The answer says so in a header, and so does the journal; its status stays what it is.
        Warn,
        /// It is refused.
        Error,
    }
}

/// Which writes need a CSRF token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsrfPolicy {
    /// None. Tokens are still handed out to those who ask.
    Off,
    /// Those of callers without a bearer token: browsers' and Basic sessions.
    SessionsOnly {
        /// Whether the token counts only together with the cookie of its session.
        bound: bool,
    },
    /// All.
    Always {
        /// Whether the token counts only together with the cookie of its session.
        bound: bool,
    },
}

impl CsrfPolicy {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::SessionsOnly { .. } => "sessions-only",
            Self::Always { .. } => "always",
        }
    }
}

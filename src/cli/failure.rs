//! How a command fails: an exit code, and a sentence that says what to do.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::scenario::Flaw;
use crate::server::StartError;

/// A failed command.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    /// Bad usage or a bad scenario: nothing was started.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { code: 2, message: message.to_string() }
    }

    /// Anything else.
    pub fn other(message: impl fmt::Display) -> Self {
        Self { code: 1, message: message.to_string() }
    }

    /// What is wrong with scenarios.
    pub fn flaws(flaws: &[Flaw]) -> Self {
        Self::usage(flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    /// One that standard output has told already.
    pub const fn told(code: u8) -> Self {
        Self { code, message: String::new() }
    }

    /// Tells standard error, and gives the exit code.
    pub fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            // Nobody is left to tell if even this fails; the exit code still says it.
            let _told = writeln!(io::stderr(), "certmimic: {}", self.message);
        }
        ExitCode::from(self.code)
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Scenario(flaws) => Self::flaws(&flaws),
            #[cfg(feature = "tls")]
            StartError::Tls(error) => Self::usage(error),
            StartError::Listen { .. } | StartError::State { .. } | StartError::Runtime(_) => Self::other(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::other(error)
    }
}

//! What can be wrong with a world that is asked for.

use std::fmt;

use super::{Name, NotAName};

/// Why a world cannot be had, made or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The text is no name.
    NotAName {
        /// As it was sent.
        text: String,
    },
    /// There are as many worlds as there may be.
    TooMany {
        /// How many that is.
        limit: usize,
    },
    /// The world has as many snapshots as it may have.
    TooManySnapshots {
        /// How many that is.
        limit: usize,
    },
    /// A world of this name exists.
    Exists {
        /// Its name.
        name: Name,
    },
    /// No world has this name.
    Unknown {
        /// The name.
        name: Name,
    },
    /// The default world cannot be dropped.
    IsDefault,
}

impl Error {
    /// The refusal of a text that is no name.
    pub fn not_a_name(text: &str) -> impl FnOnce(NotAName) -> Self {
        |_| Self::NotAName { text: text.to_owned() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAName { text } => write!(
                f,
                "\"{text}\" is no name: expected 1 to {} letters, digits, '-', '_' and '.', with no dot at either end.",
                Name::LONGEST
            ),
            Self::TooMany { limit } => write!(
                f,
                "There are {limit} worlds, the most that this server holds: drop some with DELETE /_certmimic/worlds/NAME, \
                 or start it with more --worlds or with a --world-ttl."
            ),
            Self::TooManySnapshots { limit } => write!(
                f,
                "This world has {limit} snapshots, the most that one keeps: drop some with DELETE \
                 /_certmimic/snapshots/NAME, or keep this one under a name that is taken."
            ),
            Self::Exists { name } => write!(f, "The world \"{name}\" exists; drop it first, or reset it."),
            Self::Unknown { name } => write!(f, "No world is called \"{name}\"."),
            Self::IsDefault => f.write_str("The default world cannot be dropped; reset it."),
        }
    }
}

impl std::error::Error for Error {}

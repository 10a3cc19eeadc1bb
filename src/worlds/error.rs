//! What can be wrong with a world that is asked for.

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
